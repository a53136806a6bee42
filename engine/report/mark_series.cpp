// SPDX-License-Identifier: Apache-2.0
#include "report/mark_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "report/colours.hpp"
#include "report/panel_plan.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr double symbol_size = 8.0;
constexpr std::size_t few_points = 12;  // each with its symbol; of more points only some
constexpr std::size_t num_symbols = 4;

bool is_finite(const std::optional<double>& value) { return value && std::isfinite(*value); }

/// Draws the series of one panel.
class Painter {
 public:
  Painter(const PanelPlan& plan, std::size_t index, const Style& style) : plan_(plan), index_(index), style_(style) {
    for (const Series& series : plan.panel->series) {
      if (series.mark == Mark::bar) ++num_bars_;
      if (series.mark == Mark::line && series.colour.role == Colour::Role::strategy) ++num_lines_;
    }
    find_dodges();
  }

  Json paint() {
    const std::vector<Series>& all = plan_.panel->series;
    for (std::size_t i = 0; i < all.size(); ++i) {
      switch (all[i].mark) {
        case Mark::line:
          paint_line(all[i], i);
          break;
        case Mark::band:
          paint_band(all[i], i);
          break;
        case Mark::interval:
          paint_dots(all[i], i);
          break;
        case Mark::point:
          paint_dots(all[i], i);
          break;
        case Mark::bar:
          paint_bars(all[i]);
          break;
        case Mark::cell:
          paint_cells(all[i]);
          break;
      }
    }
    if (plan_.panel->rule)
      paint_rule(*plan_.panel->rule, text_sentinel);
    else if (num_bars_ > 0 && plan_.kind != Kind::plane)
      paint_rule(0.0, text_sentinel);
    return out_;
  }

 private:
  bool is_rows() const { return plan_.kind == Kind::rows; }
  const Colour& colour_of_datum(const Series& series, const Datum& datum) const {
    return series.has_own_colours ? datum.colour : series.colour;
  }
  static const char* symbol_of_colour(const Colour& colour) {
    return colour.role == Colour::Role::strategy ? symbol_of(colour.strategy) : "circle";
  }

  /// Along which axes marks stand that may be between categories.
  Json start(const char* type, const std::string& name, int z) const {
    Json json{{"type", type}, {"name", name}, {"z", z}, {"silent", name.rfind(" ", 0) == 0}};
    json["xAxisId"] = axis_id(plan_.kind == Kind::columns ? "marks" : "x", index_);
    json["yAxisId"] = axis_id(plan_.kind == Kind::rows ? "marks" : "y", index_);
    return json;
  }

