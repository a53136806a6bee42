// SPDX-License-Identifier: Apache-2.0
#include "model/observations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vouch::model {

double divisor_of(Unit unit) noexcept {
  switch (unit) {
    case Unit::count:
      return 1.0;
    case Unit::money:
    case Unit::minutes:
      return money_per_unit;
    case Unit::days:
    case Unit::stock:
      return fixed_point_one;
  }
  return 1.0;
}

Unit find_unit(std::string_view observation) noexcept {
#define X(name, unit, text) \
  if (observation == #name) return Unit::unit;
  VOUCH_METRICS(X)
  VOUCH_FUNNEL(X)
#undef X
  return Unit::count;
}

double scale_of(Unit unit) noexcept { return 1.0 / divisor_of(unit); }

std::string_view name_of(Unit unit) noexcept {
  switch (unit) {
    case Unit::count:
    case Unit::stock:
      return "1";
    case Unit::money:
      return "currency";
    case Unit::days:
      return "days";
    case Unit::minutes:
      return "minutes";
  }
  return "1";
}

ObservationLayout::ObservationLayout(const Model& model, int max_programs)
    : num_segments_(model.num_segments()),
      num_sources_(2 + max_programs),
      num_bins_(model.series ? static_cast<int>(std::ceil(model.horizon_days / model.bin_days)) : 0) {
  const auto extent = [this](Axis axis) -> std::size_t {
    switch (axis) {
      case Axis::segment:
        return num_segments_;
      case Axis::cohort:
        return num_cohorts;
      case Axis::source:
        return num_sources_;
      case Axis::bin:
        return num_bins_;
      case Axis::tenure_band:
        return num_tenure_bands;
      case Axis::fatigue_band:
        return num_fatigue_bands;
      case Axis::generation:
        return num_generations;
      case Axis::profile_band:
        return num_profile_bands;
    }
    return 0;
  };
  const auto add = [&](std::string_view name, std::string_view group, std::string_view text, Unit unit,
                       std::vector<Axis> axes) {
    ObservationBlock block{name, group, text, unit, std::move(axes), {}, size_, 1};
    for (const Axis axis : block.axes) block.shape.push_back(extent(axis));
    for (const std::size_t length : block.shape) block.size *= length;
    size_ += block.size;
    blocks_.push_back(std::move(block));
  };
#define X(name, unit, text) add(#name, "metrics", text, Unit::unit, {Axis::segment, Axis::cohort});
  VOUCH_METRICS(X)
#undef X
  funnel_ = size_;
#define X(name, unit, text) add(#name, "funnel", text, Unit::unit, {Axis::source, Axis::segment, Axis::cohort});
  VOUCH_FUNNEL(X)
#undef X
  series_ = size_;
  if (num_bins_ > 0) {
#define X(name, unit, text) add(#name, "series", text, Unit::unit, {Axis::bin});
    VOUCH_SERIES(X)
#undef X
  }
  source_series_ = size_;
  if (num_bins_ > 0) {
#define X(name, unit, text) add(#name, "series", text, Unit::unit, {Axis::bin, Axis::source});
    VOUCH_SOURCE_SERIES(X)
#undef X
  }
  std::size_t* curve = curves_;
#define X(name, axis, text) \
  *curve++ = size_;         \
  add(#name, "curves", text, Unit::count, {Axis::axis});
  VOUCH_CURVES(X)
#undef X
}

const ObservationBlock* ObservationLayout::find(std::string_view name) const noexcept {
  const auto found =
      std::find_if(blocks_.begin(), blocks_.end(), [name](const auto& block) { return block.name == name; });
  return found == blocks_.end() ? nullptr : &*found;
}

}  // namespace vouch::model
