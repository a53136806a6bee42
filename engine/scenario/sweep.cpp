// SPDX-License-Identifier: Apache-2.0
#include "scenario/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "random/design.hpp"
#include "scenario/limits.hpp"
#include "scenario/toml_reader.hpp"
#include "scenario/toml_writer.hpp"
#include "scenario/tree.hpp"

namespace vouch::scenario {
namespace {

enum class Method { grid, list, latin_hypercube, sobol };

/// Whether the table says itself which values a key takes, and does not lead to a longer key.
bool is_range(const Node& table) {
  const std::vector<std::string> keys = keys_of(Section::swept_range);
  return table.members.empty() || std::any_of(table.members.begin(), table.members.end(), [&](const Member& member) {
           return std::find(keys.begin(), keys.end(), member.key) != keys.end();
         });
}

void flatten_into(Node& flat, const Node& table, const std::string& prefix, Problems& problems) {
  for (const Member& member : table.members) {
    if (flat.members.size() > limits::swept_keys) return;  // one too many, which is told later
    const std::string key = prefix + member.key;
    if (member.value.is_table() && !is_range(member.value)) {
      flatten_into(flat, member.value, key + ".", problems);
    } else if (flat.find(key) != nullptr) {
      problems.error(member.value.key_where, fmt::format("'{}' is swept twice", key), "", "remove one of them");
    } else {
      flat.set(key, member.value);
    }
  }
}

/// Why a key is the same at all points; empty if it need not be.
std::string explain_fixed(const std::string& key) {
  const std::string top = key.substr(0, key.find('.'));
  const std::string last = key.substr(key.rfind('.') + 1);
  if (top == "experiment") return "all points are one experiment: the same worlds, ranked in the same way";
  if (top == "output") return "all points report the same";
  if (top == "extends") return "files are joined before anything is varied";
  if (top == "sweep") return "a sweep does not vary itself";
  if (top == "published") return "published figures change no world";
  const bool is_name = last == "label" || last == "description" || last == "source" || last == "note" ||
                       last == "identified_by" || key == "money.currency";
  return is_name || key == "title" || key == "question" ? "it is for reading, and changes no number" : "";
}

bool leads_to(const std::string& key, const std::string& longer) {
  return key == longer || longer.starts_with(key + ".");
}

/// FNV-1a: a key's points depend on its name, not on where it stands.
std::uint64_t hash_key(const std::string& key) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

class SweepReader {
 public:
  SweepReader(const Resolved& resolved, std::span<const Override> overrides, Problems& problems)
      : num_values_(count_values(resolved.root)),
        node_(*resolved.root.find("sweep")),
        keys_(*node_.find("keys")),
        overrides_(overrides),
        problems_(problems),
        reader_(resolved.names, problems),
        table_(Section::sweep, node_, reader_),
        seed_(resolved.experiment.seed),
        method_(static_cast<Method>(table_.choice("method"))),
        num_points_(table_.maybe_whole("points")) {}

  Sweep read() {
    if (keys_.members.empty()) return refuse_empty();
    const int errors_before = problems_.num_errors();
    check_keys();
    check_points();
    for (const Member& member : keys_.members) read_key(member);
    if (problems_.num_errors() > errors_before) return {};
    make_points();
    check_work();
    if (problems_.num_errors() > errors_before) return {};
    return std::move(sweep_);
  }

 private:
  bool is_sampled() const noexcept { return method_ == Method::latin_hypercube || method_ == Method::sobol; }

  Sweep refuse_empty() {
    for (const char* key : {"method", "points"})
      if (table_.at(key).origin != Origin::fallback)
        problems_.error(table_.where(key), "the sweep varies nothing", fmt::format("{} speaks of no keys", key),
                        "add [sweep.keys] with KEY = [VALUES], or remove [sweep]");
    return {};
  }

  void check_keys() {
    if (keys_.members.size() > limits::swept_keys)
      problems_.error(keys_.where, fmt::format("{} swept keys", keys_.members.size()),
                      fmt::format("a sweep varies at most {}", limits::swept_keys), "sweep fewer keys");
    for (std::size_t i = 0; i < keys_.members.size(); ++i) {
      const auto& [key, value] = keys_.members[i];
      if (const std::string why = explain_fixed(key); !why.empty())
        problems_.error(value.key_where, fmt::format("'{}' cannot be swept", key), why,
                        "remove it here; --set changes it for all points");
      for (std::size_t j = 0; j < keys_.members.size(); ++j)
        if (i != j && leads_to(keys_.members[j].key, key))
          problems_.error(value.key_where, fmt::format("'{}' and '{}' are both swept", key, keys_.members[j].key),
                          "the one is a part of the other", "sweep only one of them");
      for (const Override& override_ : overrides_)
        if (leads_to(key, override_.key))
          problems_.error(find_place(override_), fmt::format("'{}' is swept", key),
                          "every point gives it a value of its own, in place of this one",
                          "leave one of the two out (--no-sweep runs the scenario without its sweep)");
    }
  }

