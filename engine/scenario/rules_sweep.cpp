// SPDX-License-Identifier: Apache-2.0
#include "scenario/limits.hpp"
#include "scenario/rules.hpp"

namespace vouch::scenario {
namespace {

constexpr Range any{};
constexpr Range points{1.0, limits::sweep_points};
constexpr Range steps{2.0, limits::sweep_points};
constexpr auto none = Domain::none;
using S = Section;
using T = Type;

constexpr Rule table[] = {
    {S::sweep, "method", T::choice, "", "\"grid\"", any, "grid list latin_hypercube sobol", none,
     "\"grid\": every combination of the values, the last key fastest. \"list\": the first values of all keys "
     "together, "
     "then the second ones, ... \"latin_hypercube\": each key has one value in each of `points` equal slices of its "
     "range, in random order. \"sobol\": points that fill the space of the keys evenly, best with `points` a power of "
     "two. The random ones belong to experiment.seed."},
    {S::sweep, "points", T::whole, "points", "false", points, "", none,
     "How many points: of latin_hypercube and sobol, which need it, and of no other."},
    {S::sweep, "keys", T::swept, "", "{}", any, "", none,
     "What is varied: dotted names as --set takes them. Not what all points share: experiment, output, published and "
     "what is only for reading. With latin_hypercube and sobol a list's values are levels of equal share."},

    {S::swept_range, "from", T::real, "of the key", "", any, "", none, "The lowest value."},
    {S::swept_range, "to", T::real, "of the key", "", any, "", none, "The highest value."},
    {S::swept_range, "steps", T::whole, "values", "false", steps, "", none,
     "How many values, the ends included: of grid and list, which need it, and of no other."},
    {S::swept_range, "scale", T::choice, "", "\"linear\"", any, "linear log", none,
     "\"linear\": equal differences. \"log\": equal ratios, of values above 0."},
    {S::swept_range, "whole", T::flag, "", "false", any, "", none, "Whether only whole numbers are taken."},
};

}  // namespace

std::span<const Rule> sweep_rules() { return table; }

}  // namespace vouch::scenario
