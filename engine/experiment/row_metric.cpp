// SPDX-License-Identifier: Apache-2.0
#include "experiment/row_metric.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>

namespace vouch::experiment {
namespace {

using statistics::Source;
using statistics::Term;

/// Where a term's numbers lie in a row.
std::pair<std::size_t, std::size_t> find_range(const model::ObservationBlock& block, Source source) {
  const std::size_t end = block.offset + block.size;
  if (source == Source::all) return {block.offset, end};
  if (block.axes.empty() || block.axes.front() != model::Axis::source)
    throw std::logic_error("a metric asks for a source of what has none");
  // Cold is the first of the sources, which are the outermost axis.
  const std::size_t cold_end = block.offset + block.size / block.shape.front();
  return source == Source::cold ? std::pair(block.offset, cold_end) : std::pair(cold_end, end);
}

}  // namespace

RowMetric::RowMetric(const model::ObservationLayout& layout, const statistics::Metric& metric) {
  const auto find_block = [&](std::string_view observation) -> const model::ObservationBlock& {
    const model::ObservationBlock* block = layout.find(observation);
    if (block == nullptr) throw std::logic_error("a metric is made of observations that the layout lacks");
    return *block;
  };
  const auto list_stretches = [&](const std::vector<Term>& terms) {
    std::vector<Stretch> stretches;
    for (const Term& term : terms) {
      const auto [begin, end] = find_range(find_block(term.observation), term.source);
      stretches.push_back({begin, end, term.factor < 0.0 ? -1 : 1});
    }
    return stretches;
  };
  options_ = statistics::make_evidence_options(
      metric, [&](std::string_view observation) { return model::divisor_of(find_block(observation).unit); });
  numerator_ = list_stretches(metric.numerator);
  denominator_ = list_stretches(metric.denominator);
}

std::int64_t RowMetric::add_up(std::span<const std::int64_t> row, const std::vector<Stretch>& stretches) {
  std::int64_t total = 0;
  for (const Stretch& stretch : stretches) {
    std::int64_t sum = 0;
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) sum += row[i];
    total += stretch.sign * sum;
  }
  return total;
}

statistics::WorldValue RowMetric::read(std::span<const std::int64_t> row) const {
  statistics::WorldValue value;
  value.numerator = add_up(row, numerator_);
  if (options_.is_ratio) value.denominator = add_up(row, denominator_);
  return value;
}

statistics::EvidenceOptions RowMetric::make_options(std::size_t num_strategies, std::size_t group_size) const {
  statistics::EvidenceOptions options = options_;
  options.num_strategies = num_strategies;
  options.group_size = group_size;
  return options;
}

}  // namespace vouch::experiment
