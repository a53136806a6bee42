// SPDX-License-Identifier: Apache-2.0
#include "experiment/round.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace vouch::experiment {

Round::Round(const std::vector<std::uint32_t>& have, const std::vector<std::uint32_t>& wanted, std::uint32_t block)
    : block_(block) {
  if (have.size() != wanted.size()) throw std::logic_error("a round is planned for every lane");
  std::uint32_t least = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t most = 0;
  for (std::size_t lane = 0; lane < have.size(); ++lane) {
    if (wanted[lane] < have[lane]) throw std::logic_error("a lane cannot lose worlds");
    if (wanted[lane] == have[lane]) continue;
    lanes_.push_back({static_cast<int>(lane), have[lane], wanted[lane]});
    least = std::min(least, have[lane]);
    most = std::max(most, wanted[lane]);
  }
  if (lanes_.empty()) return;
  first_block_ = least / block_;
  num_units_ = ((most + std::uint64_t{block_} - 1) / block_ - first_block_) * lanes_.size();
}

Unit Round::unit(std::uint64_t index) const {
  const Growth& growth = lanes_[index % lanes_.size()];
  const std::uint64_t start = (first_block_ + index / lanes_.size()) * block_;
  const std::uint64_t begin = std::max<std::uint64_t>(start, growth.begin);
  const std::uint64_t end = std::min<std::uint64_t>(start + block_, growth.end);
  return {index, growth.lane, static_cast<std::uint32_t>(begin),
          begin < end ? static_cast<std::uint32_t>(end - begin) : 0};
}

}  // namespace vouch::experiment
