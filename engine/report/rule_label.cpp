// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "report/panel_plan.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

constexpr double half_symbol = 6.0;

/// Pixels in the box, from its left and its bottom.
struct Patch {
  double left;
  double right;
  double low;
  double high;
};

bool meet(const Patch& a, const Patch& b) {
  return a.left < b.right && b.left < a.right && a.low < b.high && b.low < a.high;
}

/// Where marks are, in pixels.
class Marks {
 public:
  explicit Marks(const PanelPlan& plan) : plan_(plan), x_(plan.x) {
    if (plan.kind == Kind::columns) x_ = {-0.5, static_cast<double>(plan.panel->x.categories.size()) - 0.5, 1.0, 0};
  }

  bool meets(const Patch& patch, bool counts_bands) const {
    return std::any_of(plan_.panel->series.begin(), plan_.panel->series.end(), [&](const Series& series) {
      if (series.mark == Mark::band && !counts_bands) return false;
      for (std::size_t i = 0; i < series.data.size(); ++i) {
        if (meet(patch, find_patch(series, series.data[i]))) return true;
        const bool is_joined = series.mark == Mark::line || series.mark == Mark::band;
        if (is_joined && i > 0 && meets_segment(patch, series, i)) return true;
      }
      return false;
    });
  }

 private:
  double place_x(double x) const { return find_place(x, x_, plan_.box.width); }
  double place_y(double y) const { return find_place(y, plan_.y, plan_.box.height); }

  Patch find_patch(const Series& series, const Datum& datum) const {
    const double x = place_x(datum.x);
    double low = datum.low.value_or(datum.y);
    double high = datum.high.value_or(datum.y);
    if (series.mark == Mark::bar) {
      low = std::min(0.0, datum.y);
      high = std::max(0.0, datum.y);
    }
    const double half = series.mark == Mark::bar ? 0.5 * plan_.box.width / (x_.high - x_.low) : half_symbol;
    return {x - half, x + half, place_y(low) - half_symbol, place_y(high) + half_symbol};
  }

  /// Between two data, by straight lines.
  bool meets_segment(const Patch& patch, const Series& series, std::size_t i) const {
    const Patch a = find_patch(series, series.data[i - 1]);
    const Patch b = find_patch(series, series.data[i]);
    const double from = (a.left + a.right) / 2.0;
    const double to = (b.left + b.right) / 2.0;
    const double left = std::max(patch.left, from);
    const double right = std::min(patch.right, to);
    if (!(left < right)) return false;
    const auto at = [&](double x, double Patch::*end) { return a.*end + (b.*end - a.*end) * (x - from) / (to - from); };
    return meet(patch, {left, right, std::min(at(left, &Patch::low), at(right, &Patch::low)),
                        std::max(at(left, &Patch::high), at(right, &Patch::high))});
  }

  const PanelPlan& plan_;
  AxisScale x_;
};

}  // namespace

std::optional<Text> find_rule_spot(const PanelPlan& plan, const Style& style) {
  const double width = estimate_text_width(plan.rule_label, style.font_size) + 2.0;
  const double rule = find_place(*plan.panel->rule, plan.y, plan.box.height);
  const double room = plan.box.width - width;
  if (room < 0.0) return std::nullopt;
  const Marks marks(plan);
  for (const bool counts_bands : {true, false}) {  // upon a band is better than nowhere
    for (const double low : {rule + 1.0, rule - style.line_height - 1.0}) {
      for (const double left : {room, 0.0, room / 2.0, 0.75 * room, 0.25 * room}) {
        const Patch patch{left, left + width, low, low + style.line_height};
        if (patch.low < 0.0 || patch.high > plan.box.height || marks.meets(patch, counts_bands)) continue;
        return Text{plan.rule_label, left + 1.0, plan.box.height - patch.high, Side::left, false, true};
      }
    }
  }
  return std::nullopt;
}

}  // namespace vouch::report
