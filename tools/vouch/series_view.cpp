// SPDX-License-Identifier: Apache-2.0
#include "series_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/number.hpp"
#include "report/table.hpp"

namespace vouch::cli {
namespace {

constexpr std::size_t most_bins = 36;
constexpr double days_a_year = 365.0;
constexpr const char* unknown = "–";

bool shows_years(const std::vector<double>& bin_starts) { return bin_starts.size() > most_bins; }

double summarise(const SeriesView& view, const std::vector<double>& values, const Period& period) {
  if (view.is_level) return values.at(period.last - 1);
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(period.first),
                         values.begin() + static_cast<std::ptrdiff_t>(period.last), 0.0);
}

/// Decimals that show the largest of a table's numbers to three digits, and whole numbers as they are.
int choose_decimals(const std::vector<std::vector<double>>& columns) {
  double largest = 0.0;
  bool are_whole = true;
  for (const auto& column : columns) {
    for (const double value : column) {
      largest = std::max(largest, std::abs(value));
      are_whole = are_whole && value == std::round(value);
    }
  }
  if (are_whole) return 0;
  return std::clamp(2 - static_cast<int>(std::floor(std::log10(largest))), 0, 6);
}

std::vector<std::size_t> choose_page(const std::vector<std::size_t>& widths, std::size_t first, std::size_t used) {
  constexpr std::size_t gap = 2;
  std::vector<std::size_t> page;
  for (std::size_t s = first; s < widths.size(); ++s) {
    used += gap + widths[s];
    if (used > report::page_width && !page.empty()) break;
    page.push_back(s);
  }
  return page;
}

std::size_t find_width(const std::vector<std::string>& cells) {
  std::size_t width = 0;
  for (const std::string& cell : cells)
    for (const std::string& line : report::wrap(cell, std::string::npos))
      width = std::max(width, report::compute_width(line));
  return width;
}

/// One table, or several one below the other where there are more strategies than fit side by side.
std::string format_block(const SeriesView& view, const SeriesBlock& block, const std::vector<Period>& periods) {
  std::vector<std::vector<double>> numbers;
  for (const auto& values : block.values) {
    auto& column = numbers.emplace_back();
    for (const Period& period : periods)
      if (!values.empty()) column.push_back(summarise(view, values, period));
  }
  const int decimals = choose_decimals(numbers);
  const std::string row_header = shows_years(view.bin_starts) ? "year" : "from day";
  std::vector<std::vector<std::string>> columns;  // the first cell of each is its header
  std::vector<std::size_t> widths;
  for (std::size_t s = 0; s < numbers.size(); ++s) {
    auto& column = columns.emplace_back();
    column.push_back(report::break_name(view.strategy_names[s]));
    for (std::size_t p = 0; p < periods.size(); ++p)
      column.push_back(numbers[s].empty() ? unknown : report::format_number(numbers[s][p], decimals));
    widths.push_back(find_width(column));
  }
  std::vector<std::string> labels{row_header};
  for (const Period& period : periods) labels.push_back(period.label);
  std::string text;
  for (std::size_t first = 0; first < columns.size();) {
    const auto page = choose_page(widths, first, find_width(labels));
    std::vector<report::Table::Column> headers{{row_header}};
    for (const std::size_t s : page) headers.push_back({columns[s][0]});
    report::Table table(headers);
    for (std::size_t p = 0; p < periods.size(); ++p) {
      std::vector<std::string> cells{periods[p].label};
      for (const std::size_t s : page) cells.push_back(columns[s][p + 1]);
      table.add_row(std::move(cells));
    }
    if (first > 0) text += '\n';
    text += table.format();
    first += page.size();
  }
  return text;
}

std::string format_caption(const SeriesView& view, const std::vector<Period>& periods) {
  const bool are_years = shows_years(view.bin_starts);
  const std::string period = are_years ? "year" : "bin";
  std::string text = fmt::format(
      "{}{}: {}, {} each {}{}; means over {}. Quantiles are in the results file (series/{}_quantiles).", view.name,
      view.unit.empty() ? "" : " (" + view.unit + ")", view.description, view.is_level ? "at the end of" : "in", period,
      are_years ? " of 365 days" : "", report::format_worlds(view.num_worlds), view.name);
  const bool is_split = are_years && std::any_of(periods.begin() + 1, periods.end(), [&](const Period& p) {
                          return std::abs(std::remainder(view.bin_starts[p.first], days_a_year)) > 1e-6;
                        });
  if (is_split)
    text += fmt::format(" Bins are of {:.6g} days; each counts in the year that holds its middle.", view.bin_starts[1]);
  return text;
}

}  // namespace

std::vector<Period> make_periods(const std::vector<double>& bin_starts) {
  std::vector<Period> periods;
  if (!shows_years(bin_starts)) {
    for (std::size_t i = 0; i < bin_starts.size(); ++i)
      periods.push_back(
          {report::format_number(bin_starts[i], bin_starts[i] == std::round(bin_starts[i]) ? 0 : 2), i, i + 1});
    return periods;
  }
  const double width = bin_starts[1] - bin_starts[0];
  long last_year = 0;
  for (std::size_t i = 0; i < bin_starts.size(); ++i) {
    const double marker = i + 1 < bin_starts.size() ? bin_starts[i] + 0.5 * width : bin_starts[i];
    // An edge that rounding put just below a year's end begins the next.
    const long year = static_cast<long>(std::floor((marker + 1e-9 * width) / days_a_year)) + 1;
    if (year != last_year) periods.push_back({std::to_string(year), i, i});
    periods.back().last = i + 1;
    last_year = year;
  }
  if (bin_starts.back() + width < static_cast<double>(last_year) * days_a_year - 1e-6 * width)
    periods.back().label += ", in part";
  return periods;
}

std::string format_series(const SeriesView& view) {
  const std::vector<Period> periods = make_periods(view.bin_starts);
  std::string text = report::wrap_page(format_caption(view, periods));
  for (const SeriesBlock& block : view.blocks) {
    text += '\n';
    if (!block.source.empty()) text += "source " + block.source + '\n';
    text += format_block(view, block, periods);
  }
  return text;
}

nlohmann::ordered_json make_series_json(const SeriesView& view) {
  nlohmann::ordered_json json;
  json["unit"] = view.unit.empty() ? "1" : view.unit;
  json["description"] = view.description;
  json["kind"] = view.is_level ? "level" : "flow";
  json["num_worlds"] = view.num_worlds.empty() ? 0 : *std::max_element(view.num_worlds.begin(), view.num_worlds.end());
  json["bin_start_days"] = view.bin_starts;
  for (const SeriesBlock& block : view.blocks) {
    nlohmann::ordered_json strategies = nlohmann::ordered_json::object();
    for (std::size_t s = 0; s < block.values.size(); ++s) {
      strategies[view.strategy_names[s]] = nullptr;
      if (!block.values[s].empty()) strategies[view.strategy_names[s]] = block.values[s];
    }
    if (block.source.empty())
      json["strategies"] = std::move(strategies);
    else
      json["sources"][block.source] = std::move(strategies);
  }
  return json;
}

}  // namespace vouch::cli
