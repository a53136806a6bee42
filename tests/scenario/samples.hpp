// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.hpp"

namespace vouch::test {

/// A small valid scenario of one segment, one stock and two strategies, with warnings of no kind. Its lines are
/// counted on by tests; `extra` follows it.
std::string sample_text(std::string_view extra = {});

/// sample_text() with `from`, which must occur once, replaced by `to`.
std::string sample_with(std::string_view from, std::string_view to);

scenario::Scenario parse(std::string_view text, const std::vector<scenario::Override>& overrides = {});

/// Every problem of the text as the user reads it, in order; empty if it is valid.
std::vector<std::string> errors_of(std::string_view text, const std::vector<scenario::Override>& overrides = {});

/// Every warning of a valid text, as the user reads it.
std::vector<std::string> warnings_of(std::string_view text);
/// The one warning of a valid text; a failed test if there are more or none.
std::string warning_of(std::string_view text);

}  // namespace vouch::test
