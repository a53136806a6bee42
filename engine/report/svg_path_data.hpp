// SPDX-License-Identifier: Apache-2.0
// The text of a path, as points and back; and other numbers in the attributes of an SVG.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vouch::report {

/// A piece of a path: to a point, by a line or without one; or back to where it began.
struct PathStep {
  struct Point {
    double x = 0.0;
    double y = 0.0;
  };
  enum class Kind { move, line, close } kind = Kind::close;
  Point to;
};

/// Of moves and straight lines; nothing for a path that has curves.
std::optional<std::vector<PathStep>> read_path(std::string_view text);

/// In whole tenths of a pixel and few bytes: lines from where the last one ended.
std::string format_path(const std::vector<PathStep>& steps);

/// Without points that nobody would see. Short lines, as of symbols, stay as they are.
std::vector<PathStep> leave_out_points(const std::vector<PathStep>& steps);

/// The numbers in a text, whatever is between them.
std::vector<double> read_numbers(std::string_view text);

/// The numbers in "translate(52 320)" or "matrix(4,0,0,4,613.6,74.7)"; empty for another function, or several.
std::vector<double> read_arguments(std::string_view transform, std::string_view function);

/// "123.4", "120": to a tenth of a pixel, as ECharts writes paths.
std::string format_pixels(double value);

}  // namespace vouch::report
