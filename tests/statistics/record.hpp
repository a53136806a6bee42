// SPDX-License-Identifier: Apache-2.0
// Tables of what tests measured, kept beside the tests for the documentation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vouch::test {

/// A Markdown table. Every row has as many cells as there are columns.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

/// A share as a percentage with two decimals: "95.03 %".
std::string format_share(double share);

/// Requires the section `title` of tests/statistics/`file` to be this text and table. With VOUCH_RECORD in the
/// environment (tools/check --record) it is written instead. Not where other experiments are made than usual: under
/// sanitizers, with fresh seeds or VOUCH_LONG.
void check_record(std::string_view file, std::string_view title, std::string_view text, const Table& table);

}  // namespace vouch::test
