// SPDX-License-Identifier: Apache-2.0
#include "report/svg_path_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>
#include <utility>

namespace vouch::report {
namespace {

using Point = PathStep::Point;

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
void keep_corners(const std::vector<PathStep>& steps, std::size_t first, std::size_t last, std::vector<bool>& is_kept) {
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

}  // namespace

std::optional<std::vector<PathStep>> read_path(std::string_view text) {
  std::vector<PathStep> steps;
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
      steps.push_back({PathStep::Kind::close, at = start});
      command = 0;
      continue;
    }
    const std::optional<Point> to = command == 0 ? std::nullopt : take_point(text, command, at);
    if (!to) return std::nullopt;
    at = *to;
    steps.push_back({command == 'M' ? PathStep::Kind::move : PathStep::Kind::line, at});
    if (command == 'M') {
      start = at;
      command = 'L';  // as SVG has it for further pairs
    }
  }
  return steps;
}

std::vector<PathStep> leave_out_points(const std::vector<PathStep>& steps) {
  constexpr std::size_t fewest = 12;
  std::vector<bool> is_kept(steps.size(), true);
  for (std::size_t first = 0; first < steps.size();) {
    std::size_t end = first + 1;
    while (end < steps.size() && steps[end].kind == PathStep::Kind::line) ++end;
    if (end - first >= fewest && steps[first].kind == PathStep::Kind::move) {
      std::fill(is_kept.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                is_kept.begin() + static_cast<std::ptrdiff_t>(end) - 1, false);
      keep_corners(steps, first, end - 1, is_kept);
    }
    first = end;
  }
  std::vector<PathStep> kept;
  for (std::size_t i = 0; i < steps.size(); ++i)
    if (is_kept[i]) kept.push_back(steps[i]);
  return kept;
}

std::string format_path(const std::vector<PathStep>& steps) {
  PathWriter path;
  for (const PathStep& step : steps) {
    const long x = std::lround(step.to.x * 10.0);
    const long y = std::lround(step.to.y * 10.0);
    if (step.kind == PathStep::Kind::close) {
      path.close();
    } else if (step.kind == PathStep::Kind::move) {
      path.move(x, y);
    } else {
      path.line(x, y);
    }
  }
  return path.take();
}

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

std::vector<double> read_arguments(std::string_view transform, std::string_view function) {
  const bool is_only = transform.starts_with(function) && transform.substr(function.size()).starts_with("(") &&
                       transform.find(')') + 1 == transform.size();
  return is_only ? read_numbers(transform) : std::vector<double>{};
}

std::string format_pixels(double value) {
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

}  // namespace vouch::report
