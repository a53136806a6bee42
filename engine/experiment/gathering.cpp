// SPDX-License-Identifier: Apache-2.0
#include "experiment/gathering.hpp"

#include <algorithm>
#include <stdexcept>

namespace vouch::experiment {

using statistics::Evidence;

Gathering::Gathering(const model::ObservationLayout& layout, const statistics::Metric& metric,
                     std::size_t num_strategies, std::size_t group_size)
    : metric_(layout, metric),
      row_size_(layout.size()),
      evidence_(metric_.make_options(num_strategies, group_size)),
      num_worlds_(num_strategies),
      retired_(num_strategies),
      waiting_(num_strategies),
      group_(num_strategies * group_size) {}

void Gathering::add(std::size_t strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  if (num_worlds_.at(strategy) != first_replication || rows.size() % row_size_ != 0)
    throw std::logic_error("worlds are gathered in order");
  for (std::size_t begin = 0; begin < rows.size(); begin += row_size_)
    waiting_[strategy].push_back(metric_.read(rows.subspan(begin, row_size_)));
  num_worlds_[strategy] += static_cast<std::uint32_t>(rows.size() / row_size_);
  settle();
}

void Gathering::retire(std::size_t strategy) {
  retired_.at(strategy) = 1;
  settle();
}

void Gathering::settle() {
  const std::size_t size = group_size();
  const auto must_wait = [&] {
    bool is_any_going_on = false;
    for (std::size_t s = 0; s < num_strategies(); ++s) {
      if (retired_[s] != 0) continue;
      if (waiting_[s].size() < size) return true;
      is_any_going_on = true;
    }
    return !is_any_going_on;
  };
  while (!must_wait()) {
    std::fill(group_.begin(), group_.end(), std::nullopt);
    for (std::size_t s = 0; s < num_strategies(); ++s) {
      for (std::size_t i = 0; i < size && !waiting_[s].empty(); ++i) {
        group_[s * size + i] = waiting_[s].front();
        waiting_[s].pop_front();
      }
    }
    evidence_.add_group(group_);
  }
}

Evidence Gathering::gather_all() const {
  Evidence all = evidence_;
  const std::size_t size = group_size();
  std::size_t longest = 0;
  for (const auto& worlds : waiting_) longest = std::max(longest, worlds.size());
  std::vector<std::optional<statistics::WorldValue>> group(group_.size());
  for (std::size_t begin = 0; begin + size <= longest; begin += size) {
    for (std::size_t s = 0; s < num_strategies(); ++s)
      for (std::size_t i = 0; i < size; ++i)
        group[s * size + i] = begin + i < waiting_[s].size() ? std::optional(waiting_[s][begin + i]) : std::nullopt;
    all.add_group(group);
  }
  return all;
}

}  // namespace vouch::experiment
