// SPDX-License-Identifier: Apache-2.0
#include "experiment/rule.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "statistics/allocation.hpp"
#include "statistics/spread.hpp"

namespace vouch::experiment {
namespace {

std::vector<std::uint32_t> count_worlds(const Gathering& gathering) {
  std::vector<std::uint32_t> counts;
  for (std::size_t s = 0; s < gathering.num_strategies(); ++s) counts.push_back(gathering.num_worlds(s));
  return counts;
}

std::uint32_t count_most_worlds(const Gathering& gathering) {
  const std::vector<std::uint32_t> counts = count_worlds(gathering);
  return *std::max_element(counts.begin(), counts.end());
}

}  // namespace

std::uint32_t LookSchedule::find_step(std::size_t group_size) const {
  return block % group_size == 0 ? block : block * static_cast<std::uint32_t>(group_size);
}

std::uint32_t LookSchedule::find_next(std::uint32_t num_worlds, std::size_t group_size) const {
  const std::uint64_t step = find_step(group_size);
  const std::uint64_t wanted =
      num_worlds == 0 ? first_groups * group_size
                      : std::uint64_t{num_worlds} + std::clamp(num_worlds / 8, std::uint32_t{1}, largest_step);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>((wanted + step - 1) / step * step, limit));
}

std::vector<std::uint32_t> PrecisionRule::plan(Gathering& gathering) {
  const std::uint32_t have = count_most_worlds(gathering);
  if (!is_ended_ && have > 0) {
    state_ = statistics::judge_precision(gathering.evidence(), aim_);
    is_ended_ = state_.is_reached || have >= looks_.limit;
  }
  const std::uint32_t wanted = is_ended_ ? have : looks_.find_next(have, gathering.group_size());
  return std::vector(gathering.num_strategies(), wanted);
}

void SelectionRule::start(const statistics::Evidence& evidence) {
  double indifference = indifference_.amount;
  if (indifference_.is_relative) {
    const auto baseline = statistics::compute_spread(evidence, indifference_.baseline);
    indifference *= baseline ? std::abs(baseline->value) : 0.0;
  }
  if (!(indifference > 0.0)) return;
  absolute_indifference_ = indifference;
  selection_.emplace(evidence.num_strategies(),
                     statistics::SelectionOptions{confidence_, indifference, evidence.num_groups(0)});
}

std::vector<std::uint32_t> SelectionRule::plan(Gathering& gathering) {
  const std::uint32_t have = count_most_worlds(gathering);
  const std::size_t size = gathering.group_size();
  std::vector<std::uint32_t> wanted = count_worlds(gathering);
  if (is_ended_) return wanted;
  const bool is_first = have > 0 && have == looks_.find_next(0, size);
  if (is_first && have / size >= LookSchedule::first_groups) start(gathering.evidence());
  if (selection_) {
    selection_->look(gathering.evidence());
    for (const auto& dropped : selection_->dropped()) gathering.retire(dropped.strategy);
  }
  is_ended_ = is_reached() || (have > 0 && have >= looks_.limit);
  if (is_ended_) return wanted;
  const std::uint32_t next = looks_.find_next(have, size);
  if (!selection_) return std::vector(wanted.size(), next);
  for (const std::size_t s : selection_->survivors()) wanted[s] = next;
  return wanted;
}

std::vector<std::uint32_t> BudgetRule::plan(Gathering& gathering) {
  const std::vector<std::uint32_t> have = count_worlds(gathering);
  const std::size_t size = gathering.group_size();
  const std::uint64_t equal = total_ / have.size();
  LookSchedule looks = looks_;
  looks.limit = static_cast<std::uint32_t>(equal);
  std::uint64_t used = std::accumulate(have.begin(), have.end(), std::uint64_t{0});
  if (used == 0) return std::vector(have.size(), looks.find_next(0, size));
  if (is_ended_ || used >= total_ || equal / size < 2) {
    is_ended_ = true;
    return have;
  }
  const statistics::Evidence evidence = gathering.gather_all();
  while (used < total_) {
    const std::uint64_t next = looks.find_next(static_cast<std::uint32_t>(used / have.size()), size);
    used = next >= equal ? total_ : next * have.size();
    const std::vector<std::uint64_t> groups = statistics::allocate_groups(evidence, used / size);
    std::vector<std::uint32_t> wanted;
    for (std::size_t s = 0; s < have.size(); ++s) {
      std::uint64_t worlds = groups[s] * size;
      if (used < total_) worlds -= worlds % looks_.find_step(size);  // only the last round may end inside a block
      wanted.push_back(std::max(have[s], static_cast<std::uint32_t>(worlds)));
    }
    if (wanted != have) return wanted;
  }
  is_ended_ = true;
  return have;
}

}  // namespace vouch::experiment
