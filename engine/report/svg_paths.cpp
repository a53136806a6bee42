// SPDX-License-Identifier: Apache-2.0
#include "report/svg_paths.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "report/colours.hpp"
#include "report/svg_path_data.hpp"

namespace vouch::report {
namespace {

/// What a matrix without turning does: x * scale_x + shift_x, and so on.
struct Placement {
  double scale_x = 1.0;
  double scale_y = 1.0;
  double shift_x = 0.0;
  double shift_y = 0.0;
};

std::optional<Placement> read_placement(std::string_view transform) {
  const std::vector<double> m = read_arguments(transform, "matrix");
  if (m.size() != 6 || m[1] != 0.0 || m[2] != 0.0) return {};
  return Placement{m[0], m[3], m[4], m[5]};
}

/// Of moves and straight lines; empty for any other path.
std::string place_lines(std::string_view data, const Placement& placement) {
  auto steps = read_path(data);
  if (!steps) return {};
  for (PathStep& step : *steps)
    step.to = {placement.scale_x * step.to.x + placement.shift_x, placement.scale_y * step.to.y + placement.shift_y};
  return format_path(*steps);
}

/// ECharts' circle of radius 1 is two arcs that do not quite meet; here they do.
std::string place_circle(std::string_view data, const Placement& placement) {
  if (!data.starts_with("M1 0A1 1 0 1 1 1 -") || placement.scale_x != placement.scale_y) return {};
  const std::string radius = format_pixels(placement.scale_x);
  const std::string across = format_pixels(2.0 * placement.scale_x);
  return fmt::format("M{} {}a{} {} 0 1 1 {} 0a{} {} 0 1 1 -{} 0Z", format_pixels(placement.shift_x - placement.scale_x),
                     format_pixels(placement.shift_y), radius, radius, across, radius, radius, across);
}

bool has(const SvgNode& node, std::string_view attribute) { return node.find(attribute) != nullptr; }

/// Whether parts of such a path may be painted at once instead of one after the other: lines, whose crossings are
/// small; what nothing shines through; and cells, which do not overlap.
bool may_be_joined(const SvgNode& path) {
  if (has(path, "opacity") || has(path, "transform") || has(path, "clip-path") || has(path, "id")) return false;
  if (const std::string* fill = path.find("fill"); fill != nullptr && *fill == "none") return true;
  return has(path, "fill-opacity") ? has(path, "stroke") : !has(path, "stroke");
}

}  // namespace

void place_symbol(SvgNode& path) {
  const std::string* data = path.find("d");
  const std::string* transform = path.find("transform");
  if (data == nullptr || transform == nullptr) return;
  const std::optional<Placement> placement = read_placement(*transform);
  if (!placement) return;
  std::string placed = place_circle(*data, *placement);
  if (placed.empty()) placed = place_lines(*data, *placement);
  if (placed.empty()) return;
  path.set("d", std::move(placed));
  path.remove("transform");
  if (const std::string* width = path.find("stroke-width"); width != nullptr && !read_numbers(*width).empty())
    path.set("stroke-width", format_pixels(read_numbers(*width)[0] * placement->scale_x));
}

bool absorb_path(SvgNode& last, const SvgNode& next) {
  std::string* data = last.find("d");
  const std::string* more = next.find("d");
  if (data == nullptr || more == nullptr || !may_be_joined(last)) return false;
  SvgNode same = next;
  same.set("d", *data);
  if (same.attributes != last.attributes) return false;
  *data += *more;
  return true;
}

void shorten_lines(SvgNode& path) {
  std::string* data = path.find("d");
  if (data == nullptr) return;
  if (const auto steps = read_path(*data)) *data = format_path(leave_out_points(*steps));
}

bool is_cell(const SvgNode& path) {
  const std::string* stroke = path.find("stroke");
  return path.name == "path" && stroke != nullptr && *stroke == background_sentinel && has(path, "fill-opacity");
}

void sharpen_cell(SvgNode& path) {
  path.remove("stroke-opacity");
  std::string& opacity = *path.find("fill-opacity");
  constexpr double steps = 20.0;  // as fine as can be told apart
  const std::vector<double> value = read_numbers(opacity);
  if (!value.empty()) opacity = fmt::format("{:.2g}", std::round(value[0] * steps) / steps);
}

}  // namespace vouch::report
