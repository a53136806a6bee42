// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/panel_plan.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

constexpr double title_gap = 4.0;

double find_height(const std::string& text, const Style& style) {
  return text.empty() ? 0.0 : static_cast<double>(count_lines(text)) * style.line_height;
}

/// Labels below columns: on several lines, or, of many, only some.
void plan_x_labels(PanelPlan& plan, const Style& style) {
  const std::vector<std::string>& names = plan.panel->x.categories;
  const double slot = plan.box.width / static_cast<double>(std::max<std::size_t>(1, names.size()));
  const double widest = find_widest(names, style.font_size) + label_gap;
  const auto every = static_cast<std::size_t>(std::ceil(widest / slot));
  plan.x_labels = names;
  plan.x_every = 1;
  if (names.size() > 8 && every > 1 && every * 3 <= names.size()) {
    plan.x_every = every;
    return;
  }
  for (std::string& name : plan.x_labels) name = fit_text(name, slot - 4.0, style.font_size, 4);
}

/// What labels at the ends of rows need beyond the box, at its left or its right.
double find_label_room(const PanelPlan& plan, const Style& style, Side side) {
  if (!plan.values.empty()) {
    return side == Side::left || plan.has_names_above ? 0.0 : find_widest(plan.values, style.font_size) + label_gap;
  }
  double room = 0.0;
  visit_data(*plan.panel, [&](const Series& series, const Datum& datum) {
    const Side own = series.mark == Mark::bar && datum.x < 0.0 ? Side::left : Side::right;
    const double end = std::max(datum.x, datum.high.value_or(datum.x));
    if (own != side || datum.label.empty() || !std::isfinite(end)) return;
    const double least_width = 0.25 * style.width;  // of the box, which is not known yet
    const double inside = own == Side::left ? find_place(datum.x, plan.x, least_width)
                                            : least_width - find_place(end, plan.x, least_width);
    room = std::max(room, estimate_text_width(datum.label, style.font_size) + label_gap - inside);
  });
  return room;
}

/// Names and values above rows begin at the left of everything, and take part of the first row's height.
double find_rise(const PanelPlan& plan, const Style& style) {
  if (!plan.has_names_above) return 0.0;
  const double names = static_cast<double>(find_most_lines(plan.y_labels)) * style.line_height;
  return std::max(0.0, names + plan.lift - plan.pitch / 2.0);
}

/// Of ticks along x all have their labels, or every second, third ... where the box turned out to be narrow.
std::vector<double> list_labelled_ticks(const PanelPlan& plan, const Style& style) {
  std::vector<double> ticks = list_ticks(plan.x);
  const double pitch = plan.x.step / (plan.x.high - plan.x.low) * plan.box.width;
  const double widest = estimate_label_width(plan.x, plan.panel->x, style.font_size) + label_gap;
  const double every = std::max(1.0, std::ceil(widest / pitch));
  std::erase_if(ticks, [&](double tick) { return std::fmod(std::round(tick / plan.x.step), every) != 0.0; });
  return ticks;
}

void add_ticks(const PanelPlan& plan, Layout& layout) {
  const Style& style = layout.style;
  const Box& box = plan.box;
  const bool is_plane = plan.kind == Kind::plane;
  if (plan.shows_x_labels && plan.shows_values && (is_plane || plan.kind == Kind::rows)) {
    for (const double tick : list_labelled_ticks(plan, style)) {
      const double place = box.left + find_place(tick, plan.x, box.width);
      const std::string label = format_tick(tick, plan.x, plan.panel->x);
      layout.texts.push_back({label, place, box.top + box.height + label_gap - 2.0, Side::middle, false, false});
    }
  }
  if (plan.shows_y_labels && (is_plane || plan.kind == Kind::columns)) {
    for (const double tick : list_ticks(plan.y)) {
      const double middle = box.top + box.height - find_place(tick, plan.y, box.height);
      const std::string label = format_tick(tick, plan.y, plan.panel->y);
      layout.texts.push_back(
          {label, box.left - label_gap, middle - style.line_height / 2.0, Side::right, false, false});
    }
  }
}

void add_rule_label(const PanelPlan& plan, Layout& layout) {
  const Style& style = layout.style;
  const Box& box = plan.box;
  if (plan.kind == Kind::rows) {
    const double half = estimate_text_width(plan.rule_label, style.font_size) / 2.0;
    const double place = box.left + find_place(*plan.panel->rule, plan.x, box.width);
    const double middle = std::clamp(place, half, std::max(half, style.width - half));
    const double top = box.top - find_rise(plan, style) - style.line_height - 2.0;
    layout.texts.push_back({plan.rule_label, middle, top, Side::middle, false, false});
  } else if (plan.rule_spot) {
    Text text = *plan.rule_spot;
    text.x += box.left;
    text.y += box.top;
    layout.texts.push_back(std::move(text));
  }
}

}  // namespace

