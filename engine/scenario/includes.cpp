// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "scenario/toml_reader.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

namespace fs = std::filesystem;

constexpr int max_files = 64;

/// A scenario file in the same folder whose name is like that of this one; empty if there is none.
std::string find_nearest_file(const fs::path& path) {
  std::vector<std::string> names;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure))
    if (at->path().extension() == ".toml") names.push_back(at->path().filename().string());
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
  if (fs::is_directory(path, failure)) return fail("it is a folder");
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return fail(errno != 0 ? std::strerror(errno) : "it cannot be opened");
  // One byte more than allowed, so that the reader sees that it is too much.
  std::string text(max_text_bytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return fail("reading failed");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

class Includer {
 public:
  explicit Includer(Problems& problems) : problems_(problems) {}

  std::optional<Node> load(const fs::path& path, const Location& asked_at) {
    if (++num_files_ > max_files) {
      if (num_files_ == max_files + 1)
        problems_.error(asked_at, fmt::format("more than {} files are extended", max_files), "", "extend fewer files");
      return std::nullopt;
    }
    const std::optional<std::string> text = read_text(path, asked_at, problems_);
    if (!text) return std::nullopt;
    open_.push_back(fs::weakly_canonical(path));
    std::optional<Node> tree = parse(*text, path.string(), path.parent_path());
    open_.pop_back();
    return tree;
  }

  std::optional<Node> parse(std::string_view text, const std::string& name, const fs::path& folder) {
    std::optional<Node> own = parse_toml(text, name, problems_);
    if (!own) return std::nullopt;
    const Node* extends = own->find("extends");
    if (extends == nullptr || extends->is_false()) return own;
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
    const fs::path canonical = fs::weakly_canonical(path, failure);
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

  Problems& problems_;
  std::vector<fs::path> open_;
  int num_files_ = 0;
};

}  // namespace

bool is_part(const Node& root) noexcept { return root.find("experiment") == nullptr; }

std::optional<Node> load_tree(const fs::path& path, Problems& problems) {
  return Includer(problems).load(path, {path.string(), 0, 0});
}

std::optional<Node> parse_tree(std::string_view text, const std::string& name, Problems& problems) {
  return Includer(problems).parse(text, name, {});
}

}  // namespace vouch::scenario
