// SPDX-License-Identifier: Apache-2.0
// Quantities that every strategy has one of: a panel of rows for each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/chart.hpp"
#include "report/reading.hpp"
#include "statistics/estimate.hpp"

namespace vouch::report {

/// What a panel of rows shows: each strategy's value, in the file's order.
struct Quantity {
  std::string title;        ///< of the panel and of the table's column: "opted out, per 1,000 customers"
  double factor = 1.0;      ///< 100 for percent
  std::string suffix = {};  ///< of numbers: " %"
  Mark mark = Mark::interval;
  std::vector<statistics::Estimate> estimates;
};

/// Two strategies that a title compares, and their difference, first minus second, with an interval that allows for
/// their having been chosen among all.
struct Contrast {
  std::size_t first = 0;
  std::size_t second = 0;
  statistics::Estimate difference;
};

/// Strategies as a chart names and orders them.
struct StrategyOrder {
  std::vector<std::string> names;    ///< in the file's order
  std::vector<std::size_t> ranking;  ///< best first, by the reading's metric
  std::size_t baseline = 0;
};

StrategyOrder order_strategies(const Reading& reading);

/// Which two a title compares: the best of the candidates and the baseline, or the best two where the baseline is best
/// or no candidate. Fewer where there are fewer.
std::vector<std::size_t> choose_compared(const StrategyOrder& order, const std::vector<bool>& is_candidate);

/// Of one of `num_quantities` quantities that a title chooses from; empty for fewer than two strategies.
std::optional<Contrast> contrast_strategies(const Reading& reading, const statistics::Evidence& evidence,
                                            const std::vector<std::size_t>& compared, std::size_t num_quantities);

/// Whether the interval is of something that was seen often enough: else it tells more of the number of worlds than of
/// the strategy, and neither pictures nor titles have it.
bool has_telling_interval(const Quantity& quantity, std::size_t strategy);

/// How many single intervals a title's pair is one of: those from the baseline, or all pairs where both were chosen by
/// what came out.
std::size_t count_pairs(std::size_t num_strategies, bool has_baseline);

/// Whether the two surely differ, and their values, which are over worlds of their own, are in the same order.
bool is_told_apart(const Contrast& contrast, const Quantity& quantity);

/// Every strategy's value, at the reading's confidence.
std::vector<statistics::Estimate> estimate_values(const Reading& reading, const statistics::Evidence& evidence);

Panel make_rows_panel(const Quantity& quantity, const StrategyOrder& order);

/// A row for each strategy, best first: the value of each quantity and, of intervals, their ends.
DataTable make_rows_table(const std::vector<Quantity>& quantities, const StrategyOrder& order);

/// "5.3", rounded to what is known, with the suffix; "not known" without a value.
std::string format_value(const Quantity& quantity, std::size_t strategy);
/// "5.1 to 5.5 %"; "not known" without an interval, "none seen" or "too few cases" without a telling one.
std::string format_range(const Quantity& quantity, std::size_t strategy);

/// "A 5.3 % (5.1 to 5.5 %), B ...": for text alternatives.
std::string list_values(const Quantity& quantity, const StrategyOrder& order);

}  // namespace vouch::report