  void check_points() {
    if (is_sampled() && !num_points_)
      problems_.error(node_.where, fmt::format("[sweep] needs 'points' for method = \"{}\"", method_name()),
                      "its keys' ranges do not tell how many points there are", "add points = ...");
    if (!is_sampled() && num_points_)
      problems_.error(table_.where("points"), "points is of latin_hypercube and sobol only",
                      fmt::format("the values themselves make the points of a {}", method_name()),
                      "remove it, or give another method");
  }

  std::string method_name() const { return unwrap(table_.at("method")).value->text; }

  void read_key(const Member& member) {
    Sweep::Key key{member.key, member.value.key_where, {}};
    std::optional<SweptRange> range;
    if (member.value.is(Node::Kind::list)) {
      for (const Node& item : member.value.items) key.values.push_back({format_value(item), item.where});
      check_list(member);
    } else if (member.value.is_table()) {
      range = read_range(member.value);
      if (range && !is_sampled()) step(key, *range, member.value);
    } else {
      problems_.error(member.value.where,
                      fmt::format("'{}' must be swept over a list of values or {{ from, to }}, not {}", member.key,
                                  format_excerpt(member.value)),
                      "", fmt::format("write [{}]", format_excerpt(member.value)));
    }
    sweep_.keys.push_back(std::move(key));
    ranges_.push_back(range);
  }

