// SPDX-License-Identifier: Apache-2.0
#include "report/html.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/svg.hpp"

namespace vouch::report::html {
namespace {

std::string make_cell(const std::string& text, std::size_t column, const DataTable& table, bool is_header) {
  const char* const kind = column > 0 && column < table.num_text_columns ? " class=t" : "";
  if (is_header) return fmt::format("<th scope=col{}>{}</th>", kind, escape(text));
  if (column == 0) return fmt::format("<th scope=row dir=auto>{}</th>", escape(text));
  return fmt::format("<td{}>{}</td>", kind, escape(text));
}

std::string make_row(const std::vector<std::string>& cells, const DataTable& table, bool is_header) {
  std::string row = "<tr>";
  for (std::size_t column = 0; column < cells.size(); ++column)
    row += make_cell(cells[column], column, table, is_header);
  return row + "</tr>\n";
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_inner_hyphen(std::string_view word) {
  const std::size_t hyphen = word.find('-', 1);
  return hyphen != std::string_view::npos && hyphen + 1 < word.size();
}

/// A number and its "%" or currency ("EUR"), or "±" and its number.
bool belong_together(std::string_view word, std::string_view rest) {
  if (word == "±") return true;
  if (rest.starts_with("%") || rest.starts_with("±")) return true;
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool is_currency = rest.size() >= 3 && std::all_of(rest.begin(), rest.begin() + 3, is_capital) &&
                           (rest.size() == 3 || !is_capital(rest[3]));
  return is_currency && !word.empty() && is_digit(word.back());
}

}  // namespace

std::string make_words(std::string_view text) {
  std::string words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    words += has_inner_hyphen(word) ? fmt::format("<span class=n>{}</span>", escape(word)) : escape(word);
    text.remove_prefix(end);
    if (text.empty()) break;
    text.remove_prefix(1);
    words += belong_together(word, text) ? "\u00a0" : " ";
  }
  return words;
}

std::string make_key(std::string_view key) {
  std::string text;
  for (const char c : escape(key)) {
    text += c;
    if (c == '.' || c == '_' || c == ',') text += "<wbr>";
  }
  return text;
}

std::string make_scroller(std::string_view label, std::string_view content) {
  return fmt::format("<div class=scroll tabindex=0 role=region aria-label=\"{}\">\n{}</div>\n", escape(label), content);
}

std::string make_table(const DataTable& table, std::string_view label) {
  std::string rows;
  for (const std::vector<std::string>& cells : table.rows) rows += make_row(cells, table, false);
  return make_scroller(label, fmt::format("<table class=numbers>\n<thead>{}</thead>\n<tbody>{}</tbody>\n</table>\n",
                                          make_row(table.header, table, true), rows));
}

std::string make_details(std::string_view summary, std::string_view content) {
  return fmt::format("<details><summary>{}</summary>\n{}</details>\n", escape(summary), content);
}

}  // namespace vouch::report::html
