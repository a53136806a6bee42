// SPDX-License-Identifier: Apache-2.0
#include "sweep_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "number.hpp"
#include "table.hpp"
#include "text.hpp"
#include "unit.hpp"

namespace vouch::cli {
namespace {

constexpr std::size_t most_rows = 36;
constexpr std::size_t rows_of_extract = 24;
constexpr std::size_t most_key_columns = 4;
const std::string unknown = "–";

/// A value as it is read: texts without quotes.
std::string format_value(const std::string& toml) {
  return toml.size() > 1 && toml.front() == '"' && toml.back() == '"' ? toml.substr(1, toml.size() - 2) : toml;
}

nlohmann::json parse_number(const std::string& toml) { return nlohmann::json::parse(toml, nullptr, false); }

std::string count_points(std::size_t count) { return format_count(count) + (count == 1 ? " point" : " points"); }

class SweepText {
 public:
  SweepText(const SweepView& view, PointRows rows)
      : view_(view),
        first_(view.points.front()),
        calls_(call_points(view)),
        names_(shorten_keys(view.keys)),
        scale_(find_scale(first_.metric, first_.currency)),
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

  /// Points at which all say together that this strategy alone can be best.
  std::vector<std::size_t> list_won(std::size_t strategy) const {
    std::vector<std::size_t> points;
    for (std::size_t p = 0; p < num_points(); ++p)
      if (calls_[p].together.size() == 1 && view_.points[p].comparison.lead && calls_[p].together[0] == strategy)
        points.push_back(p);
    return points;
  }

  std::string explain_keys() const {
    std::string text = fmt::format("{} at {}. ", first_.metric.name, count_points(num_points()));
    std::string varied;
    for (std::size_t k = 0; k < view_.keys.size(); ++k)
      varied += fmt::format("{}{}{}", k == 0 ? "" : ", ", view_.keys[k].key,
                            describe_span(k, all_points()).empty() ? "" : " " + describe_span(k, all_points()));
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
    if (distinct.size() == 1) return format_value(distinct[0]);
    if (are_numbers) {
      const auto less = [](const std::string& a, const std::string& b) {
        return parse_number(a).get<double>() < parse_number(b).get<double>();
      };
      const auto [low, high] = std::minmax_element(distinct.begin(), distinct.end(), less);
      return fmt::format("from {} to {}", *low, *high);
    }
    constexpr std::size_t most_named = 4;
    if (distinct.size() > most_named) return fmt::format("({} values)", distinct.size());
    std::transform(distinct.begin(), distinct.end(), distinct.begin(), format_value);
    return join_names(distinct);
  }

