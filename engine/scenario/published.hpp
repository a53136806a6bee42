// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace vouch::scenario {

/// How a published figure came to stand beside the simulated one.
enum class FigureRole {
  in,       ///< a parameter was set to it: that it comes out says nothing about the model
  tuned,    ///< parameters were changed until it came out: the same
  emerged,  ///< nothing was set or tuned to it: only such a figure can be reproduced
};

/// A published figure that a scenario names, and the metric to be read beside it.
struct PublishedFigure {
  std::string figure;  ///< in words, with the stage it speaks of
  std::string source;
  double value = 0.0;
  std::optional<std::pair<double, double>> range;  ///< what else would count as the same figure
  std::string metric;
  std::string strategy;
  std::string segment;  ///< empty: all
  std::string from;     ///< "", "cold", "organic", "referral" or a program: where the leads came from
  FigureRole role = FigureRole::emerged;
  Location where;  ///< of its metric's name
  Location value_place = {};
  Location range_place = {};
};

}  // namespace vouch::scenario
