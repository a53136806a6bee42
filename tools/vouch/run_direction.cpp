// SPDX-License-Identifier: Apache-2.0
#include "run_direction.hpp"

#include "report/find_name.hpp"

namespace vouch::cli {
namespace {

UntilNames make_names(const results::RunIdentity& identity) {
  return {identity.strategy_names, report::find_name("baseline", identity.baseline, identity.strategy_names),
          identity.confidence, identity.currency};
}

}  // namespace

RunDirection::RunDirection(const RunPlan& plan, const experiment::Plan& experiment, Watched watched)
    : plan_(plan),
      names_(make_names(plan.identity)),
      num_lanes_(experiment.num_lanes()),
      standing_{plan.until ? plan.until->metric : plan.metric, names_.strategies, names_.currency, names_.confidence},
      fixed_(experiment.num_lanes(), experiment.replications) {
  if (standing_.metric.name != plan.metric.name) standing_.by = " by " + standing_.metric.name;
  if (plan.until) ruled_ = make_director(*plan.until, names_, experiment);
  if (watched == Watched::no || experiment.points.size() > 1 || names_.strategies.size() < 2) return;
  if (ruled_) {
    watched_ = &ruled_->points().front().gathering;
    return;
  }
  own_.emplace(plan.layout, standing_.metric, names_.strategies.size(), experiment.antithetic ? 2 : 1);
  watched_ = &*own_;
  watching_.emplace(fixed_, *own_);
}

experiment::Director& RunDirection::director() {
  if (ruled_) return *ruled_;
  if (watching_) return *watching_;
  return fixed_;
}

std::vector<std::string> RunDirection::describe_lead() const {
  return watched_ == nullptr ? std::vector<std::string>() : standing_.describe(watched_->evidence());
}

results::RunIdentity RunDirection::finish() const {
  results::RunIdentity identity = plan_.identity;
  if (!ruled_) {
    identity.stopping = make_fixed_stopping(identity.covered().count, num_lanes_);
    return identity;
  }
  identity.stopping = make_stopping(*plan_.until, names_, identity.replications, *ruled_);
  return identity;
}

std::vector<std::uint32_t> RunDirection::count_worlds() const {
  if (!ruled_) return std::vector<std::uint32_t>(num_lanes_, plan_.identity.replications);
  std::vector<std::uint32_t> counts;
  for (const auto& point : ruled_->points())
    for (std::size_t s = 0; s < names_.strategies.size(); ++s)
      counts.push_back(static_cast<std::uint32_t>(point.gathering.num_worlds(s)));
  return counts;
}

}  // namespace vouch::cli
