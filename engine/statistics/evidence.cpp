// SPDX-License-Identifier: Apache-2.0
#include "statistics/evidence.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace vouch::statistics {
namespace {

WorldValue sum_up(std::span<const std::optional<WorldValue>> group) {
  WorldValue sum{0, 0, {}};
  for (const std::optional<WorldValue>& value : group) {
    sum.numerator += value->numerator;
    sum.denominator += value->denominator;
    for (std::size_t c = 0; c < max_controls; ++c) sum.controls[c] += value->controls[c];
  }
  return sum;
}

/// The quantities of one strategy or of two, in the order that Moments hold them.
class Sample {
 public:
  explicit Sample(const EvidenceOptions& options)
      : num_controls_(options.controls.size()), is_ratio_(options.is_ratio) {}

  std::span<const std::int64_t> fill(std::span<const WorldValue> strategies) {
    std::size_t next = 0;
    for (const WorldValue& value : strategies) {
      quantities_[next++] = value.numerator;
      quantities_[next++] = is_ratio_ ? value.denominator : 0;
    }
    for (const WorldValue& value : strategies)
      for (std::size_t c = 0; c < num_controls_; ++c) quantities_[next++] = value.controls[c];
    return std::span(quantities_).first(next);
  }

 private:
  std::size_t num_controls_;
  bool is_ratio_;
  std::array<std::int64_t, 2 * (2 + max_controls)> quantities_{};
};

}  // namespace

Evidence::Evidence(EvidenceOptions options)
    : options_(std::move(options)),
      own_(options_.num_strategies, Moments(2 + options_.controls.size())),
      single_(options_.num_strategies, Moments(2)),
      pairs_(options_.num_strategies * (options_.num_strategies - 1) / 2, Moments(4 + 2 * options_.controls.size())),
      kept_(options_.num_strategies),
      firsts_(options_.num_strategies, std::vector<std::uint64_t>(options_.num_strategies, 0)) {
  if (options_.num_strategies == 0 || options_.group_size == 0) throw std::logic_error("evidence of nothing");
  if (options_.controls.size() > max_controls) throw std::logic_error("too many controls");
}

std::size_t Evidence::index_of(std::size_t first, std::size_t second) const {
  if (first >= second) throw std::logic_error("a pair is named in order");
#ifdef VOUCH_FAULT_pair_index
  return first + second - 1;
#else
  return second * (second - 1) / 2 + first;
#endif
}

const Moments& Evidence::pair(std::size_t first, std::size_t second) const { return pairs_[index_of(first, second)]; }

std::uint64_t Evidence::num_groups(std::size_t first, std::size_t second) const {
  if (first == second) return num_groups(first);
  return pair(std::min(first, second), std::max(first, second)).num_samples();
}

void Evidence::add_group(std::span<const std::optional<WorldValue>> values) {
  const std::size_t size = options_.group_size;
  if (values.size() != num_strategies() * size) throw std::logic_error("a group has a place for each world");
  std::vector<std::optional<WorldValue>> sums(num_strategies());
  Sample sample(options_);
  for (std::size_t s = 0; s < num_strategies(); ++s) {
    const auto group = values.subspan(s * size, size);
    if (!std::all_of(group.begin(), group.end(), [](const auto& value) { return value.has_value(); })) continue;
    const WorldValue& sum = *(sums[s] = sum_up(group));
    own_[s].add(sample.fill({&sum, 1}));
    if (size > 1)
      for (const std::optional<WorldValue>& value : group)
        single_[s].add(std::array{value->numerator, options_.is_ratio ? value->denominator : std::int64_t{0}});
    if (kept_[s].size() < max_kept) kept_[s].push_back(sum);
    for (std::size_t t = 0; t < s; ++t)
      if (sums[t]) pairs_[index_of(t, s)].add(sample.fill(std::array{*sums[t], sum}));
  }
  for (std::size_t i = 0; i < size; ++i) count_firsts(values.subspan(i));
}

/// Of the first world of each strategy's group in `values`. Ratios are compared by cross products: exactly.
void Evidence::count_firsts(std::span<const std::optional<WorldValue>> values) {
  __extension__ typedef __int128 Wide;
  const std::int64_t sign = sign_of(options_.direction);
  const auto better = [&](const WorldValue& a, const WorldValue& b) {
    if (!options_.is_ratio) return sign * a.numerator > sign * b.numerator;
    return Wide{sign * a.numerator} * b.denominator > Wide{sign * b.numerator} * a.denominator;
  };
  const WorldValue* best = nullptr;
  std::vector<std::size_t> first;
  for (std::size_t s = 0; s < num_strategies(); ++s) {
    const std::optional<WorldValue>& value = values[s * options_.group_size];
    if (!value) return;
    if (options_.is_ratio && value->denominator <= 0) continue;
    if (best == nullptr || better(*value, *best)) {
      best = &*value;
      first.clear();
    } else if (better(*best, *value)) {
      continue;
    }
    first.push_back(s);
  }
  if (best == nullptr) return;
  ++num_contests_;
  for (const std::size_t s : first) ++firsts_[s][first.size() - 1];
}

}  // namespace vouch::statistics
