// SPDX-License-Identifier: Apache-2.0
#include "report/charts/sweep_panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "report/charts/magnitude.hpp"
#include "report/metric_words.hpp"
#include "report/number_column.hpp"
#include "report/sweep_table.hpp"

namespace vouch::report {
namespace {

using statistics::Interval;

constexpr const char* open_label = "too close";
constexpr const char* equal_label = "equal";
constexpr double open_strength = 0.15;

SweptAxis make_axis(const std::string& name, const std::vector<std::string>& values) {
  SweptAxis axis{name, {}, std::vector<double>(), {}, {}};
  for (const std::string& value : values) {
    axis.texts.push_back(format_swept_value(value));
    const nlohmann::json number = nlohmann::json::parse(value, nullptr, false);
    if (!number.is_number()) axis.numbers.reset();
    if (axis.numbers) axis.numbers->push_back(number.get<double>());
  }
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (axis.numbers)
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return (*axis.numbers)[a] < (*axis.numbers)[b]; });
  axis.category_of.resize(values.size());
  for (const std::size_t p : order) {
    const auto found = std::find(axis.categories.begin(), axis.categories.end(), axis.texts[p]);
    axis.category_of[p] = static_cast<std::size_t>(found - axis.categories.begin());
    if (found == axis.categories.end()) axis.categories.push_back(axis.texts[p]);
  }
  return axis;
}

/// Whether every value of one meets every value of the other just once.
bool is_grid(const SweptAxis& a, const SweptAxis& b) {
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t p = 0; p < a.texts.size(); ++p) seen.insert({a.category_of[p], b.category_of[p]});
  return seen.size() == a.texts.size() && seen.size() == a.categories.size() * b.categories.size();
}

class Panels {
 public:
  Panels(const SweepView& view, const std::vector<SweptAxis>& axes)
      : view_(view),
        axes_(axes),
        first_(view.points.front()),
        calls_(call_points(view)),
        won_(list_won_points(view, calls_)),
        scale_(find_told_scale(first_.metric, first_.currency)),
        magnitude_(choose_magnitude(find_largest() * scale_.factor)),
        factor_(scale_.factor * magnitude_.factor) {}

  std::vector<Panel> make(SweepPicture picture) const {
    switch (picture) {
      case SweepPicture::lines:
        return {make_lines()};
      case SweepPicture::rows:
        return {make_rows()};
      case SweepPicture::grid:
        return {make_grid()};
      case SweepPicture::plane:
        return {make_plane()};
      case SweepPicture::leads:
        return make_leads();
    }
    return {};
  }

 private:
  std::size_t num_points() const { return view_.points.size(); }
  std::size_t num_strategies() const { return first_.strategy_names.size(); }
  bool is_single() const { return num_strategies() == 1; }

  /// The difference from the baseline; of one strategy alone its value.
  std::optional<double> find_value(std::size_t p, std::size_t strategy) const {
    const auto& compared = view_.points[p].comparison.strategies[strategy];
    if (is_single()) return compared.estimate.value;
    return compared.from_baseline ? compared.from_baseline->difference.estimate.value : std::nullopt;
  }
  std::optional<Interval> find_interval(std::size_t p, std::size_t strategy) const {
    const auto& compared = view_.points[p].comparison.strategies[strategy];
    if (is_single()) return compared.estimate.interval;
    return compared.from_baseline ? compared.from_baseline->joint : std::nullopt;
  }

  double find_largest() const {
    double largest = 0.0;
    for (std::size_t p = 0; p < num_points(); ++p) {
      for (const std::size_t s : list_shown()) {
        const double value = std::abs(find_value(p, s).value_or(0.0));
        if (std::isfinite(value)) largest = std::max(largest, value);
      }
    }
    return largest;
  }

  std::vector<std::size_t> list_shown() const {
    std::vector<std::size_t> shown;
    for (std::size_t s = 0; s < num_strategies(); ++s)
      if (is_single() || s != first_.baseline) shown.push_back(s);
    return shown;
  }

  Axis make_value_axis() const {
    Axis axis;
    axis.title = is_single() ? name_axis(first_.metric, magnitude_.join(scale_.unit))
                             : fmt::format("difference of {}",
                                           name_axis(first_.metric, magnitude_.join(scale_.difference_unit)));
    if (is_single() && scale_.unit == "%") axis.suffix = " %";
    axis.from_zero = !is_single();
    return axis;
  }

