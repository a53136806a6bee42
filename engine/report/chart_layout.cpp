// SPDX-License-Identifier: Apache-2.0
#include "report/chart_layout.hpp"

#include <algorithm>
#include <cmath>

#include "report/panel_plan.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

/// A title that all panels share is written once, for all of them.
std::string find_common_title(const Chart& chart, Axis Panel::*axis) {
  if (chart.panels.size() < 2) return {};
  const std::string& title = (chart.panels[0].*axis).title;
  const Kind kind = kind_of(chart.panels[0]);
  const bool is_common = std::all_of(chart.panels.begin(), chart.panels.end(), [&](const Panel& panel) {
    return (panel.*axis).title == title && kind_of(panel) == kind;
  });
  return is_common ? title : std::string();
}

std::size_t count_columns(const Chart& chart, Format format) {
  const std::size_t most = std::min(std::max<std::size_t>(chart.num_columns, 1), chart.panels.size());
  if (format == Format::wide) return std::max<std::size_t>(most, 1);
  const bool are_alike = !find_common_title(chart, &Panel::x).empty() && !find_common_title(chart, &Panel::y).empty();
  return are_alike || can_pair_rows(chart, style_of(format)) ? std::min<std::size_t>(most, 2) : 1;
}

/// Grids side by side and below each other.
class Arrangement {
 public:
  Arrangement(Layout& layout, std::size_t num_columns) : layout_(layout), num_columns_(num_columns) {}

  /// Labels that a neighbour has already are left out.
  void drop_repeated_labels() {
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) {
      PanelPlan& plan = layout_.panels[i];
      if (i % num_columns_ > 0) plan.shows_y_labels = !has_same_axis(layout_.panels[i - 1], plan, &Panel::y);
      if (i + num_columns_ < layout_.panels.size()) {
        plan.shows_x_labels = !has_same_axis(layout_.panels[i + num_columns_], plan, &Panel::x);
      }
    }
  }

  /// The room of each column, when the sides of all panels are known.
  void place_columns() {
    lefts_.assign(num_columns_, 0.0);
    rights_.assign(num_columns_, 0.0);
    double total = layout_.style.width - layout_.style.gap * static_cast<double>(num_columns_ - 1);
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) {
      lefts_[i % num_columns_] = std::max(lefts_[i % num_columns_], layout_.panels[i].room.left);
      rights_[i % num_columns_] = std::max(rights_[i % num_columns_], layout_.panels[i].room.width);
    }
    for (std::size_t i = 0; i < num_columns_; ++i) total -= lefts_[i] + rights_[i];
    const double width = total / static_cast<double>(num_columns_);
    double left = 0.0;
    for (std::size_t i = 0; i < layout_.panels.size(); ++i) {
      const std::size_t column = i % num_columns_;
      if (column == 0) left = 0.0;
      PanelPlan& plan = layout_.panels[i];
      plan.room.left = lefts_[column];
      plan.room.width = rights_[column];
      plan.box.left = left + lefts_[column];
      plan.box.width = width;
      left = plan.box.left + width + rights_[column] + layout_.style.gap;
    }
  }

  /// One row of panels below the other.
  void place_rows(double top) {
    for (std::size_t first = 0; first < layout_.panels.size(); first += num_columns_) {
      const std::size_t last = std::min(first + num_columns_, layout_.panels.size());
      double above = 0.0;
      double bottom = 0.0;
      for (std::size_t i = first; i < last; ++i) above = std::max(above, layout_.panels[i].room.top);
      for (std::size_t i = first; i < last; ++i) {
        PanelPlan& plan = layout_.panels[i];
        plan.box.top = top + above;
        add_texts(plan, layout_);
        bottom = std::max(bottom, plan.box.top + plan.box.height + plan.room.height);
      }
      top = bottom + (last < layout_.panels.size() ? 12.0 : 0.0);
    }
    layout_.height = top;
  }

 private:
  static bool has_same_axis(const PanelPlan& a, const PanelPlan& b, Axis Panel::*axis) {
    const AxisScale& scale_a = axis == &Panel::x ? a.x : a.y;
    const AxisScale& scale_b = axis == &Panel::x ? b.x : b.y;
    const Axis& first = a.panel->*axis;
    const Axis& second = b.panel->*axis;
    return a.kind == b.kind && !a.has_names_above && first.title == second.title &&
           first.categories == second.categories && first.suffix == second.suffix && scale_a.low == scale_b.low &&
           scale_a.high == scale_b.high;
  }

  Layout& layout_;
  std::size_t num_columns_;
  std::vector<double> lefts_;
  std::vector<double> rights_;
};

}  // namespace

