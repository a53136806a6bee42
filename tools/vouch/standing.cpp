// SPDX-License-Identifier: Apache-2.0
#include "standing.hpp"

#include <stdexcept>

namespace vouch::cli {

Standing::Standing(experiment::WorldSink& next, const model::ObservationLayout& layout,
                   const statistics::Metric& metric, std::size_t num_strategies)
    : next_(next),
      row_size_(layout.size()),
      direction_(metric.direction),
      numerator_(find_stretches(layout, metric.numerator)),
      denominator_(find_stretches(layout, metric.denominator)),
      sums_(num_strategies) {}

std::vector<Standing::Stretch> Standing::find_stretches(const model::ObservationLayout& layout,
                                                        const std::vector<statistics::Term>& terms) {
  std::vector<Stretch> stretches;
  for (const statistics::Term& term : terms) {
    const model::ObservationBlock* block = layout.find(term.observation);
    if (block == nullptr) throw std::logic_error("a metric is made of observations that the layout lacks");
    const double scale = term.factor * model::scale_of(block->unit);
    const std::size_t end = block->offset + block->size;
    // Cold is the first of the sources, which are the outermost axis.
    const std::size_t cold_end =
        term.source == statistics::Source::all ? end : block->offset + block->size / block->shape.at(0);
    if (term.source == statistics::Source::referral)
      stretches.push_back({cold_end, end, scale});
    else
      stretches.push_back({block->offset, cold_end, scale});
  }
  return stretches;
}

double Standing::add_up(std::span<const std::int64_t> row, const std::vector<Stretch>& stretches) {
  double total = 0.0;
  for (const Stretch& stretch : stretches) {
    std::int64_t sum = 0;
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) sum += row[i];
    total += static_cast<double>(sum) * stretch.scale;
  }
  return total;
}

void Standing::accept(int strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  Sums added;
  for (std::size_t begin = 0; begin + row_size_ <= rows.size(); begin += row_size_) {
    const auto row = rows.subspan(begin, row_size_);
    added.numerator += add_up(row, numerator_);
    added.denominator += denominator_.empty() ? 1.0 : add_up(row, denominator_);
  }
  {
    const std::lock_guard lock(mutex_);
    Sums& sums = sums_.at(static_cast<std::size_t>(strategy));
    sums.numerator += added.numerator;
    sums.denominator += added.denominator;
  }
  next_.accept(strategy, first_replication, rows);
}

std::optional<std::size_t> Standing::find_leader() const {
  const std::lock_guard lock(mutex_);
  std::optional<std::size_t> leader;
  double best = 0.0;
  int num_with_value = 0;
  for (std::size_t s = 0; s < sums_.size(); ++s) {
    if (sums_[s].denominator == 0.0) continue;
    ++num_with_value;
    const double value = sums_[s].numerator / sums_[s].denominator;
    const bool is_better = direction_ == statistics::Direction::higher_is_better ? value > best : value < best;
    if (leader && !is_better) continue;
    best = value;
    leader = s;
  }
  return num_with_value >= 2 ? leader : std::nullopt;
}

}  // namespace vouch::cli