  void add_rule(Panel& panel) const {
    if (is_single()) return;
    panel.rule = 0.0;
    panel.rule_label = fmt::format("no difference from {}", first_.strategy_names[first_.baseline]);
  }

  Panel make_lines() const {
    const std::vector<double>& x = *axes_[0].numbers;
    std::vector<std::size_t> order(num_points());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    Panel panel;
    panel.x.title = axes_[0].name;
    panel.y = make_value_axis();
    add_rule(panel);
    const std::vector<std::size_t> banded = list_banded(view_);
    std::vector<Series> lines;
    for (const std::size_t s : list_shown()) {
      Series band{"", Mark::band, colour_of(s), false, {}};
      Series line{first_.strategy_names[s], Mark::line, colour_of(s), false, {}};
      for (const std::size_t p : order) {
        const std::optional<double> value = find_value(p, s);
        Datum datum{x[p], value ? *value * factor_ : gap};
        line.data.push_back(datum);
        if (const auto interval = find_interval(p, s)) {
          datum.low = interval->low * factor_;
          datum.high = interval->high * factor_;
        }
        band.data.push_back(datum);
      }
      if (std::find(banded.begin(), banded.end(), s) != banded.end()) panel.series.push_back(std::move(band));
      lines.push_back(std::move(line));
    }
    for (Series& line : lines) panel.series.push_back(std::move(line));
    return panel;
  }

  Panel make_rows() const {
    Panel panel;
    panel.y.title = axes_[0].name;
    panel.y.categories = axes_[0].categories;
    panel.x = make_value_axis();
    add_rule(panel);
    for (const std::size_t s : list_shown()) {
      Series series{first_.strategy_names[s], Mark::interval, colour_of(s), false, {}};
      for (std::size_t p = 0; p < num_points(); ++p) {
        const std::optional<double> value = find_value(p, s);
        if (!value) continue;
        Datum datum{*value * scale_.factor, static_cast<double>(axes_[0].category_of[p])};
        if (const auto interval = find_interval(p, s)) {
          datum.low = interval->low * factor_;
          datum.high = interval->high * factor_;
        }
        series.data.push_back(datum);
      }
      panel.series.push_back(std::move(series));
    }
    return panel;
  }

  /// Cells in the colour of who is best there, or looks best.
  Panel make_grid() const {
    Panel panel;
    panel.x.title = axes_[0].name;
    panel.x.categories = axes_[0].categories;
    panel.y.title = axes_[1].name;
    panel.y.categories = axes_[1].categories;
    const bool is_upwards = axes_[1].numbers.has_value();  // the largest at the top
    if (is_upwards) std::reverse(panel.y.categories.begin(), panel.y.categories.end());
    std::vector<Series> cells;  // by who looks best, then those of nobody
    for (std::size_t s = 0; s < num_strategies(); ++s)
      cells.push_back({first_.strategy_names[s], Mark::cell, colour_of(s), false, {}});
    cells.push_back({"", Mark::cell, {Colour::Role::muted}, false, {}});
    for (std::size_t p = 0; p < num_points(); ++p) {
      const std::size_t row = axes_[1].category_of[p];
      const std::size_t from_top = is_upwards ? panel.y.categories.size() - 1 - row : row;
      Datum cell{static_cast<double>(axes_[0].category_of[p]), static_cast<double>(from_top)};
      const std::vector<std::size_t>& together = calls_[p].together;
      const bool is_won = is_won_somebody(p);
      cell.size = is_won ? 1.0 : together.empty() ? 0.0 : open_strength;
      cell.label = together.empty() ? unknown_number
                   : is_won         ? first_.strategy_names[together[0]]
                   : is_equal(p)    ? equal_label
                                    : open_label;
      cells[together.empty() ? num_strategies() : together[0]].data.push_back(std::move(cell));
    }
    std::erase_if(cells, [](const Series& series) { return series.data.empty(); });
    panel.series = std::move(cells);
    return panel;
  }

  bool is_won_somebody(std::size_t p) const {
    return calls_[p].together.size() == 1 && view_.points[p].comparison.lead.has_value();
  }
  bool is_equal(std::size_t p) const {
    const std::size_t num_contenders = calls_[p].together.size();
    return num_contenders > 1 && view_.points[p].comparison.equals.size() == num_contenders;
  }

  Panel make_plane() const {
    Panel panel;
    panel.x.title = axes_[0].name;
    panel.y.title = axes_[1].name;
    panel.series = make_points([&](std::size_t p) { return Datum{(*axes_[0].numbers)[p], (*axes_[1].numbers)[p]}; });
    return panel;
  }

