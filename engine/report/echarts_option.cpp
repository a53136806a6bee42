// SPDX-License-Identifier: Apache-2.0
#include "report/echarts_option.hpp"

#include <nlohmann/json.hpp>

#include "report/cell_key.hpp"
#include "report/chart_layout.hpp"
#include "report/colours.hpp"
#include "report/mark_series.hpp"

namespace vouch::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* font_family = "system-ui, sans-serif";
const Json hidden = {{"show", false}};

Json make_label_style(const Style& style, double margin) {
  return {{"color", text_sentinel}, {"fontSize", style.font_size}, {"margin", margin}, {"hideOverlap", false}};
}

Json make_axis(const std::string& id, std::size_t panel, const char* type) {
  return {{"id", id},           {"type", type},       {"gridIndex", panel}, {"silent", true},
          {"axisLine", hidden}, {"axisTick", hidden}, {"splitLine", hidden}};
}

/// Its labels are texts of the layout, which says exactly what they are.
Json make_value_axis(const std::string& id, std::size_t panel, const AxisScale& scale) {
  Json json = make_axis(id, panel, "value");
  json["min"] = scale.low;
  json["max"] = scale.high;
  json["interval"] = scale.step;
  json["containShape"] = false;  // else bars at its ends would stretch it, away from its labels
  json["axisLabel"] = hidden;
  json["axisTick"] = {{"show", false}, {"customValues", list_ticks(scale)}};
  json["splitLine"] = {{"show", true}, {"lineStyle", {{"color", grid_sentinel}, {"width", 1}}}};
  return json;
}

Json make_category_axis(const std::string& id, std::size_t panel, const std::vector<std::string>& labels,
                        std::size_t every, const Style& style) {
  Json json = make_axis(id, panel, "category");
  json["data"] = labels;
  json["axisLabel"] = make_label_style(style, 8.0);
  json["axisLabel"]["interval"] = every - 1;
  json["axisLabel"]["lineHeight"] = style.line_height;
  return json;
}

/// An axis of values along categories, unseen, for marks that may stand between them.
Json make_mark_axis(std::size_t panel, std::size_t num_categories, bool is_inverse) {
  Json json = make_axis(axis_id("marks", panel), panel, "value");
  json["show"] = false;
  json["min"] = -0.5;
  json["max"] = static_cast<double>(num_categories) - 0.5;
  json["inverse"] = is_inverse;
  return json;
}

/// Names and values that stand above the marks of their rows; `beyond`: how far outside the box they begin.
void put_above(Json& axis, double lift, double beyond) {
  Json& label = axis["axisLabel"];
  label["inside"] = true;
  label["margin"] = -beyond;
  label["verticalAlign"] = "bottom";
  label["padding"] = {0, 0, lift, 0};
  label["textBorderColor"] = background_sentinel;
  label["textBorderWidth"] = 3;
  axis["z"] = 2;  // before the rule
}

Json make_x_axes(const PanelPlan& plan, std::size_t i, const Style& style) {
  const Panel& panel = *plan.panel;
  Json axes = Json::array();
  if (plan.kind == Kind::plane || plan.kind == Kind::rows) {
    axes.push_back(make_value_axis(axis_id("x", i), i, plan.x));
  } else {
    axes.push_back(make_category_axis(axis_id("x", i), i, plan.x_labels, plan.x_every, style));
  }
  Json& axis = axes[0];
  axis["position"] = "bottom";
  if (!plan.shows_x_labels) axis["axisLabel"] = hidden;
  if (!plan.shows_values) axis["splitLine"] = hidden;
  if (plan.kind == Kind::plane) {
    axis["splitLine"] = hidden;
    axis["axisLine"] = {{"show", true}, {"onZero", false}, {"lineStyle", {{"color", text_sentinel}, {"width", 1}}}};
    axis["axisTick"].update({{"show", true}, {"length", 4}, {"lineStyle", {{"color", text_sentinel}, {"width", 1}}}});
  }
  if (plan.kind == Kind::columns) axes.push_back(make_mark_axis(i, panel.x.categories.size(), false));
  return axes;
}

