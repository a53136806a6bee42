// SPDX-License-Identifier: Apache-2.0
#include "scenario/guard_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenario/features.hpp"
#include "scenario/node.hpp"

namespace vouch::scenario {
namespace {

using model::Guard;
using model::GuardStep;
using Op = GuardStep::Op;

struct Token {
  enum class Kind { name, number, comparison, open, close, end };
  Kind kind;
  std::size_t at;
  std::string_view text;
  double number = 0.0;
  Op op = Op::less;
};

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
    if (at_ >= text_.size()) return {Token::Kind::end, text_.size(), {}};
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      ++at_;
      return {c == '(' ? Token::Kind::open : Token::Kind::close, begin, text_.substr(begin, 1)};
    }
    if (is_letter(c)) {
      while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
      return {Token::Kind::name, begin, text_.substr(begin, at_ - begin)};
    }
    if (is_digit(c) || c == '.' || c == '-' || c == '+') return read_number();
    return read_comparison();
  }

 private:
  Token read_number() {
    const std::size_t begin = at_;
    const std::size_t digits = text_[at_] == '+' ? at_ + 1 : at_;
    Token token{Token::Kind::number, begin, {}};
    const auto [end, failure] = std::from_chars(text_.data() + digits, text_.data() + text_.size(), token.number);
    if (failure != std::errc{} || !std::isfinite(token.number))
      throw GuardError(begin, "a number was expected here", "write it as in 0.5 or -2");
    at_ = static_cast<std::size_t>(end - text_.data());
    token.text = text_.substr(begin, at_ - begin);
    return token;
  }

  Token read_comparison() {
    constexpr std::pair<std::string_view, Op> operators[] = {{"<=", Op::less_equal}, {">=", Op::greater_equal},
                                                             {"==", Op::equal},      {"!=", Op::not_equal},
                                                             {"<", Op::less},        {">", Op::greater}};
    for (const auto& [symbol, op] : operators) {
      if (text_.substr(at_, symbol.size()) != symbol) continue;
      const std::size_t begin = at_;
      at_ += symbol.size();
      return {Token::Kind::comparison, begin, symbol, 0.0, op};
    }
    if (text_[at_] == '=') throw GuardError(at_, "'=' is no comparison", "write ==");
    if (text_[at_] == '&' || text_[at_] == '|' || text_[at_] == '!')
      throw GuardError(at_, fmt::format("'{}' is no part of a condition", text_[at_]), "write and, or, not");
    if (text_[at_] == ',')
      throw GuardError(at_, "',' is no part of a condition",
                       "write a decimal point, as in 0.5, and join conditions by and, or");
    const bool is_printable = text_[at_] > ' ' && text_[at_] < 127;
    throw GuardError(at_,
                     is_printable ? fmt::format("'{}' is no part of a condition", text_[at_])
                                  : std::string("this character is no part of a condition"),
                     "write features, numbers, < <= > >= == !=, and, or, not and parentheses");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Op mirror(Op op) noexcept {
  switch (op) {
    case Op::less:
      return Op::greater;
    case Op::less_equal:
      return Op::greater_equal;
    case Op::greater:
      return Op::less;
    case Op::greater_equal:
      return Op::less_equal;
    default:
      return op;
  }
}

/// Recursive descent: or_ of and_ of not_ of comparisons. Each level emits its steps after its operands'.
class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& stocks) : lexer_(text), stocks_(stocks) { advance(); }

  Guard parse() {
    if (token_.kind == Token::Kind::end) return {};
    parse_or();
    if (token_.kind == Token::Kind::close) throw GuardError(token_.at, "')' closes nothing");
    if (token_.kind != Token::Kind::end)
      throw GuardError(token_.at, fmt::format("'{}' follows a whole condition", token_.text),
                       "join conditions by and, or");
    return std::move(guard_);
  }

 private:
  void advance() { token_ = lexer_.next(); }
  bool at_word(std::string_view word) const { return token_.kind == Token::Kind::name && token_.text == word; }

  void emit(const GuardStep& step, int pending) {
    guard_.steps.push_back(step);
    pending_ += pending;
    if (pending_ > Guard::max_depth) throw_too_deep();
  }

  [[noreturn]] void throw_too_deep() const {
    throw GuardError(token_.at, "the condition is nested too deeply",
                     fmt::format("nest at most {} levels", Guard::max_depth));
  }

  void parse_or() {
    parse_and();
    while (at_word("or")) {
      advance();
      parse_and();
      emit({Op::or_}, -1);
    }
  }

  void parse_and() {
    parse_not();
    while (at_word("and")) {
      advance();
      parse_not();
      emit({Op::and_}, -1);
    }
  }

  void parse_not() {
    if (++depth_ > 2 * Guard::max_depth) throw_too_deep();
    if (at_word("not")) {
      advance();
      parse_not();
      emit({Op::not_}, 0);
    } else if (token_.kind == Token::Kind::open) {
      const std::size_t opened = token_.at;
      advance();
      parse_or();
      if (token_.kind != Token::Kind::close) {
        if (token_.kind == Token::Kind::end) throw GuardError(opened, "'(' is never closed");
        throw GuardError(token_.at, fmt::format("'{}' follows a whole condition", token_.text),
                         "join conditions by and, or");
      }
      advance();
    } else {
      parse_comparison();
    }
    --depth_;
  }

  void parse_comparison() {
    const Token left = token_;
    if (left.kind == Token::Kind::number) {
      advance();
      const Op op = expect_comparison();
      const model::Feature feature = expect_feature();
      emit({mirror(op), feature, left.number}, 1);
      return;
    }
    const model::Feature feature = expect_feature();
    if (token_.kind != Token::Kind::comparison) {
      emit({Op::not_equal, feature, 0.0}, 1);
      return;
    }
    const Op op = expect_comparison();
    if (token_.kind != Token::Kind::number)
      throw GuardError(token_.at, "a number was expected here", "a feature is compared with a number");
    const double number = token_.number;
    advance();
    emit({op, feature, number}, 1);
  }

  Op expect_comparison() {
    if (token_.kind != Token::Kind::comparison)
      throw GuardError(token_.at, "a comparison was expected here", "write one of < <= > >= == !=");
    const Op op = token_.op;
    advance();
    return op;
  }

  model::Feature expect_feature() {
    const bool is_word = at_word("and") || at_word("or") || at_word("not");
    if (token_.kind != Token::Kind::name || is_word)
      throw GuardError(token_.at, "a feature was expected here", "write a condition such as fatigue < 2");
    const std::vector<std::string> valid = guard_features(stocks_);
    const std::string name(token_.text);
    if (std::find(valid.begin(), valid.end(), name) == valid.end())
      throw GuardError(token_.at, fmt::format("unknown feature '{}'", name),
                       suggest(name, valid, "features", fmt::format("features: {}", fmt::join(valid, ", "))), name);
    advance();
    return *find_feature(name, stocks_);
  }

  Lexer lexer_;
  const std::vector<std::string>& stocks_;
  Token token_{};
  Guard guard_;
  int pending_ = 0;
  int depth_ = 0;
};

}  // namespace

model::Guard parse_guard(std::string_view text, const std::vector<std::string>& stocks) {
  return Parser(text, stocks).parse();
}

}  // namespace vouch::scenario