  /// A series for each strategy that is best somewhere, one for the points where none surely is.
  template <typename Place>
  std::vector<Series> make_points(const Place& place) const {
    std::vector<Series> all;
    for (std::size_t s = 0; s < num_strategies(); ++s) {
      if (won_[s].empty()) continue;
      Series& series = all.emplace_back(Series{first_.strategy_names[s], Mark::point, colour_of(s), false, {}});
      for (const std::size_t p : won_[s]) series.data.push_back(place(p));
    }
    Series open{"too close to call", Mark::point, {Colour::Role::muted}, false, {}};
    for (std::size_t p = 0; p < num_points(); ++p)
      if (!is_won_somebody(p) && !calls_[p].together.empty()) open.data.push_back(place(p));
    if (is_single()) {
      open.name = first_.strategy_names[0];
      open.colour = colour_of(0);
    }
    if (!open.data.empty()) all.push_back(std::move(open));
    std::erase_if(all, [](Series& series) {
      std::erase_if(series.data, [](const Datum& datum) { return std::isnan(datum.y); });
      return series.data.empty();
    });
    return all;
  }

  /// How far the first is ahead of the second; of one strategy alone its value.
  double measure(std::size_t p) const {
    if (is_single()) return find_value(p, 0).value_or(gap) * factor_;
    const auto& lead = view_.points[p].comparison.lead;
    return lead ? std::abs(*lead->estimate.value) * factor_ : gap;
  }

  std::vector<Panel> make_leads() const {
    std::vector<Panel> panels;
    for (std::size_t k = 0; k < std::min(axes_.size(), most_lead_panels); ++k) {
      const SweptAxis& axis = axes_[k];
      Panel panel;
      panel.title = axis.name;
      panel.x.title = axis.name;
      if (!axis.numbers) panel.x.categories = axis.categories;
      panel.y = make_value_axis();
      if (!is_single())
        panel.y.title =
            fmt::format("ahead of the second, {}", name_axis(first_.metric, magnitude_.join(scale_.difference_unit)));
      panel.series = make_points([&](std::size_t p) {
        const double x = axis.numbers ? (*axis.numbers)[p] : static_cast<double>(axis.category_of[p]);
        return Datum{x, measure(p)};
      });
      panels.push_back(std::move(panel));
    }
    return panels;
  }

  const SweepView& view_;
  const std::vector<SweptAxis>& axes_;
  const ComparisonView& first_;
  std::vector<PointCall> calls_;
  std::vector<std::vector<std::size_t>> won_;
  Scale scale_;
  Magnitude magnitude_;
  double factor_;  ///< from values to what is drawn
};

}  // namespace

std::vector<std::size_t> list_banded(const SweepView& view) {
  const ComparisonView& first = view.points.front();
  const std::size_t num_strategies = first.strategy_names.size();
  std::vector<std::size_t> places(num_strategies, 0);  // sums of ranks
  for (const ComparisonView& point : view.points) {
    const std::vector<std::size_t>& ranking = point.comparison.ranking;
    for (std::size_t rank = 0; rank < ranking.size(); ++rank) places[ranking[rank]] += rank;
  }
  std::vector<std::size_t> banded;
  for (std::size_t s = 0; s < num_strategies; ++s)
    if (num_strategies == 1 || s != first.baseline) banded.push_back(s);
  if (banded.size() <= most_bands) return banded;
  std::stable_sort(banded.begin(), banded.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  banded.resize(most_bands);
  std::sort(banded.begin(), banded.end());
  return banded;
}

std::vector<SweptAxis> list_axes(const SweepView& view) {
  const std::vector<std::string> names = shorten_keys(view.keys);
  std::vector<SweptAxis> axes;
  for (std::size_t k = 0; k < view.keys.size(); ++k) axes.push_back(make_axis(names[k], view.keys[k].values));
  return axes;
}

SweepPicture choose_picture(const std::vector<SweptAxis>& axes) {
  if (axes.size() == 1) return axes[0].numbers ? SweepPicture::lines : SweepPicture::rows;
  if (axes.size() == 2 && is_grid(axes[0], axes[1])) return SweepPicture::grid;
  if (axes.size() == 2 && axes[0].numbers && axes[1].numbers) return SweepPicture::plane;
  return SweepPicture::leads;
}

std::vector<Panel> make_sweep_panels(const SweepView& view, const std::vector<SweptAxis>& axes, SweepPicture picture) {
  return Panels(view, axes).make(picture);
}

}  // namespace vouch::report
