// SPDX-License-Identifier: Apache-2.0
#include "scenario/rules.hpp"

namespace vouch::scenario {
namespace {

constexpr Range any{};
constexpr auto none = Domain::none;
using S = Section;
using T = Type;

constexpr Rule table[] = {
    {S::figure, "figure", T::text, "", "", any, "", none, "What was measured, in words, with the stage it speaks of."},
    {S::figure, "value", T::real, "", "", any, "", none,
     "The figure as it was published; shares as 0 to 1, anything else in the metric's unit."},
    {S::figure, "range", T::interval, "", "false", any, "", none,
     "What else would count as the same figure; it holds `value`. Without it nothing is said of whether the figure is "
     "reproduced."},
    {S::figure, "metric", T::text, "", "", any, "", none,
     "The metric to be read beside it (`vouch compare RESULTS --list`)."},
    {S::figure, "strategy", T::text, "", "", any, "", Domain::strategy, "The strategy whose worlds are read."},
    {S::figure, "segment", T::text, "", "\"\"", any, "", Domain::cell,
     "The segment or population that is read; empty: all. Not for metrics that tell cold leads from referrals, and not "
     "together with source_filter."},
    {S::figure, "source_filter", T::text, "", "\"\"", any, "", Domain::source,
     "Where the leads that are read came from: \"cold\", \"organic\", \"referral\" (all but cold) or a program of the "
     "strategy; empty: anywhere. Only for metrics of leads and deals that do not tell cold leads from referrals."},
    {S::figure, "role", T::choice, "", "", any, "in tuned emerged", none,
     "\"in\": a parameter was set to the figure; \"tuned\": parameters were changed until it came out; \"emerged\": "
     "neither. Only what emerged can be reproduced."},
    {S::figure, "source", T::text, "", "", any, "", none, "Who published it."},
};

}  // namespace

std::span<const Rule> published_rules() { return table; }

}  // namespace vouch::scenario
