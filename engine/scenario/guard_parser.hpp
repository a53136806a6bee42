// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "model/guard.hpp"

namespace vouch::scenario {

/// What is wrong with a condition, and at which of its characters (from 0).
class GuardError : public std::runtime_error {
 public:
  GuardError(std::size_t at, const std::string& what, std::string remedy = {}, std::string unknown_name = {})
      : std::runtime_error(what), at_(at), remedy_(std::move(remedy)), unknown_name_(std::move(unknown_name)) {}
  std::size_t at() const noexcept { return at_; }
  const std::string& remedy() const noexcept { return remedy_; }
  /// The name that is no feature, if that is what is wrong.
  const std::string& unknown_name() const noexcept { return unknown_name_; }

 private:
  std::size_t at_;
  std::string remedy_;
  std::string unknown_name_;
};

/// Parses a condition: comparisons of a feature with a number (< <= > >= == !=) or a feature alone (not zero),
/// joined by `and`, `or`, `not` and parentheses; `and` binds tighter than `or`. Empty: always true.
/// `stocks` are the names of the stocks in their order. Throws GuardError.
model::Guard parse_guard(std::string_view text, const std::vector<std::string>& stocks);

}  // namespace vouch::scenario