Json make_y_axes(const PanelPlan& plan, std::size_t i, const Style& style) {
  const Panel& panel = *plan.panel;
  Json axes = Json::array();
  if (plan.kind == Kind::plane || plan.kind == Kind::columns) {
    axes.push_back(make_value_axis(axis_id("y", i), i, plan.y));
  } else {
    axes.push_back(make_category_axis(axis_id("y", i), i, plan.y_labels, 1, style));
    axes[0]["inverse"] = true;
    axes[0]["axisLabel"]["margin"] = plan.name_margin;
    axes[0]["axisLabel"]["align"] = plan.has_names_above ? "left" : "right";
    if (plan.has_names_above) put_above(axes[0], plan.lift, plan.room.left);
  }
  axes[0]["position"] = "left";
  if (!plan.shows_y_labels && !plan.has_names_above) axes[0]["axisLabel"] = hidden;
  if (plan.kind == Kind::rows) axes.push_back(make_mark_axis(i, panel.y.categories.size(), true));
  if (!plan.values.empty()) {
    Json values = make_category_axis(axis_id("values", i), i, plan.values, 1, style);
    values["inverse"] = true;
    values["position"] = "right";
    values["axisLabel"]["align"] = "right";
    values["axisLabel"]["margin"] = plan.room.width;
    if (plan.has_names_above) put_above(values, plan.lift, plan.room.width);
    axes.push_back(std::move(values));
  }
  return axes;
}

Json make_grid(const Box& box) {
  return {{"left", box.left},          {"top", box.top},       {"width", box.width}, {"height", box.height},
          {"outerBoundsMode", "none"}, {"containLabel", false}};
}

Json make_text(const Text& text, const Style& style) {
  static constexpr const char* aligns[] = {"left", "center", "right"};
  Json json{{"type", "text"}, {"x", text.x}, {"y", text.y}, {"silent", true}, {"z", 10}};
  json["style"] = {{"text", text.text},
                   {"fill", text_sentinel},
                   {"align", aligns[static_cast<std::size_t>(text.side)]},
                   {"verticalAlign", "top"},
                   {"fontSize", style.font_size},
                   {"fontFamily", font_family},
                   {"lineHeight", style.line_height}};
  if (text.is_bold) json["style"]["fontWeight"] = "bold";
  if (text.has_halo) json["style"].update({{"stroke", background_sentinel}, {"lineWidth", 3}});
  return json;
}

/// Each name has the width that the layout has reserved for it.
Json make_legend_option(const Legend& legend, const Style& style) {
  Json items = Json::array();
  for (std::size_t i = 0; i < legend.names.size(); ++i) {
    items.push_back(
        {{"name", legend.names[i]}, {"textStyle", {{"width", legend.widths[i]}, {"overflow", "truncate"}}}});
  }
  return {{"data", items},
          {"left", margin},
          {"top", 0},
          {"padding", 0},
          {"width", style.width},
          {"itemGap", legend_gap},
          {"itemWidth", legend.symbol_width},
          {"itemHeight", 10},
          {"textStyle", {{"color", text_sentinel}, {"fontSize", style.font_size}, {"lineHeight", style.line_height}}}};
}

}  // namespace

Drawing make_drawing(const Chart& original, Format format) {
  const Chart chart = replace_long_cell_labels(original, format);
  const Layout layout = make_layout(chart, format);
  const Style& style = layout.style;
  Json option{{"animation", false}, {"backgroundColor", "transparent"}};
  option["textStyle"] = {{"fontFamily", font_family}, {"fontSize", style.font_size}, {"color", text_sentinel}};
  for (const char* part : {"grid", "xAxis", "yAxis", "series"}) option[part] = Json::array();
  for (std::size_t i = 0; i < layout.panels.size(); ++i) {
    const PanelPlan& plan = layout.panels[i];
    option["grid"].push_back(make_grid(plan.box));
    for (Json& axis : make_x_axes(plan, i, style)) option["xAxis"].push_back(std::move(axis));
    for (Json& axis : make_y_axes(plan, i, style)) option["yAxis"].push_back(std::move(axis));
    for (Json& series : make_mark_series(plan, i, style)) option["series"].push_back(std::move(series));
  }
  Json texts = Json::array();
  for (const Text& text : layout.texts) texts.push_back(make_text(text, style));
  if (!texts.empty()) option["graphic"] = std::move(texts);
  if (!layout.legend.names.empty()) option["legend"] = make_legend_option(layout.legend, style);
  return {option.dump(-1, ' ', false, Json::error_handler_t::replace), static_cast<int>(style.width + 2.0 * margin),
          static_cast<int>(layout.height)};
}

}  // namespace vouch::report
