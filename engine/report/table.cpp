// SPDX-License-Identifier: Apache-2.0
#include "report/table.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace vouch::report {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_first_width = 12;

std::size_t find_widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const std::string& line : wrap(text, std::string::npos)) widest = std::max(widest, compute_width(line));
  return widest;
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

/// Cells of several lines side by side. Headers stand at the bottom, so that they touch the rule.
enum class Place { top, bottom };
void append_row(const std::vector<std::vector<std::string>>& cells, const std::vector<std::size_t>& widths,
                const std::vector<Align>& aligns, Place place, std::string& text) {
  std::size_t height = 0;
  for (const auto& lines : cells) height = std::max(height, lines.size());
  for (std::size_t row = 0; row < height; ++row) {
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::size_t above = place == Place::bottom ? height - cells[c].size() : 0;
      const bool has_line = row >= above && row - above < cells[c].size();
      if (c > 0) line.append(gap, ' ');
      line += pad(has_line ? cells[c][row - above] : "", widths[c], aligns[c]);
    }
    trim_end(line);
    text += line + '\n';
  }
}

}  // namespace

std::string wrap_page(std::string_view text) {
  std::string page;
  for (const std::string& line : wrap(text, page_width)) page += line + '\n';
  return page;
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::add_row(std::vector<std::string> cells) {
  if (cells.size() != columns_.size()) throw std::logic_error("a row needs a cell for each column");
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::compute_widths(std::size_t max_width) const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = find_widest_line(columns_[c].header);
    for (const auto& row : rows_) width = std::max(width, find_widest_line(row[c]));
    widths.push_back(width);
  }
  const std::size_t total = std::accumulate(widths.begin(), widths.end(), (widths.size() - 1) * gap);
  if (total > max_width) {
    const std::size_t others = total - widths[0];
    const std::size_t left = max_width > others ? max_width - others : 0;
    widths[0] = std::min(widths[0], std::max(left, least_first_width));
  }
  return widths;
}

std::string Table::format(std::size_t max_width) const {
  const std::vector<std::size_t> widths = compute_widths(max_width);
  std::vector<Align> aligns;
  std::vector<std::vector<std::string>> headers;
  std::size_t rule = (widths.size() - 1) * gap;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    aligns.push_back(columns_[c].align);
    headers.push_back(wrap(columns_[c].header, widths[c], Breaks::spaces_and_hyphens));
    rule += widths[c];
  }
  std::string text;
  append_row(headers, widths, aligns, Place::bottom, text);
  for (std::size_t i = 0; i < rule; ++i) text += "─";
  text += '\n';
  for (const auto& row : rows_) {
    std::vector<std::vector<std::string>> cells;
    for (std::size_t c = 0; c < row.size(); ++c) cells.push_back(wrap(row[c], widths[c], Breaks::spaces_and_hyphens));
    append_row(cells, widths, aligns, Place::top, text);
  }
  return text;
}

}  // namespace vouch::report
