// SPDX-License-Identifier: Apache-2.0
#include "series_view.hpp"

#include <sstream>

#include "model/observations.hpp"
#include "report/table.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

std::vector<double> count_bins(std::size_t count, double width) {
  std::vector<double> starts;
  for (std::size_t i = 0; i < count; ++i) starts.push_back(static_cast<double>(i) * width);
  return starts;
}

/// Every bin of the first strategy holds 1, of the second its own number.
SeriesView make_view(std::size_t num_bins, double width) {
  SeriesView view;
  view.name = "won";
  view.description = "deals won";
  view.num_worlds = {20, 20};
  view.strategy_names = {"never", "ask-right-after-the-purchase"};
  view.bin_starts = count_bins(num_bins, width);
  std::vector<double> numbers(num_bins);
  for (std::size_t i = 0; i < num_bins; ++i) numbers[i] = static_cast<double>(i);
  view.blocks = {{{}, {std::vector<double>(num_bins, 1.0), numbers}}};
  return view;
}

std::vector<std::string> find_rows(const std::string& text, const std::string& begin) {
  std::vector<std::string> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.substr(0, begin.size()) == begin) rows.push_back(line);
  return rows;
}

}  // namespace

TEST_CASE("levels are told from flows") {
  CHECK(model::is_level("market_free"));
  CHECK(model::is_level("series_market_free"));
  CHECK(model::is_level("source_open_deals"));
  CHECK_FALSE(model::is_level("asks"));
  CHECK_FALSE(model::is_level("series_source_won"));
  int num_levels = 0;
#define X(name, unit, text) num_levels += model::is_level(#name) ? 1 : 0;
  VOUCH_SERIES(X)
  VOUCH_SOURCE_SERIES(X)
#undef X
  CHECK(num_levels == 10);
}

TEST_CASE("few bins are shown each, many by the year") {
  CHECK(make_periods(count_bins(36, 30.0)).size() == 36);
  CHECK(make_periods(count_bins(36, 30.0))[1].label == "30");
  const auto months = make_periods(count_bins(37, 30.0));  // three years of 365 days
  REQUIRE(months.size() == 3);
  CHECK(months[0].last == 12);
  CHECK(months[1].last == 24);
  CHECK(months[2].label == "3");
  const auto quarters = make_periods(count_bins(40, 91.25));
  REQUIRE(quarters.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) CHECK(quarters[i].first == 4 * i);
  CHECK(quarters[9].last == 40);
  const auto weeks = make_periods(count_bins(60, 7.0));
  REQUIRE(weeks.size() == 2);
  CHECK(weeks[1].label == "2, in part");
}

TEST_CASE("flows are summed over a year, levels taken at its end") {
  SeriesView view = make_view(40, 91.25);
  const std::string flows = format_series(view);
  CHECK(flows.find("won: deals won, in each year of 365 days; means over 20 worlds. Quantiles are in the results") ==
        0);
  CHECK(find_rows(flows, "  10 ") == std::vector<std::string>{"  10      4               150"});
  view.is_level = true;
  view.unit = "EUR";
  const std::string levels = format_series(view);
  CHECK(levels.find("won (EUR): deals won, at the end of each year of 365 days; means") == 0);
  CHECK(find_rows(levels, "  10 ") == std::vector<std::string>{"  10      1                39"});
  CHECK(levels.find("middle") == std::string::npos);
  CHECK(format_series(make_view(37, 30.0)).find("counts in the year that") != std::string::npos);
  CHECK(format_series(make_view(3, 30.0)).find("won: deals won, in each bin; means") == 0);
}

TEST_CASE("each source has a block, with a dash where a strategy lacks it") {
  SeriesView view = make_view(2, 30.0);
  view.blocks[0].source = "cold";
  view.blocks.push_back({"partners", {{}, {0.25, 0.5}}});
  const std::string text = format_series(view);
  INFO(text);
  CHECK(text.find("\nsource cold\n") != std::string::npos);
  CHECK(text.find("\nsource partners\n") != std::string::npos);
  CHECK(find_rows(text, "      30 ").at(1).find("–") != std::string::npos);
  CHECK(find_rows(text, "      30 ").at(1).find("0.500") != std::string::npos);
  const auto json = make_series_json(view);
  CHECK(json["sources"]["partners"]["never"].is_null());
  CHECK(json["sources"]["partners"]["ask-right-after-the-purchase"][0] == 0.25);
  CHECK(json["kind"] == "flow");
}

TEST_CASE("many strategies stand in several tables that fit on a page") {
  SeriesView view = make_view(2, 30.0);
  view.strategy_names.clear();
  view.blocks[0].values.clear();
  for (int s = 0; s < 20; ++s) {
    view.strategy_names.push_back("the-strategy-called-" + std::to_string(s));
    view.blocks[0].values.push_back({1e6, 2e6});
  }
  std::istringstream lines(format_series(view));
  for (std::string line; std::getline(lines, line);) CHECK(report::compute_width(line) <= report::page_width);
  CHECK(find_rows(format_series(view), "from day").size() > 1);
}

TEST_CASE("for programs every bin is there, unrounded") {
  const auto json = make_series_json(make_view(40, 91.25));
  CHECK(json["bin_start_days"].size() == 40);
  CHECK(json["strategies"]["never"].size() == 40);
  CHECK(json["unit"] == "1");
}
