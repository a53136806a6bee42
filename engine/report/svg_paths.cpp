// SPDX-License-Identifier: Apache-2.0
#include "report/svg_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "report/colours.hpp"

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

/// Where a command leads that stands in front of its numbers.
std::optional<Point> take_point(std::string_view& text, char command, Point at) {
  const bool is_relative = command >= 'a';
  const char axes = is_relative ? static_cast<char>(command - 'a' + 'A') : command;
  for (double* const place : {&at.x, &at.y}) {
    if (axes == (place == &at.x ? 'V' : 'H')) continue;
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    *place = is_relative ? *place + *number : *number;
  }
  return at;
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
    if (std::string_view("MLlHhVvZz").find(text[0]) != std::string_view::npos) {
      command = text[0];
      text.remove_prefix(1);
    }
    if (command == 'Z' || command == 'z') {
      steps.push_back({Step::Kind::close, at = start});
      command = 0;
      continue;
    }
    const std::optional<Point> to = command == 0 ? std::nullopt : take_point(text, command, at);
    if (!to) return std::nullopt;
    at = *to;
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

/// A path in whole tenths of a pixel, each step from where the one before ended, so that nothing adds up.
class PathWriter {
 public:
  void move(long x, long y) {
    path_ += 'M';
    last_ = 'M';
    is_first_ = true;
    append(x);
    append(y);
    start_x_ = at_x_ = x;
    start_y_ = at_y_ = y;
  }

  void line(long x, long y) {
    if (x == at_x_ && y == at_y_ && last_ != 'M') return;  // a lone one is a dot, if ends are round
    if (y == at_y_) {
      begin('h');
      append(x - at_x_);
    } else if (x == at_x_) {
      begin('v');
      append(y - at_y_);
    } else {
      begin('l');
      append(x - at_x_);
      append(y - at_y_);
    }
    at_x_ = x;
    at_y_ = y;
  }

  void close() {
    path_ += 'z';
    last_ = 'z';
    at_x_ = start_x_;
    at_y_ = start_y_;
  }

  std::string take() { return std::move(path_); }

 private:
  void begin(char command) {
    is_first_ = command != last_;
    if (is_first_) path_ += command;
    last_ = command;
  }

  void append(long tenths) {
    const std::string number = format_tenths(tenths);
    if (!is_first_ && number[0] != '-' && !(number[0] == '.' && has_point_)) path_ += ' ';
    path_ += number;
    is_first_ = false;
    has_point_ = number.find('.') != std::string::npos;  // ".5.5" are two
  }

  std::string path_;
  char last_ = 0;
  bool is_first_ = true;
  bool has_point_ = false;
  long at_x_ = 0;
  long at_y_ = 0;
  long start_x_ = 0;
  long start_y_ = 0;
};

double compute_distance(const Point& point, const Point& from, const Point& to) {
  const double x = to.x - from.x;
  const double y = to.y - from.y;
  const double square = x * x + y * y;
  if (square == 0.0) return std::hypot(point.x - from.x, point.y - from.y);
  const double share = std::clamp(((point.x - from.x) * x + (point.y - from.y) * y) / square, 0.0, 1.0);
  return std::hypot(point.x - from.x - share * x, point.y - from.y - share * y);
}

/// How far, in pixels, a line may pass by a point that is left out: nobody sees that.
constexpr double tolerance = 0.3;

/// Marks the points without which the line from `first` to `last` would pass by one (Douglas and Peucker, 1973).
void keep_corners(const std::vector<Step>& steps, std::size_t first, std::size_t last, std::vector<bool>& is_kept) {
  std::size_t farthest = first;
  double most = tolerance;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double distance = compute_distance(steps[i].to, steps[first].to, steps[last].to);
    if (distance > most) {
      most = distance;
      farthest = i;
    }
  }
  if (farthest == first) return;
  is_kept[farthest] = true;
  keep_corners(steps, first, farthest, is_kept);
  keep_corners(steps, farthest, last, is_kept);
}

/// Without points that nobody would see. Short lines, as of symbols, stay as they are.
std::vector<Step> leave_out_points(const std::vector<Step>& steps) {
  constexpr std::size_t fewest = 12;
  std::vector<bool> is_kept(steps.size(), true);
  for (std::size_t first = 0; first < steps.size();) {
    std::size_t end = first + 1;
    while (end < steps.size() && steps[end].kind == Step::Kind::line) ++end;
    if (end - first >= fewest && steps[first].kind == Step::Kind::move) {
      std::fill(is_kept.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                is_kept.begin() + static_cast<std::ptrdiff_t>(end) - 1, false);
      keep_corners(steps, first, end - 1, is_kept);
    }
    first = end;
  }
  std::vector<Step> kept;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (is_kept[i]) kept.push_back(steps[i]);
  return kept;
}

std::string format_path(const std::vector<Step>& steps) {
  PathWriter path;
  for (const Step& step : steps) {
    const long x = std::lround(step.to.x * 10.0);
    const long y = std::lround(step.to.y * 10.0);
    if (step.kind == Step::Kind::close) {
      path.close();
    } else if (step.kind == Step::Kind::move) {
      path.move(x, y);
    } else {
      path.line(x, y);
    }
  }
  return path.take();
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
