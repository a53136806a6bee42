// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/error.hpp"

namespace vouch::scenario {

struct Member;

/// Who gave a value: a file (or text), the command line, or the table of rules.
enum class Origin : std::uint8_t { file, override_, fallback };

/// A TOML value with its place. Tables keep the order of the text.
struct Node {
  enum class Kind : std::uint8_t { flag, whole, real, text, list, table, date };

  Kind kind = Kind::table;
  bool flag = false;
  std::int64_t whole = 0;
  double real = 0.0;
  std::string text;
  std::vector<Node> items;      ///< of a list
  std::vector<Member> members;  ///< of a table

  Origin origin = Origin::file;
  Location where;       ///< of the value
  Location key_where;   ///< of its key; unknown in lists
  Location text_where;  ///< of a text's first character, if its characters can be counted from there

  bool is(Kind k) const noexcept { return kind == k; }
  bool is_table() const noexcept { return kind == Kind::table; }
  bool is_number() const noexcept { return kind == Kind::whole || kind == Kind::real; }
  bool is_false() const noexcept { return kind == Kind::flag && !flag; }
  double number() const noexcept { return kind == Kind::whole ? static_cast<double>(whole) : real; }

  /// The member of a table; nullptr if there is none.
  const Node* find(std::string_view key) const noexcept;
  Node* find(std::string_view key) noexcept;
  /// The member, made as an empty table if there is none.
  Node& at_or_insert(std::string_view key);
  void set(std::string_view key, Node value);
  void erase(std::string_view key);
  std::vector<std::string> keys() const;
};

struct Member {
  std::string key;
  Node value;
};

Node make_text(std::string text);

/// "a string", "a whole number", ...
std::string_view name_of(Node::Kind kind) noexcept;

/// Whether both hold the same value, wherever they come from. 1 and 1.0 are the same.
bool same_value(const Node& a, const Node& b);

/// A value and what stands beside it: `{ value = V, source = "...", note = "..." }`, or V alone. A distribution or
/// impulse may carry source and note among its own keys.
struct Annotated {
  const Node* value;
  const Node* source = nullptr;
  const Node* note = nullptr;
  const Node* identified_by = nullptr;
};
Annotated unwrap(const Node& node);
bool is_annotation(std::string_view key) noexcept;

/// Problems in the order of their finding. The same one at the same place is kept once. The error that is one too many
/// (limits::problems) throws them all as an Error: nobody reads more, and finding them takes time.
class Problems {
 public:
  void error(const Location& where, std::string what, std::string why = {}, std::string remedy = {});
  void warn(const Location& where, std::string what, std::string why = {}, std::string remedy = {});
  bool any_errors() const noexcept { return num_errors_ > 0; }
  int num_errors() const noexcept { return num_errors_; }
  const std::vector<Problem>& all() const noexcept { return all_; }
  /// In the order of the files' lines, each once.
  std::vector<Problem> take_sorted();
  void throw_if_errors();

 private:
  bool is_new(const Problem& problem);

  std::vector<Problem> all_;
  std::unordered_set<std::string> known_;
  int num_errors_ = 0;
  int num_kept_errors_ = 0;
  int num_kept_warnings_ = 0;
};

/// "did you mean 'x'?", or the valid ones when they are few, or `otherwise`.
std::string suggest(const std::string& word, const std::vector<std::string>& valid, std::string_view plural,
                    std::string otherwise = {});

}  // namespace vouch::scenario
