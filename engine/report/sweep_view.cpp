// SPDX-License-Identifier: Apache-2.0
#include "report/sweep_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/number.hpp"
#include "report/sweep_table.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace vouch::report {
namespace {

constexpr std::size_t most_rows = 36;
constexpr std::size_t rows_of_extract = 24;
constexpr std::size_t most_key_columns = 4;

nlohmann::json parse_number(const std::string& toml) { return nlohmann::json::parse(toml, nullptr, false); }

std::string count_points(std::size_t count) { return format_count(count) + (count == 1 ? " point" : " points"); }

class SweepText {
 public:
  SweepText(const SweepView& view, PointRows rows)
      : view_(view),
        first_(view.points.front()),
        won_(list_won_points(view, call_points(view))),
        names_(shorten_keys(view.keys)),
        rows_(view.points.size() <= most_rows ? PointRows::all : rows) {}

  std::string format() const {
    std::string text = explain_keys();
    if (is_contest(first_)) text += wrap_page(format_summary()) + format_regions();
    text += '\n' + format_table() + '\n' + wrap_page(explain_rows());
    return text;
  }

 private:
  std::size_t num_points() const { return view_.points.size(); }
  const std::string& name(std::size_t strategy) const { return first_.strategy_names[strategy]; }

  std::string explain_keys() const {
    std::string text = fmt::format("{} at {}. ", first_.metric.name, count_points(num_points()));
    std::string varied;
    for (std::size_t k = 0; k < view_.keys.size(); ++k) {
      const std::string span = describe_span(k, all_points());
      varied += fmt::format("{}{}{}{}", k == 0 ? "" : ", ", view_.keys[k].key, span.empty() ? "" : " ", span);
    }
    return wrap_page(text + "Varied: " + varied + ".") + '\n';
  }

  std::vector<std::size_t> all_points() const {
    std::vector<std::size_t> points;
    for (std::size_t p = 0; p < num_points(); ++p) points.push_back(p);
    return points;
  }

  /// "from -1 to 0", "-1", or the texts among these points.
  std::string describe_span(std::size_t key, const std::vector<std::size_t>& points) const {
    const std::vector<std::string>& values = view_.keys[key].values;
    std::vector<std::string> distinct;
    bool are_numbers = true;
    for (const std::size_t p : points) {
      are_numbers = are_numbers && parse_number(values[p]).is_number();
      if (std::find(distinct.begin(), distinct.end(), values[p]) == distinct.end()) distinct.push_back(values[p]);
    }
    if (distinct.size() == 1) return format_swept_value(distinct[0]);
    if (are_numbers) {
      const auto less = [](const std::string& a, const std::string& b) {
        return parse_number(a).get<double>() < parse_number(b).get<double>();
      };
      const auto [low, high] = std::minmax_element(distinct.begin(), distinct.end(), less);
      return fmt::format("from {} to {}", *low, *high);
    }
    constexpr std::size_t most_named = 4;
    if (distinct.size() > most_named) return fmt::format("({} values)", distinct.size());
    std::transform(distinct.begin(), distinct.end(), distinct.begin(), format_swept_value);
    return join_names(distinct);
  }

  /// How many points each strategy wins, as far as all of that is sure at once.
  std::string format_summary() const {
    std::vector<std::string> parts;
    std::size_t num_called = 0;
    for (std::size_t s = 0; s < first_.strategy_names.size(); ++s) {
      const std::size_t won = won_[s].size();
      num_called += won;
      if (won == num_points()) return fmt::format("{} is best at {} {}.", name(s), all_of_them(), describe_basis());
      if (won > 0) parts.push_back(fmt::format("{} is best at {}", name(s), format_count(won)));
    }
    const std::size_t open = num_points() - num_called;
    if (parts.empty()) return fmt::format("Too close to call at {} {}.", all_of_them(), describe_basis());
    std::string text = fmt::format("Of {}, {}", count_points(num_points()), join_names(parts));
    if (open > 0) text += fmt::format("; at {} it is too close to call", format_count(open));
    return text + fmt::format(" {}.", describe_basis());
  }

  std::string all_of_them() const { return num_points() == 1 ? "the one point" : "all " + count_points(num_points()); }
  std::string describe_basis() const {
    return fmt::format("({} confidence for all points at once)", format_confidence(first_.confidence));
  }

