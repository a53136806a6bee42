// SPDX-License-Identifier: Apache-2.0
#include "report/svg_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace vouch::report {
namespace {

struct Point {
  double x = 0.0;
  double y = 0.0;
};

/// A piece of a path: to a point, by a line or without one; or back to where it began.
struct Step {
  enum class Kind { move, line, close } kind = Kind::close;
  Point to;
};

/// What stands at the front of the text, if it is a number; taken off with the separator behind it.
std::optional<double> take_number(std::string_view& text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == ',')) text.remove_prefix(1);
  double number = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// Nothing for a path that has curves.
std::optional<std::vector<Step>> read_path(std::string_view text) {
  std::vector<Step> steps;
  Point at;
  Point start;
  for (char command = 0; !text.empty();) {
    if (text[0] == ' ') {
      text.remove_prefix(1);
      continue;
    }
    if (std::string_view("MLlZz").find(text[0]) != std::string_view::npos) {
      command = text[0];
      text.remove_prefix(1);
    }
    if (command == 'Z' || command == 'z') {
      steps.push_back({Step::Kind::close, at = start});
      command = 0;
      continue;
    }
    const auto x = take_number(text);
    const auto y = take_number(text);
    if (!x || !y || command == 0) return std::nullopt;
    at = command == 'l' ? Point{at.x + *x, at.y + *y} : Point{*x, *y};
    steps.push_back({command == 'M' ? Step::Kind::move : Step::Kind::line, at});
    if (command == 'M') {
      start = at;
      command = 'L';  // as SVG has it for further pairs
    }
  }
  return steps;
}

/// In tenths of a pixel: "12.3", ".5", "-7".
std::string format_tenths(long tenths) {
  std::string text = tenths < 0 ? "-" : "";
  const long size = std::abs(tenths);
  if (size >= 10 || size == 0) text += std::to_string(size / 10);
  if (size % 10 != 0) text += fmt::format(".{}", size % 10);
  return text;
}

void append_pair(std::string& path, long x, long y, bool needs_space) {
  const std::string first = format_tenths(x);
  const std::string second = format_tenths(y);
  if (needs_space && first[0] != '-') path += ' ';
  path += first;
  if (second[0] != '-') path += ' ';
  path += second;
}

/// Each step from where the rounded one before it ended, so that nothing adds up.
std::string format_path(const std::vector<Step>& steps) {
  std::string path;
  long at_x = 0;
  long at_y = 0;
  long start_x = 0;
  long start_y = 0;
  bool is_in_line = false;
  for (const Step& step : steps) {
    const long x = std::lround(step.to.x * 10.0);
    const long y = std::lround(step.to.y * 10.0);
    if (step.kind == Step::Kind::close) {
      path += 'z';
      at_x = start_x;
      at_y = start_y;
      is_in_line = false;
      continue;
    }
    if (step.kind == Step::Kind::move) {
      path += 'M';
      append_pair(path, x, y, false);
      start_x = x;
      start_y = y;
      is_in_line = false;
    } else {
      if (!is_in_line) path += 'l';
      append_pair(path, x - at_x, y - at_y, is_in_line);
      is_in_line = true;
    }
    at_x = x;
    at_y = y;
  }
  return path;
}

/// What a matrix without turning does: x * scale_x + shift_x, and so on.
struct Placement {
  double scale_x = 1.0;
  double scale_y = 1.0;
  double shift_x = 0.0;
  double shift_y = 0.0;
};

/// The numbers in a text, whatever is between them.
std::vector<double> read_numbers(std::string_view text) {
  std::vector<double> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    double number = 0.0;
    const auto [behind, error] = std::from_chars(at, end, number);
    if (error == std::errc{}) numbers.push_back(number);
    at = error == std::errc{} ? behind : at + 1;
  }
  return numbers;
}

std::optional<Placement> read_placement(std::string_view transform) {
  if (!transform.starts_with("matrix(")) return {};
  const std::vector<double> m = read_numbers(transform);
  if (m.size() != 6 || m[1] != 0.0 || m[2] != 0.0) return {};
  return Placement{m[0], m[3], m[4], m[5]};
}

/// Of moves and straight lines; empty for any other path.
std::string place_lines(std::string_view data, const Placement& placement) {
  auto steps = read_path(data);
  if (!steps) return {};
  for (Step& step : *steps)
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

std::string format_pixels(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

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
  if (const auto steps = read_path(*data)) *data = format_path(*steps);
}

void sharpen_cell(SvgNode& path, std::string_view background) {
  const std::string* stroke = path.find("stroke");
  std::string* opacity = path.find("fill-opacity");
  if (stroke == nullptr || *stroke != background || opacity == nullptr) return;
  path.remove("stroke-opacity");
  const std::vector<double> value = read_numbers(*opacity);
  if (!value.empty()) *path.find("fill-opacity") = fmt::format("{:.2g}", value[0]);
}

}  // namespace vouch::report
