// SPDX-License-Identifier: Apache-2.0
#include "report/panel_plan.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

constexpr std::size_t most_direct_labels = 8;
constexpr double most_names = 0.4;         // of the width, for names at the left of rows
constexpr double least_paired_bar = 44.0;  // pixels for the longest bar of one of two panels on a phone

bool is_narrow(const Style& style) { return style.width < style_of(Format::wide).width; }

std::size_t count_marks(const Panel& panel, Mark mark) {
  return static_cast<std::size_t>(std::count_if(panel.series.begin(), panel.series.end(),
                                                [mark](const Series& series) { return series.mark == mark; }));
}

bool is_only_labelled_bars(const Panel& panel) {
  bool is_only = true;
  visit_data(panel, [&](const Series& series, const Datum& datum) {
    is_only = is_only && series.mark == Mark::bar && !datum.label.empty();
  });
  return is_only && has_labels(panel);
}

/// All panels have the same rows, so that their names need to stand at the left of the first column only.
bool has_shared_names(const Chart& chart) {
  return chart.panels.size() > 1 && std::all_of(chart.panels.begin(), chart.panels.end(), [&](const Panel& panel) {
           return kind_of(panel) == Kind::rows && panel.y.title == chart.panels[0].y.title &&
                  panel.y.categories == chart.panels[0].y.categories;
         });
}

/// As many ticks along x as their labels leave room for.
AxisScale plan_scale(const Chart& chart, const Panel& panel, Axis Panel::*axis, double length, double font_size) {
  const SharedExtent shared = find_shared_extent(chart, panel, axis);
  const Axis& own = panel.*axis;
  if (axis == &Panel::y) return make_scale(shared.extent, own, shared.ends, length / (length < 150.0 ? 35.0 : 45.0));
  double label = 20.0;
  for (int attempt = 0;; ++attempt) {
    const AxisScale scale =
        make_scale(shared.extent, own, shared.ends, std::min(length / (label + 16.0), 3.0 + length / 120.0));
    const double widest = estimate_label_width(scale, own, font_size);
    if (attempt == 3 || widest <= label) return scale;
    label = widest;
  }
}

/// At most one label a row, and not of a bar unless all names stand above: then they are a column at the right.
std::vector<std::string> list_row_values(const Panel& panel) {
  std::vector<std::string> values(panel.y.categories.size());
  bool is_column = false;
  bool is_crowded = false;
  visit_data(panel, [&](const Series&, const Datum& datum) {
    if (datum.label.empty() || !(datum.y > -0.5 && datum.y < static_cast<double>(values.size()) - 0.5)) return;
    std::string& value = values[static_cast<std::size_t>(std::lround(datum.y))];
    is_crowded = is_crowded || !value.empty();
    is_column = true;
    value = datum.label;
  });
  if (!is_column || is_crowded) values.clear();
  return values;
}

std::vector<std::string> fit_all(const std::vector<std::string>& texts, double width, double font_size,
                                 std::size_t most_lines) {
  std::vector<std::string> fitted;
  for (const std::string& text : texts) fitted.push_back(fit_text(text, width, font_size, most_lines));
  return fitted;
}

/// Names at the left: on one line where they leave room, else as wide as their longest word needs, within limits.
std::vector<std::string> fit_names(const std::vector<std::string>& names, const Style& style, double width) {
  const double most = most_names * width;
  double word = find_widest(names, style.font_size);
  if (word > most) word = 0.0;
  for (const std::string& name : names) word = std::max(word, estimate_word_width(name, style.font_size));
  return fit_all(names, std::clamp(word, std::min(200.0, 0.3 * width), most), style.font_size, 3);
}

/// Names above their rows, with the values at the right of them, or below where both are long.
void put_names_above(PanelPlan& plan, const Style& style, double width) {
  const std::vector<std::string>& names = plan.panel->y.categories;
  const double column = find_widest(plan.values, style.font_size);
  plan.has_names_above = true;
  if (plan.values.empty() || column < 0.5 * width) {
    plan.y_labels = fit_all(names, width - column - 12.0, style.font_size, 2);
    return;
  }
  plan.y_labels = fit_all(names, width, style.font_size, 2);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!plan.values[i].empty()) {
      plan.y_labels[i].append("\n").append(fit_text(plan.values[i], width, style.font_size, 1));
    }
    plan.values[i].clear();
  }
}

/// What marks take of a row's height.
double find_marks_height(const PanelPlan& plan, const Style& style) {
  const auto num_bars = static_cast<double>(count_marks(*plan.panel, Mark::bar));
  return std::max(is_narrow(style) ? 15.0 : 18.0, num_bars * (plan.bar_width + 1.0));
}

void stack_names(PanelPlan& plan, const Style& style, double width) {
  const double marks = find_marks_height(plan, style);
  plan.values = list_row_values(*plan.panel);
  put_names_above(plan, style, width);
  const double lines = static_cast<double>(find_most_lines(plan.y_labels)) * style.line_height;
  plan.lift = marks / 2.0 + 1.0;
  plan.pitch = lines + marks + (is_narrow(style) ? 8.0 : 12.0);
}