  void check_list(const Member& member) {
    const std::vector<Node>& items = member.value.items;
    if (items.empty())
      problems_.error(member.value.where, fmt::format("'{}' has no values", member.key), "there would be no points",
                      "give one or more, or remove the key");
    if (method_ == Method::list) return;
    for (std::size_t i = 0; i < items.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (same_value(items[i], items[j])) {
          problems_.error(items[i].where, fmt::format("{} stands twice for '{}'", format_excerpt(items[i]), member.key),
                          "points would be the same", "remove one");
          break;
        }
  }

  std::optional<SweptRange> read_range(const Node& node) {
    const Table table(Section::swept_range, node, reader_);
    const SweptRange range{table.real("from"), table.real("to"), table.choice("scale") == 1, table.flag("whole")};
    const auto refuse = [&](const char* key, std::string what, const char* remedy) {
      problems_.error(table.where(key), std::move(what), "", remedy);
      return std::nullopt;
    };
    const auto is_whole = [](double value) { return std::floor(value) == value && std::abs(value) < 1e15; };
    if (range.from >= range.to)
      return refuse("from", fmt::format("from = {} is not below to = {}", range.from, range.to),
                    "write the lower value as from");
    if (range.is_log && range.from <= 0.0)
      return refuse("from", fmt::format("a log scale cannot begin at {}", range.from),
                    "begin above 0, or leave out scale");
    if (range.is_whole && !(is_whole(range.from) && is_whole(range.to)))
      return refuse("whole", fmt::format("{} to {} are no whole numbers", range.from, range.to),
                    "give whole numbers as from and to");
    if (is_sampled() && table.maybe_whole("steps"))
      return refuse("steps", fmt::format("steps is of grid and list only, not of {}", method_name()),
                    "remove it, or give a list of values");
    if (!is_sampled() && !table.maybe_whole("steps"))
      return refuse("from", fmt::format("a {} needs the steps of a range", method_name()),
                    "add steps = ..., the number of values");
    return range;
  }

  void step(Sweep::Key& key, const SweptRange& range, const Node& node) {
    const Table table(Section::swept_range, node, reader_);
    const auto steps = static_cast<std::size_t>(table.whole("steps"));
    if (range.is_whole && static_cast<double>(steps - 1) > range.to - range.from)
      return problems_.error(table.where("steps"), fmt::format("{} steps from {} to {}", steps, range.from, range.to),
                             "there are not so many whole numbers", "take fewer steps");
    for (std::string& value : format_steps(range, steps)) key.values.push_back({std::move(value), node.where});
    for (std::size_t i = 1; i < steps; ++i)
      if (key.values[i].toml == key.values[i - 1].toml)
        return problems_.error(table.where("steps"),
                               fmt::format("{} stands twice for '{}'", key.values[i].toml, key.key),
                               "the steps are too close to one another", "take fewer steps");
  }

  void make_points() {
    switch (method_) {
      case Method::grid:
        return make_grid();
      case Method::list:
        return make_list();
      default:
        return make_sample();
    }
  }

  void make_grid() {
    std::vector<std::size_t> sizes;
    double num_points = 1.0;
    for (const Sweep::Key& key : sweep_.keys) {
      sizes.push_back(key.values.size());
      num_points *= static_cast<double>(key.values.size());
    }
    if (num_points > limits::sweep_points)
      return problems_.error(keys_.where, fmt::format("a grid of {:.6g} points", num_points),
                             fmt::format("a sweep has at most {}", limits::sweep_points),
                             "give fewer values, or method = \"sobol\" and the number of points");
    sweep_.points = random::make_grid(sizes);
  }

  /// Every point is checked and kept as a scenario of its own.
  void check_work() {
    const std::size_t num_points = sweep_.points.size();
    if (static_cast<double>(num_points) * static_cast<double>(num_values_) > limits::swept_values)
      problems_.error(keys_.where, fmt::format("{} points of a scenario of {} values", num_points, num_values_),
                      fmt::format("together a sweep has at most {}", limits::swept_values), "take fewer points");
  }

  void make_list() {
    const std::size_t size = sweep_.keys.front().values.size();
    for (const Sweep::Key& key : sweep_.keys)
      if (key.values.size() != size)
        return problems_.error(key.where,
                               fmt::format("{} values for '{}', but {} for '{}'", key.values.size(), key.key, size,
                                           sweep_.keys.front().key),
                               "of a list the first values of all keys make a point, then the second ones",
                               "give all keys the same number of values, or method = \"grid\" for all combinations");
    if (size > static_cast<std::size_t>(limits::sweep_points))
      return problems_.error(keys_.where, fmt::format("a list of {} points", size),
                             fmt::format("a sweep has at most {}", limits::sweep_points), "give fewer values");
    for (std::size_t i = 0; i < size; ++i) sweep_.points.emplace_back(sweep_.keys.size(), i);
  }

  void make_sample() {
    std::vector<std::uint64_t> dimensions;
    for (const Sweep::Key& key : sweep_.keys) dimensions.push_back(hash_key(key.key));
    const auto size = static_cast<std::size_t>(*num_points_);
    const random::Design design = method_ == Method::sobol ? random::make_sobol(size, dimensions, seed_)
                                                           : random::make_latin_hypercube(size, dimensions, seed_);
    for (const std::vector<double>& positions : design) {
      std::vector<std::size_t>& point = sweep_.points.emplace_back();
      for (std::size_t k = 0; k < positions.size(); ++k) point.push_back(take_value(k, positions[k]));
    }
  }

  /// Which of the key's values stands at a position; of a range a new one.
  std::size_t take_value(std::size_t k, double position) {
    std::vector<Sweep::Value>& values = sweep_.keys[k].values;
    if (!ranges_[k]) return static_cast<std::size_t>(position * static_cast<double>(values.size()));
    values.push_back({format_value_at(*ranges_[k], position), keys_.members[k].value.where});
    return values.size() - 1;
  }

  std::size_t num_values_;
  const Node& node_;
  const Node& keys_;
  std::span<const Override> overrides_;
  Problems& problems_;
  Reader reader_;
  Table table_;
  std::uint64_t seed_;
  Method method_;
  std::optional<std::int64_t> num_points_;
  Sweep sweep_;
  std::vector<std::optional<SweptRange>> ranges_;  ///< by key; none of a list
};

}  // namespace

void flatten_swept(Node& keys, Problems& problems) {
  Node flat = keys;
  flat.members.clear();
  flatten_into(flat, keys, "", problems);
  keys = std::move(flat);
}

Sweep read_sweep(const Resolved& resolved, std::span<const Override> overrides, Problems& problems) {
  return SweepReader(resolved, overrides, problems).read();
}

std::string describe_point(const Sweep& sweep, std::size_t point) {
  constexpr std::size_t most = 4;
  std::string text = fmt::format("at point {}: ", point);
  for (std::size_t k = 0; k < std::min(most, sweep.keys.size()); ++k)
    text += fmt::format("{}{} = {}", k == 0 ? "" : ", ", sweep.keys[k].key, sweep.value_at(point, k));
  return sweep.keys.size() > most ? text + fmt::format(" and {} more", sweep.keys.size() - most) : text;
}

}  // namespace vouch::scenario
