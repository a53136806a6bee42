// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "scenario/limits.hpp"
#include "scenario/regular_file.hpp"
#include "scenario/toml_reader.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

namespace fs = std::filesystem;

/// A scenario file in the same folder whose name is like that of this one; empty if there is none.
std::string find_nearest_file(const fs::path& path) {
  std::vector<std::string> names;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure))
    if (at->path().extension() == ".toml" && at->path().filename() != path.filename())  // itself: a link to nothing
      names.push_back(at->path().filename().string());
  std::sort(names.begin(), names.end());
  std::string nearest = find_nearest(path.filename().string(), names);
  // `vouch check five-guides`
  if (nearest.empty() && std::find(names.begin(), names.end(), path.filename().string() + ".toml") != names.end())
    nearest = path.filename().string() + ".toml";
  return nearest.empty() ? nearest : (path.parent_path() / nearest).string();
}

/// The text of a file, or nothing and a problem at `asked_at` (the file itself, or the `extends` that names it).
std::optional<std::string> read_text(const fs::path& path, const Location& asked_at, Problems& problems) {
  std::error_code failure;
  const auto fail = [&](const std::string& reason) -> std::optional<std::string> {
    const std::string nearest = fs::exists(path, failure) ? "" : find_nearest_file(path);
    const std::string help =
        asked_at.line > 0 ? "paths in `extends` are relative to the file that holds them" : "check the path";
    problems.error(asked_at, fmt::format("cannot read '{}'", path.string()), reason,
                   nearest.empty() ? help : fmt::format("did you mean '{}'?", nearest));
    return std::nullopt;
  };
  std::string text;
  // One byte more than allowed, so that the reader sees that it is too much.
  const std::string reason = read_regular_file(path.string(), limits::file_bytes + 1, text);
  return reason.empty() ? std::optional(std::move(text)) : fail(reason);
}

/// The tree whose files a scenario in `folder` may extend: that folder, or the nearest one above that has the marker.
fs::path find_root(const fs::path& folder) {
  std::error_code failure;
  const fs::path own = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, failure);
  if (failure) return {};
  for (fs::path above = own;; above = above.parent_path()) {
    if (fs::exists(above / root_marker, failure)) return above;
    if (above == above.parent_path()) return own;
  }
}

bool is_inside(const fs::path& path, const fs::path& root) {
  return !root.empty() && std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

class Includer {
 public:
  /// The root is that of the scenario itself; empty: nothing may be extended.
  Includer(fs::path root, Extends extends, Problems& problems)
      : root_(std::move(root)), extends_(extends), problems_(problems) {}

  std::optional<Node> load(const fs::path& path, const Location& asked_at) {
    if (++num_files_ > limits::files) {
      if (num_files_ == limits::files + 1)
        problems_.error(asked_at, fmt::format("more than {} files are extended", limits::files), "",
                        "extend fewer files");
      return std::nullopt;
    }
    const std::optional<std::string> text = read_text(path, asked_at, problems_);
    if (!text) return std::nullopt;
    num_bytes_ += text->size();
    if (num_bytes_ > limits::total_bytes) {
      problems_.error(asked_at, fmt::format("the files are larger than {} MiB together", limits::total_bytes >> 20),
                      "no scenario is", "extend fewer files");
      return std::nullopt;
    }
    std::error_code failure;
    open_.push_back(fs::weakly_canonical(fs::absolute(path), failure));
    std::optional<Node> tree = parse(*text, path.string(), path.parent_path());
    open_.pop_back();
    return tree;
  }

  std::optional<Node> parse(std::string_view text, const std::string& name, const fs::path& folder) {
    std::optional<Node> own = parse_toml(text, name, problems_);
    if (!own) return std::nullopt;
    const Node* extends = own->find("extends");
    if (extends == nullptr || extends->is_false()) return own;
    if (extends_ == Extends::nothing) {
      problems_.error(extends->where, "this scenario extends a file",
                      "it is a whole one, kept beside its worlds, and reads no file", "take an intact copy");
      return std::nullopt;
    }
    Node tree;
    for (const Node* file : list_files(*extends)) include(tree, *file, folder);
    own->erase("extends");
    tree.where = own->where;
    merge(tree, *own);
    return tree;
  }

 private:
  std::vector<const Node*> list_files(const Node& extends) {
    std::vector<const Node*> files;
    if (extends.is(Node::Kind::list)) {
      for (const Node& item : extends.items) files.push_back(&item);
    } else {
      files.push_back(&extends);
    }
    const auto is_text = [&](const Node* file) {
      if (file->is(Node::Kind::text) && !file->text.empty()) return true;
      problems_.error(file->where, fmt::format("extends must be a file name or a list of them, not {}",
                                               file->is(Node::Kind::text) ? "an empty string" : name_of(file->kind)));
      return false;
    };
    std::erase_if(files, [&](const Node* file) { return !is_text(file); });
    return files;
  }

  void include(Node& tree, const Node& file, const fs::path& folder) {
    const fs::path path = (folder / file.text).lexically_normal();
    std::error_code failure;
    const fs::path canonical = fs::weakly_canonical(fs::absolute(path, failure), failure);
    if (!may_be_read(file, path, failure ? path : canonical)) return;
    if (std::find(open_.begin(), open_.end(), canonical) != open_.end()) {
      problems_.error(file.where, fmt::format("'{}' extends itself", path.string()),
                      "the files extend one another in a circle", "remove one of the `extends`");
      return;
    }
    std::optional<Node> base = load(path, file.where);
    if (!base) return;
    base->erase("published");  // of that file's own worlds
    merge(tree, *base);
  }

  bool may_be_read(const Node& file, const fs::path& path, const fs::path& canonical) {
    if (extends_ == Extends::anything) return true;
    const bool is_absolute = fs::path(file.text).is_absolute();
    if (!is_absolute && is_inside(canonical, root_)) return true;
    problems_.error(file.where,
                    is_absolute ? fmt::format("'{}' is an absolute path", file.text)
                                : fmt::format("'{}' is outside the scenario's folder", path.string()),
                    fmt::format("a scenario extends files in {} and below, links followed", root_.string()),
                    fmt::format("move it there, mark a folder above as theirs by an empty file {}, or give "
                                "--allow-outside",
                                root_marker));
    return false;
  }

  fs::path root_;
  Extends extends_;
  Problems& problems_;
  std::vector<fs::path> open_;
  int num_files_ = 0;
  std::size_t num_bytes_ = 0;
};

}  // namespace

bool is_part(const Node& root) noexcept { return root.find("experiment") == nullptr; }

std::optional<Node> load_tree(const fs::path& path, Extends extends, Problems& problems) {
  return Includer(find_root(path.parent_path()), extends, problems).load(path, {path.string(), 0, 0});
}

std::optional<Node> parse_tree(std::string_view text, const std::string& name, Problems& problems) {
  return Includer({}, Extends::nothing, problems).parse(text, name, {});
}

}  // namespace vouch::scenario
