// SPDX-License-Identifier: Apache-2.0
// The pictures of a sweep: which one suits its keys, and its panels.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "report/chart.hpp"
#include "report/sweep_view.hpp"

namespace vouch::report {

/// A swept key, ready to be an axis.
struct SweptAxis {
  std::string name;                            ///< its last parts
  std::vector<std::string> texts;              ///< by point
  std::optional<std::vector<double>> numbers;  ///< by point, if all are
  std::vector<std::string> categories;         ///< different values: numbers in order, texts as they come
  std::vector<std::size_t> category_of;        ///< by point
};
std::vector<SweptAxis> list_axes(const SweepView& view);

enum class SweepPicture {
  lines,  ///< one key of numbers: differences from the baseline over it
  rows,   ///< one key of texts: differences from the baseline for each
  grid,   ///< every value of one key with every value of another: who is best, in cells
  plane,  ///< two keys of numbers: who is best, in points
  leads   ///< more keys: the lead over each
};
SweepPicture choose_picture(const std::vector<SweptAxis>& axes);

/// More keys than these have no panel.
inline constexpr std::size_t most_lead_panels = 9;

/// More bands in one picture hide each other.
inline constexpr std::size_t most_bands = 4;

/// Whose lines have bands: all, or of many those that rank best over all points, in the file's order.
std::vector<std::size_t> list_banded(const SweepView& view);

std::vector<Panel> make_sweep_panels(const SweepView& view, const std::vector<SweptAxis>& axes, SweepPicture picture);

}  // namespace vouch::report