  /// A line for each strategy that wins some points but not all: what their values have in common.
  std::string format_regions() const {
    std::string text;
    for (std::size_t s = 0; s < first_.strategy_names.size(); ++s) {
      const std::vector<std::size_t>& won = won_[s];
      if (won.empty() || won.size() == num_points()) continue;
      std::vector<std::string> spans;
      for (std::size_t k = 0; k < view_.keys.size(); ++k)
        if (const std::string span = describe_span(k, won); span != describe_span(k, all_points()))
          spans.push_back(fmt::format("{} {}", names_[k], span));
      text += wrap_page(fmt::format(
          "- {}: {}", name(s),
          spans.empty() ? "its points span the whole range of every key" : "its points have " + join_names(spans)));
    }
    return text;
  }

  std::string format_table() const {
    const Scale scale = find_scale(first_.metric, first_.currency);
    const std::string header = break_name(first_.metric.name) + (scale.unit.empty() ? "" : '\n' + scale.unit);
    const std::size_t count = rows_ == PointRows::all ? num_points() : rows_of_extract;
    const DataTable data =
        make_sweep_table(view_, choose_points(view_, count), CallBasis::by_itself, {scale, header}, most_key_columns);
    std::vector<Table::Column> columns;
    for (const std::string& header : data.header)
      columns.push_back({header, columns.empty() ? Align::left : Align::right});
    Table table(columns);
    for (const auto& row : data.rows) table.add_row(row);
    return table.format();
  }

  std::string explain_rows() const {
    std::string text;
    if (rows_ == PointRows::extract)
      text += fmt::format("Of {}, these {} have the least certain leads: --all-points shows every one. ",
                          count_points(num_points()), rows_of_extract);
    if (view_.keys.size() > most_key_columns)
      text += fmt::format("{} more keys are varied; --json has all. ", view_.keys.size() - most_key_columns);
    if (is_contest(first_))
      text += fmt::format(
          "Each row holds by itself ({} confidence, {}): of many rows some are wrong by chance, and since all points "
          "share their luck, neighbours may be wrong together. What is said above the table holds for all points at "
          "once, so it may call fewer of them. ",
          format_confidence(first_.confidence), format_sweep_worlds(view_));
    if (const std::size_t count = count_cautious_points(view_); count > 0)
      text += fmt::format(
          "Caution: at {} intervals may hold the truth less often than they say (few or skewed worlds, see --point). ",
          count_points(count));
    return text + "Points count from 0; --point N compares all strategies at one.";
  }

  const SweepView& view_;
  const ComparisonView& first_;
  std::vector<std::vector<std::size_t>> won_;
  std::vector<std::string> names_;
  PointRows rows_;
};

nlohmann::ordered_json list_names(const ComparisonView& view, const std::vector<std::size_t>& strategies) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (const std::size_t s : strategies) names.push_back(view.strategy_names[s]);
  return names;
}

}  // namespace

std::string format_sweep_worlds(const SweepView& view, Wording wording) {
  std::vector<std::uint64_t> counts;
  for (const ComparisonView& point : view.points)
    counts.insert(counts.end(), point.num_worlds.begin(), point.num_worlds.end());
  return format_worlds(counts, wording) + " each";
}

std::size_t count_cautious_points(const SweepView& view) {
  return static_cast<std::size_t>(std::count_if(view.points.begin(), view.points.end(), [](const auto& point) {
    const auto& lead = point.comparison.lead;
    return lead && lead->estimate.caution != statistics::Caution::none;
  }));
}

std::string format_sweep(const SweepView& view, PointRows rows) { return SweepText(view, rows).format(); }

nlohmann::ordered_json make_sweep_json(const SweepView& view) {
  const std::vector<PointCall> calls = call_points(view);
  nlohmann::ordered_json json;
  json["metric"] = view.points.front().metric.name;
  json["confidence"] = view.points.front().confidence;
  json["points"] = nlohmann::ordered_json::array();
  for (std::size_t p = 0; p < view.points.size(); ++p) {
    nlohmann::ordered_json point{{"point", p}, {"values", nlohmann::ordered_json::object()}};
    for (const results::SweptKey& key : view.keys) {
      const nlohmann::json value = parse_number(key.values[p]);
      point["values"][key.key] =
          value.is_discarded() ? nlohmann::ordered_json(key.values[p]) : nlohmann::ordered_json(value);
    }
    point["contenders"] = list_names(view.points[p], calls[p].by_itself);
    point["contenders_together"] = list_names(view.points[p], calls[p].together);
    point["comparison"] = make_comparison_json(view.points[p]);
    json["points"].push_back(std::move(point));
  }
  return json;
}

}  // namespace vouch::report