const Style& style_of(Format format) {
  static constexpr Style wide{720.0 - 2.0 * margin, 12.5, 16.0, 24.0, 270.0, 120.0};
  static constexpr Style narrow{360.0 - 2.0 * margin, 11.5, 15.0, 14.0, 210.0, 96.0};
  return format == Format::wide ? wide : narrow;
}

double find_place(double value, const AxisScale& scale, double length) {
  return (value - scale.low) / (scale.high - scale.low) * length;
}

Legend make_legend(const Chart& chart, const Style& style) {
  Legend legend{{}, {}, 12.0, 0.0};
  for (const Panel& panel : chart.panels) {
    for (const Series& series : panel.series) {
      const bool is_known = std::find(legend.names.begin(), legend.names.end(), series.name) != legend.names.end();
      if (series.name.empty() || series.mark == Mark::band || is_known) continue;
      legend.names.push_back(series.name);
      if (series.mark == Mark::line) legend.symbol_width = 24.0;
    }
  }
  const double before = legend.symbol_width + legend_symbol_gap;
  double used = 0.0;
  double num_lines = 1.0;
  for (const std::string& name : legend.names) {
    const double width = std::min(before + estimate_text_width(name, style.font_size) + 6.0, style.width);
    legend.widths.push_back(width - before);
    if (used > 0.0 && used + width > style.width - legend_gap) {  // rather a line too much
      used = 0.0;
      ++num_lines;
    }
    used += width + legend_gap + 2.0;
  }
  legend.height = num_lines * (style.line_height + legend_gap) + 4.0;
  return legend;
}

Layout make_layout(const Chart& chart, Format format) {
  Layout layout{style_of(format), {}, {}, {}, 0.0};
  const Style& style = layout.style;
  const std::size_t num_columns = count_columns(chart, format);
  const std::string x_title = find_common_title(chart, &Panel::x);
  const std::string y_title = find_common_title(chart, &Panel::y);
  layout.panels = make_panel_plans(chart, format, num_columns);
  const bool has_end_labels = layout.panels.size() == 1 && !layout.panels[0].end_shifts.empty();
  if (!has_end_labels) layout.legend = make_legend(chart, style);
  if (layout.legend.names.size() < 2) layout.legend = {};
  Arrangement arrangement(layout, num_columns);
  arrangement.drop_repeated_labels();
  double top = layout.legend.height;
  // Without ticks there is no axis to stand below.
  const bool is_above = y_title.empty() && !x_title.empty() && !layout.panels[0].shows_values;
  const std::string& upper_title = is_above ? x_title : y_title;
  if (!upper_title.empty()) {
    const std::string text = fit_text(upper_title, style.width, style.font_size, 2);
    layout.texts.push_back({text, 0.0, top, Side::left, false, false});
    top += static_cast<double>(count_lines(text)) * style.line_height + 8.0;
  }
  for (PanelPlan& plan : layout.panels) plan_sides(plan, style);
  arrangement.place_columns();
  for (PanelPlan& plan : layout.panels) refit_names_above(plan, style);
  for (PanelPlan& plan : layout.panels) plan_texts(plan, style, {x_title.empty(), y_title.empty()});
  arrangement.place_rows(top);
  if (!x_title.empty() && !is_above) {
    const std::string text = fit_text(x_title, style.width, style.font_size, 2);
    layout.texts.push_back({text, style.width / 2.0, layout.height + 2.0, Side::middle, false, false});
    layout.height += 2.0 + static_cast<double>(count_lines(text)) * style.line_height;
  }
  layout.height = std::ceil(std::max(layout.height, style.line_height)) + 2.0;
  for (PanelPlan& plan : layout.panels) plan.box.left += margin;
  for (Text& text : layout.texts) text.x += margin;
  return layout;
}

}  // namespace vouch::report