void plan_sides(PanelPlan& plan, const Style& style) {
  const Panel& panel = *plan.panel;
  plan.room.width = 2.0;
  if (plan.kind == Kind::rows || plan.kind == Kind::cells) {
    const bool has_gutter = plan.shows_y_labels && !plan.has_names_above;
    plan.room.left = has_gutter ? 1.03 * find_widest(plan.y_labels, style.font_size) + label_gap : 0.0;
    plan.name_margin = label_gap;
    if (plan.kind == Kind::cells) return;
    const double half = plan.shows_values ? estimate_label_width(plan.x, panel.x, style.font_size) / 2.0 : 0.0;
    plan.name_margin += find_label_room(plan, style, Side::left);
    plan.room.left = std::max(plan.room.left + plan.name_margin - label_gap, half);
    plan.room.width = std::max(find_label_room(plan, style, Side::right), half);
    return;
  }
  plan.room.left = plan.shows_y_labels ? estimate_label_width(plan.y, panel.y, style.font_size) + label_gap : 0.0;
  if (plan.kind == Kind::columns) return;
  plan.room.width = estimate_label_width(plan.x, panel.x, style.font_size) / 2.0 + 1.0;
  if (plan.end_shifts.empty()) return;
  for (const Series& series : panel.series) {
    const std::string name = fit_text(series.name, most_end_label, style.font_size, 1);
    plan.room.width = std::max(plan.room.width, estimate_text_width(name, style.font_size) + 2.0 * label_gap);
  }
}

void plan_texts(PanelPlan& plan, const Style& style, OwnTitles titles) {
  const Panel& panel = *plan.panel;
  const double width = plan.room.left + plan.box.width + plan.room.width;
  if (plan.kind == Kind::columns || plan.kind == Kind::cells) plan_x_labels(plan, style);
  plan.title = fit_text(panel.title, width / bold_factor, style.font_size, 2);
  if (panel.rule) plan.rule_label = fit_text(panel.rule_label, 0.6 * width, style.font_size, 1);
  if (titles.x && (plan.shows_x_labels || !plan.shows_values)) {
    plan.x_title = fit_text(panel.x.title, width, style.font_size, 2);
  }
  if (titles.y && (plan.shows_y_labels || plan.has_names_above)) {
    plan.y_title = fit_text(panel.y.title, width, style.font_size, 2);
  }
  if (panel.rule && !plan.rule_label.empty() && has_values_along(plan.kind, &Panel::y)) {
    plan.rule_spot = find_rule_spot(plan, style);
    const std::string words = fmt::format("{}{}line: {}", titles.y ? panel.y.title : "",
                                          titles.y && !panel.y.title.empty() ? "; " : "", panel.rule_label);
    if (!plan.rule_spot) plan.y_title = fit_text(words, width, style.font_size, 3);
  }
  if (!plan.shows_values && plan.y_title.empty()) std::swap(plan.x_title, plan.y_title);
  plan.room.top = plan.kind == Kind::plane || plan.kind == Kind::columns ? 10.0 : 4.0;
  for (const std::string* text : {&plan.title, &plan.y_title}) {
    if (!text->empty()) plan.room.top += find_height(*text, style) + title_gap;
  }
  if (plan.kind == Kind::columns && has_labels(panel)) plan.room.top += style.line_height;
  if (plan.kind == Kind::rows) plan.room.top += find_height(plan.rule_label, style) + find_rise(plan, style);
  plan.room.height = 4.0 + (plan.x_title.empty() ? 0.0 : find_height(plan.x_title, style) + 2.0);
  if (plan.shows_x_labels && plan.shows_values) {
    plan.room.height += static_cast<double>(find_most_lines(plan.x_labels)) * style.line_height + label_gap;
  }
}

void add_texts(const PanelPlan& plan, Layout& layout) {
  const Style& style = layout.style;
  const Box& box = plan.box;
  const double left = box.left - plan.room.left;
  double top = box.top - plan.room.top;
  if (!plan.title.empty()) {
    layout.texts.push_back({plan.title, left, top, Side::left, true, false});
    top += find_height(plan.title, style) + title_gap;
  }
  if (!plan.y_title.empty()) layout.texts.push_back({plan.y_title, left, top, Side::left, false, false});
  if (!plan.x_title.empty()) {
    const double below = box.top + box.height + plan.room.height - find_height(plan.x_title, style);
    const double half = estimate_text_width(plan.x_title, style.font_size) / 2.0;
    const double middle = std::clamp(box.left + box.width / 2.0, half, std::max(half, style.width - half));
    layout.texts.push_back({plan.x_title, middle, below, Side::middle, false, false});
  }
  add_ticks(plan, layout);
  if (!plan.rule_label.empty()) add_rule_label(plan, layout);
}

}  // namespace vouch::report