  /// Series that share a category stand side by side.
  void find_dodges() {
    const std::vector<Series>& all = plan_.panel->series;
    dodges_.assign(all.size(), 0.0);
    if (plan_.kind != Kind::rows && plan_.kind != Kind::columns) return;
    std::vector<std::size_t> dodged;
    std::set<long> seen;
    bool is_shared = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].name.empty() || (all[i].mark != Mark::interval && all[i].mark != Mark::point)) continue;
      dodged.push_back(i);
      for (const Datum& datum : all[i].data) {
        const double place = is_rows() ? datum.y : datum.x;
        is_shared = !(std::isfinite(place) && seen.insert(std::lround(1000.0 * place)).second) || is_shared;
      }
    }
    if (!is_shared) return;
    const auto count = static_cast<double>(dodged.size());
    for (std::size_t k = 0; k < dodged.size(); ++k) {
      dodges_[dodged[k]] = (static_cast<double>(k) - (count - 1.0) / 2.0) * std::min(0.25, 0.7 / count);
    }
  }

  Json place_of(const Datum& datum, double dodge) const {
    return is_rows() ? Json{datum.x, datum.y + dodge} : Json{datum.x + dodge, datum.y};
  }

  void paint_line(const Series& series, std::size_t i) {
    const std::string colour = sentinel_of(series.colour);
    const bool is_strategy = series.colour.role == Colour::Role::strategy;
    Json json = start("line", series.name, 4);
    json["showSymbol"] = false;
    json["symbol"] = num_lines_ > 1 ? symbol_of_colour(series.colour) : "none";
    json["symbolSize"] = symbol_size - 1.0;
    json["itemStyle"] = {{"color", colour}};
    json["lineStyle"] = {{"color", colour}, {"width", is_strategy ? 2.25 : 1.5}};
    if (is_strategy && num_lines_ > 1) json["lineStyle"]["type"] = line_type_of(series.colour.strategy);
    if (!plan_.end_shifts.empty() && !series.name.empty()) add_end_label(json, series, plan_.end_shifts[i]);
    Json data = Json::array();
    for (const Datum& datum : series.data) data.push_back({datum.x, datum.y});
    json["data"] = std::move(data);
    out_.push_back(std::move(json));
    paint_symbols(series, i);
  }

  void add_end_label(Json& json, const Series& series, double shift) const {
    json["endLabel"] = {{"show", true},
                        {"formatter", fit_text(series.name, most_end_label, style_.font_size, 1)},
                        {"distance", 8},
                        {"color", text_sentinel},
                        {"fontSize", style_.font_size}};
    if (shift > 0.0) json["labelLayout"] = {{"dy", shift}};
  }

  /// Symbols on a line: at every point of a short one, where one stands alone, and now and then on a long one.
  void paint_symbols(const Series& series, std::size_t i) {
    const std::size_t size = series.data.size();
    const auto has = [&](std::size_t k) { return k < size && std::isfinite(series.data[k].y); };
    const std::size_t every = std::max<std::size_t>(1, size / num_symbols);
    const std::size_t first = every * (i % 4) / 4;
    Json data = Json::array();
    for (std::size_t k = 0; k < size; ++k) {
      const bool is_alone = !has(k + 1) && (k == 0 || !has(k - 1));
      const bool is_chosen = size <= few_points || k % every == first;
      if (has(k) && (is_alone || (is_chosen && num_lines_ > 1 && series.colour.role == Colour::Role::strategy)))
        data.push_back({series.data[k].x, series.data[k].y});
    }
    if (data.empty()) return;
    Json json = start("scatter", series.name, 5);
    json["symbol"] = symbol_of_colour(series.colour);
    json["symbolSize"] = symbol_size - 1.0;
    json["itemStyle"] = {{"color", sentinel_of(series.colour)}, {"opacity", 1}};
    json["silent"] = true;
    json["tooltip"] = {{"show", false}};
    json["data"] = std::move(data);
    out_.push_back(std::move(json));
  }

  /// Two lines, one upon the other, of which only the area between is seen.
  void paint_band(const Series& series, std::size_t i) {
    Json low = Json::array();
    Json height = Json::array();
    for (const Datum& datum : series.data) {
      const bool is_there = is_finite(datum.low) && is_finite(datum.high);
      low.push_back({datum.x, is_there ? Json(*datum.low) : Json()});
      height.push_back({datum.x, is_there ? Json(*datum.high - *datum.low) : Json()});
    }
    const std::string name = fmt::format(" band {}.{}", index_, i);
    for (const bool is_upper : {false, true}) {
      Json json = start("line", name + (is_upper ? " high" : " low"), 2);
      json["stack"] = name;
      json["stackStrategy"] = "all";
      json["symbol"] = "none";
      json["lineStyle"] = {{"width", 0}, {"opacity", 0}};
      if (is_upper) json["areaStyle"] = {{"color", sentinel_of(series.colour)}, {"opacity", 0.2}};
      json["tooltip"] = {{"show", false}};
      json["data"] = is_upper ? std::move(height) : std::move(low);
      out_.push_back(std::move(json));
    }
  }

  /// Points, and intervals as lines through them.
  void paint_dots(const Series& series, std::size_t i) {
    Json json = start("scatter", series.name, 6);
    json["symbolSize"] = series.mark == Mark::interval ? symbol_size + 2.0 : symbol_size;
    json["itemStyle"] = {{"color", sentinel_of(series.colour)}, {"opacity", 1}};
    json["symbol"] = symbol_of_colour(series.colour);
    json["label"] = {{"show", false}, {"color", text_sentinel}, {"fontSize", style_.font_size}};
    Json data = Json::array();
    Json lines = Json::array();
    for (const Datum& datum : series.data) {
      data.push_back(make_dot(series, datum, dodges_[i]));
      if (is_finite(datum.low) && is_finite(datum.high)) lines.push_back(make_range(series, datum, dodges_[i]));
    }
    json["data"] = std::move(data);
    if (series.mark == Mark::interval && !lines.empty()) {
      json["markLine"] = {{"silent", true}, {"symbol", "none"}, {"label", {{"show", false}}}, {"data", lines}};
    }
    out_.push_back(std::move(json));
  }

  Json make_dot(const Series& series, const Datum& datum, double dodge) const {
    Json dot{{"value", place_of(datum, dodge)}};
    if (series.has_own_colours) {
      dot["itemStyle"] = {{"color", sentinel_of(datum.colour)}};
      dot["symbol"] = symbol_of_colour(datum.colour);
    }
    const double place = is_rows() ? datum.x : datum.y;
    if (datum.label.empty() || !plan_.values.empty() || !std::isfinite(place)) return dot;
    const double high = std::max(place, datum.high.value_or(place));
    const bool is_at_right = plan_.kind == Kind::plane && datum.x > 0.7 * plan_.x.high + 0.3 * plan_.x.low;
    const char* position = plan_.kind == Kind::columns ? "top" : is_at_right ? "left" : "right";
    dot["label"] = {{"show", true}, {"formatter", datum.label}, {"position", position}};
    if (is_rows()) {
      const double beyond = find_place(high, plan_.x, plan_.box.width) - find_place(place, plan_.x, plan_.box.width);
      dot["label"]["offset"] = {beyond, 0};
    } else if (plan_.kind == Kind::columns) {
      const double beyond = find_place(high, plan_.y, plan_.box.height) - find_place(place, plan_.y, plan_.box.height);
      dot["label"]["offset"] = {0, -beyond};
    }
    return dot;
  }

  Json make_range(const Series& series, const Datum& datum, double dodge) const {
    Datum low = datum;
    Datum high = datum;
    (is_rows() ? low.x : low.y) = *datum.low;
    (is_rows() ? high.x : high.y) = *datum.high;
    const Colour& colour = colour_of_datum(series, datum);
    const Json line{
        {"type", "solid"}, {"width", 3}, {"cap", "round"}, {"opacity", 0.55}, {"color", sentinel_of(colour)}};
    return {{{"coord", place_of(low, dodge)}, {"lineStyle", line}}, {{"coord", place_of(high, dodge)}}};
  }

  double find_bar_width() const {
    if (plan_.kind == Kind::rows) return plan_.bar_width;
    const auto count = static_cast<double>(std::max<std::size_t>(1, num_bars_));
    const Panel& panel = *plan_.panel;
    if (plan_.kind == Kind::columns) {
      return 0.7 * plan_.box.width / static_cast<double>(panel.x.categories.size()) / count;
    }
    const double spacing = find_spacing(panel) / (plan_.x.high - plan_.x.low) * plan_.box.width;
    return spacing > 0.0 ? std::max(1.0, 0.9 * spacing / count) : 16.0;
  }

  void paint_bars(const Series& series) {
    Json json = start("bar", series.name, 3);
    json["xAxisId"] = axis_id("x", index_);
    json["yAxisId"] = axis_id("y", index_);
    json["barWidth"] = find_bar_width();
    json["barGap"] = plan_.kind == Kind::plane ? "0%" : "8%";
    json["itemStyle"] = {{"color", sentinel_of(series.colour)}};
    Json data = Json::array();
    for (const Datum& datum : series.data) {
      Json bar{{"value", {datum.x, datum.y}}};
      if (series.has_own_colours) bar["itemStyle"] = {{"color", sentinel_of(datum.colour)}};
      if (!datum.label.empty() && plan_.values.empty()) {
        const bool is_negative = (is_rows() ? datum.x : datum.y) < 0.0;
        const char* position = is_rows() ? (is_negative ? "left" : "right") : (is_negative ? "bottom" : "top");
        bar["label"] = {{"show", true},
                        {"formatter", datum.label},
                        {"position", position},
                        {"color", text_sentinel},
                        {"fontSize", style_.font_size}};
      }
      data.push_back(std::move(bar));
    }
    json["data"] = std::move(data);
    out_.push_back(std::move(json));
  }

  void paint_cells(const Series& series) {
    Json json = start("heatmap", series.name, 2);
    json["itemStyle"] = {
        {"color", sentinel_of(series.colour)}, {"borderColor", background_sentinel}, {"borderWidth", 2}};
    json["label"] = {{"show", true},
                     {"color", text_sentinel},
                     {"opacity", 1},
                     {"fontSize", style_.font_size},
                     {"lineHeight", style_.line_height}};
    const double width = plan_.box.width / static_cast<double>(plan_.panel->x.categories.size());
    const auto lines = static_cast<std::size_t>(std::max(1.0, (plan_.pitch - 4.0) / style_.line_height));
    Json data = Json::array();
    for (const Datum& datum : series.data) {
      const double strength = std::isfinite(datum.size) ? std::clamp(datum.size, 0.0, 1.0) : 0.0;
      Json style{{"opacity", 0.1 + 0.45 * strength}};
      if (series.has_own_colours) style["color"] = sentinel_of(datum.colour);
      Json cell{{"value", {datum.x, datum.y, datum.size}}, {"itemStyle", style}};
      cell["label"] = {{"formatter", fit_text(datum.label, width - 8.0, style_.font_size, lines)}};
      data.push_back(std::move(cell));
    }
    json["data"] = std::move(data);
    out_.push_back(std::move(json));
  }

  void paint_rule(double value, const char* colour) {
    Json json = start("line", fmt::format(" rule {}", index_), 1);
    const auto size = [](const Axis& axis) { return static_cast<double>(axis.categories.size()) - 0.5; };
    if (is_rows()) {
      json["data"] = {{value, -0.5}, {value, size(plan_.panel->y)}};
    } else if (plan_.kind == Kind::columns) {
      json["data"] = {{-0.5, value}, {size(plan_.panel->x), value}};
    } else {
      json["data"] = {{plan_.x.low, value}, {plan_.x.high, value}};
    }
    json["symbol"] = "none";
    json["lineStyle"] = {{"color", colour}, {"width", 1}, {"type", "solid"}};
    json["tooltip"] = {{"show", false}};
    out_.push_back(std::move(json));
  }

  const PanelPlan& plan_;
  std::size_t index_;
  const Style& style_;
  std::size_t num_bars_ = 0;
  std::size_t num_lines_ = 0;
  std::vector<double> dodges_;
  Json out_ = Json::array();
};

}  // namespace

std::string axis_id(const char* axis, std::size_t panel) { return fmt::format("{}{}", axis, panel); }

nlohmann::ordered_json make_mark_series(const PanelPlan& plan, std::size_t panel, const Style& style) {
  return Painter(plan, panel, style).paint();
}

}  // namespace vouch::report