  /// How many points each strategy wins, as far as all of that is sure at once.
  std::string format_summary() const {
    std::vector<std::string> parts;
    std::size_t num_called = 0;
    for (std::size_t s = 0; s < first_.strategy_names.size(); ++s) {
      const std::size_t won = list_won(s).size();
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
      const std::vector<std::size_t> won = list_won(s);
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

  /// Which points are shown, in order.
  std::vector<std::size_t> choose_rows() const {
    std::vector<std::size_t> points = all_points();
    if (rows_ == PointRows::all) return points;
    std::stable_sort(points.begin(), points.end(),
                     [&](std::size_t a, std::size_t b) { return measure_lead(a) < measure_lead(b); });
    points.resize(std::min(points.size(), rows_of_extract));
    std::sort(points.begin(), points.end());
    return points;
  }

  /// The lead in half-widths; the unknown first.
  double measure_lead(std::size_t p) const {
    const auto& lead = view_.points[p].comparison.lead;
    if (!lead || !lead->estimate.half_width) return 0.0;
    return std::abs(*lead->estimate.value) / *lead->estimate.half_width;
  }

  std::string format_call(std::size_t p) const {
    const std::vector<std::size_t>& contenders = calls_[p].by_itself;
    const statistics::Comparison& comparison = view_.points[p].comparison;
    if (contenders.empty()) return unknown;
    if (contenders.size() == 1) return name(contenders[0]);
    std::string text = comparison.equals.size() == contenders.size() ? "equal: " : "too close: ";
    constexpr std::size_t most_named = 3;
    for (std::size_t i = 0; i < std::min(contenders.size(), most_named); ++i)
      text += (i == 0 ? "" : ", ") + name(contenders[i]);
    if (contenders.size() > most_named) text += fmt::format(" and {} more", contenders.size() - most_named);
    return text;
  }

  std::vector<Table::Column> list_columns() const {
    std::vector<Table::Column> columns{{is_contest(first_) ? "best" : "most", Align::left}, {"point"}};
    for (std::size_t k = 0; k < std::min(view_.keys.size(), most_key_columns); ++k)
      columns.push_back({break_name(names_[k])});
    const std::string unit = scale_.unit.empty() ? "" : "\n" + scale_.unit;
    columns.push_back({break_name(first_.metric.name) + unit});
    if (is_contest(first_))
      columns.insert(columns.end(), {{"ahead of\nthe second"}, {"± half-\nwidth"}, {"chance of\nbeing best"}});
    return columns;
  }

  std::string format_table() const {
    const std::vector<std::size_t> rows = choose_rows();
    std::vector<statistics::Estimate> values;
    std::vector<statistics::Estimate> leads;
    for (const std::size_t p : rows) {
      const statistics::Comparison& comparison = view_.points[p].comparison;
      values.push_back(comparison.strategies[comparison.ranking[0]].estimate);
      if (comparison.lead) leads.push_back(comparison.lead->estimate);
    }
    const int value_decimals = choose_decimals(values, scale_.factor);
    const int lead_decimals = choose_decimals(leads, scale_.factor);
    const auto number = [&](const std::optional<double>& value, int decimals) {
      return value ? format_number(*value * scale_.factor, decimals) : unknown;
    };
    Table table(list_columns());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const statistics::Comparison& comparison = view_.points[rows[i]].comparison;
      std::vector<std::string> cells{is_contest(first_) ? format_call(rows[i]) : name(comparison.ranking[0]),
                                     fmt::format("{}", rows[i])};
      for (std::size_t k = 0; k < std::min(view_.keys.size(), most_key_columns); ++k)
        cells.push_back(format_value(view_.keys[k].values[rows[i]]));
      cells.push_back(number(values[i].value, value_decimals));
      if (is_contest(first_)) {
        const statistics::Estimate lead = comparison.lead ? comparison.lead->estimate : statistics::Estimate{};
        const auto& prospect = comparison.strategies[comparison.ranking[0]].prospect;
        cells.push_back(number(lead.value ? std::optional(std::abs(*lead.value)) : std::nullopt, lead_decimals));
        cells.push_back(number(lead.half_width, lead_decimals));
        cells.push_back(prospect ? format_chance(prospect->chance_of_best) : unknown);
      }
      table.add_row(std::move(cells));
    }
    return table.format();
  }

  /// "30 worlds each", or from the fewest to the most of any point and strategy.
  std::string describe_worlds() const {
    std::uint64_t least = first_.num_worlds.front();
    std::uint64_t most = least;
    for (const ComparisonView& point : view_.points) {
      for (const std::uint64_t count : point.num_worlds) {
        least = std::min(least, count);
        most = std::max(most, count);
      }
    }
    const std::string high = format_count(most) + " worlds each";
    return least == most ? high : fmt::format("{} to {}", format_count(least), high);
  }

  std::size_t count_cautious() const {
    return static_cast<std::size_t>(std::count_if(view_.points.begin(), view_.points.end(), [](const auto& point) {
      const auto& lead = point.comparison.lead;
      return lead && lead->estimate.caution != statistics::Caution::none;
    }));
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
          format_confidence(first_.confidence), describe_worlds());
    if (const std::size_t count = count_cautious(); count > 0)
      text += fmt::format(
          "Caution: at {} intervals may hold the truth less often than they say (few or skewed worlds, see --point). ",
          count_points(count));
    return text + "Points count from 0; --point N compares all strategies at one.";
  }

  const SweepView& view_;
  const ComparisonView& first_;
  std::vector<PointCall> calls_;
  std::vector<std::string> names_;
  Scale scale_;
  PointRows rows_;
};

nlohmann::ordered_json list_names(const ComparisonView& view, const std::vector<std::size_t>& strategies) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (const std::size_t s : strategies) names.push_back(view.strategy_names[s]);
  return names;
}

}  // namespace

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

}  // namespace vouch::cli
