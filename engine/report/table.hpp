// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/text.hpp"

namespace vouch::report {

inline constexpr std::size_t page_width = 100;

/// Text in lines that fit on a page, each ended by a line break.
std::string wrap_page(std::string_view text);

/// A table of text in aligned columns. Headers may have several lines, which stand on the line above the rule. When
/// the table would be wider than a page, its first column is wrapped.
class Table {
 public:
  struct Column {
    std::string header;
    Align align = Align::right;
  };

  explicit Table(std::vector<Column> columns);
  /// As many cells as columns, else std::logic_error.
  void add_row(std::vector<std::string> cells);
  /// Lines without trailing spaces, each ended by a line break.
  std::string format(std::size_t max_width = page_width) const;

 private:
  std::vector<std::size_t> compute_widths(std::size_t max_width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace vouch::report