/// `names_width`: of what names at the left may take a part.
void plan_rows(PanelPlan& plan, const Style& style, double width, double names_width) {
  const Panel& panel = *plan.panel;
  const std::size_t num_rows = panel.y.categories.size();
  const auto num_bars = static_cast<double>(count_marks(panel, Mark::bar));
  plan.bar_width = num_bars > 1.0 ? (has_labels(panel) ? 13.0 : 9.0) : num_rows > 14 || is_narrow(style) ? 12.0 : 16.0;
  plan.values = list_row_values(panel);
  plan.y_labels = fit_names(panel.y.categories, style, names_width);
  const bool is_tight =
      find_most_lines(plan.y_labels) > 2 || find_widest(plan.values, style.font_size) > 0.25 * names_width;
  if (width < 420.0 && is_tight) {
    stack_names(plan, style, width);
  } else {
    if (num_bars > 0.0) plan.values.clear();  // better at the ends of the bars
    const double lines = static_cast<double>(find_most_lines(plan.y_labels)) * style.line_height;
    const double between = num_rows > 14 ? 5.0 : is_narrow(style) ? 9.0 : 12.0;
    plan.pitch = std::max(find_marks_height(plan, style) + between, lines + 8.0);
  }
  plan.shows_values = !is_only_labelled_bars(panel);
  plan.box.height = plan.pitch * static_cast<double>(num_rows);
}

void plan_cells(PanelPlan& plan, const Style& style, double width) {
  const Panel& panel = *plan.panel;
  plan.y_labels = fit_names(panel.y.categories, style, 0.7 * width);
  const double left = find_widest(plan.y_labels, style.font_size) + label_gap;
  const double cell = (width - left) / static_cast<double>(std::max<std::size_t>(1, panel.x.categories.size()));
  std::size_t lines = find_most_lines(plan.y_labels);
  visit_data(panel, [&](const Series&, const Datum& datum) {
    lines = std::max(lines, count_lines(fit_text(datum.label, cell - 8.0, style.font_size, 3)));
  });
  plan.pitch = std::max(32.0, static_cast<double>(lines) * style.line_height + 10.0);
  plan.box.height = plan.pitch * static_cast<double>(panel.y.categories.size());
}

/// Lines may be labelled at their ends where each can stand near its own.
void plan_end_labels(PanelPlan& plan, const Style& style) {
  const Panel& panel = *plan.panel;
  std::vector<double> heights(panel.series.size(), gap);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < panel.series.size(); ++i) {
    const Series& series = panel.series[i];
    if (series.name.empty() || series.mark == Mark::band) continue;
    if (series.mark != Mark::line || series.data.empty() || series.data.back().x < plan.x.high) return;
    heights[i] = (plan.y.high - series.data.back().y) / (plan.y.high - plan.y.low) * plan.box.height;
    if (!std::isfinite(heights[i])) return;
    order.push_back(i);
  }
  if (order.size() < 2 || order.size() > most_direct_labels) return;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return heights[a] < heights[b]; });
  std::vector<double> shifts(panel.series.size(), 0.0);
  double free = 0.0;
  for (const std::size_t i : order) {
    const double place = std::max(heights[i], free);
    shifts[i] = place - heights[i];
    if (shifts[i] > 0.8 * style.line_height) return;
    free = place + style.line_height;
  }
  plan.end_shifts = shifts;
}

}  // namespace

bool has_labels(const Panel& panel) {
  bool has = false;
  visit_data(panel, [&](const Series&, const Datum& datum) { has = has || !datum.label.empty(); });
  return has;
}

double find_widest(const std::vector<std::string>& texts, double font_size) {
  double widest = 0.0;
  for (const std::string& text : texts) widest = std::max(widest, estimate_text_width(text, font_size));
  return widest;
}

std::size_t find_most_lines(const std::vector<std::string>& texts) {
  std::size_t most = 1;
  for (const std::string& text : texts) most = std::max(most, count_lines(text));
  return most;
}

void refit_names_above(PanelPlan& plan, const Style& style) {
  if (!plan.has_names_above) return;
  stack_names(plan, style, plan.room.left + plan.box.width + plan.room.width);
  plan.box.height = plan.pitch * static_cast<double>(plan.panel->y.categories.size());
}

bool can_pair_rows(const Chart& chart, const Style& style) {
  if (chart.num_columns < 2 || !has_shared_names(chart)) return false;
  double labels = 0.0;
  for (const Panel& panel : chart.panels) {
    if (!is_only_labelled_bars(panel) || count_marks(panel, Mark::bar) != 1) return false;
    visit_data(panel, [&](const Series&, const Datum& datum) {
      labels = std::max(labels, estimate_text_width(datum.label, style.font_size) + label_gap);
    });
  }
  const double names = find_widest(chart.panels[0].y.categories, style.font_size);
  const double bars = (style.width - names - label_gap - style.gap) / 2.0 - labels;
  return names <= most_names * style.width && bars >= least_paired_bar;
}

std::vector<PanelPlan> make_panel_plans(const Chart& chart, Format format, std::size_t num_columns) {
  const Style& style = style_of(format);
  const double width =
      (style.width - style.gap * static_cast<double>(num_columns - 1)) / static_cast<double>(num_columns);
  const double height = chart.panels.size() > 1 && num_columns > 1 ? style.small_height : style.plane_height;
  const double names_width = num_columns > 1 && has_shared_names(chart) ? std::min(style.width, 2.0 * width) : width;
  std::vector<PanelPlan> plans;
  for (const Panel& panel : chart.panels) {
    PanelPlan plan;
    plan.panel = &panel;
    plan.kind = kind_of(panel);
    plan.box.height = height;
    if (has_values_along(plan.kind, &Panel::x))
      plan.x = plan_scale(chart, panel, &Panel::x, (plan.kind == Kind::rows ? 0.6 : 0.8) * width, style.font_size);
    if (has_values_along(plan.kind, &Panel::y)) plan.y = plan_scale(chart, panel, &Panel::y, height, style.font_size);
    if (plan.kind == Kind::rows) plan_rows(plan, style, width, names_width);
    if (plan.kind == Kind::cells) plan_cells(plan, style, width);
    if (plan.kind == Kind::plane && format == Format::wide && chart.panels.size() == 1) plan_end_labels(plan, style);
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace vouch::report
