// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "statistics/coverage.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

namespace vouch::test {
namespace {

constexpr double nominal = 0.95;
constexpr int num_checks = 200;
constexpr std::array<std::uint64_t, 4> sizes{10, 30, 100, 1000};
constexpr int num_easy = 16'500;  // so many that chance, 5.85 standard errors, is less than the point allowed
constexpr int num_hard = 4'000;

struct Counts {
  Share held{};  ///< among those with an interval
  int cautious = 0;
};

void require(const Statement& statement, Data data, std::uint64_t size, const Counts& counts, int num_experiments) {
  const double miss = counts.held.value() - nominal;
  const double error = counts.held.compute_error(nominal);
  const auto allow = [&](double points) { return std::max(points, compute_sidak_limit(num_checks) * error); };
  const bool is_promised = data == Data::easy ? size >= 30 : size == 1000;
  if (is_promised) {
    const double allowed = allow(data == Data::easy ? 0.01 : 0.02);
    CHECK(miss >= -allowed);
    if (statement.claim == Claim::exact) CHECK(miss <= allowed);
  } else if (miss < -allow(0.02)) {
    CHECK(counts.cautious > num_experiments / 2);
  }
}

}  // namespace

Outcome judge(const statistics::Estimate& estimate, double truth) {
  const bool is_known = estimate.interval.has_value();
  return {is_known, is_known && estimate.interval->low <= truth && truth <= estimate.interval->high,
          estimate.caution != statistics::Caution::none};
}

Statement state_value(std::string name, Claim claim, double truth) {
  return {std::move(name), claim, [=](const statistics::Evidence& evidence) {
            return judge(statistics::estimate_value(evidence, 0, 0.95), truth);
          }};
}

Statement state_difference(double truth) {
  return {"difference", Claim::exact, [=](const statistics::Evidence& evidence) {
            return judge(statistics::estimate_difference(evidence, 0, 1, 0.95).estimate, truth);
          }};
}

void CoverageTable::measure(const Population& population, Data data, const std::vector<Statement>& statements) {
  std::vector<std::array<Counts, sizes.size()>> counts(statements.size());
  const std::uint64_t seed = seed_of(population.name);
  const int made = count_experiments(data == Data::easy ? num_easy : num_hard);
  for (int i = 0; i < made; ++i) {
    Experiment experiment(population, seed, i);
    for (std::size_t n = 0; n < sizes.size(); ++n) {
      experiment.add_worlds(sizes[n] - experiment.num_worlds());
      for (std::size_t s = 0; s < statements.size(); ++s) {
        const Outcome outcome = statements[s].judge(experiment.evidence());
        Counts& count = counts[s][n];
        count.cautious += outcome.is_cautious ? 1 : 0;
        count.held.num_experiments += outcome.is_known ? 1 : 0;
        count.held.count += outcome.holds ? 1 : 0;
      }
    }
  }
  for (std::size_t s = 0; s < statements.size(); ++s) {
    for (std::size_t n = 0; n < sizes.size(); ++n) {
      const Counts& count = counts[s][n];
      const double share = count.held.value();
      table_.rows.push_back({statements[s].name, population.name, fmt::format("{}", sizes[n]), format_share(nominal),
                             format_share(share), format_share(count.held.compute_error(share)),
                             fmt::format("{}", made), format_share(static_cast<double>(count.cautious) / made),
                             format_share(1.0 - static_cast<double>(count.held.num_experiments) / made)});
      INFO(statements[s].name << ", " << population.name << ", " << sizes[n] << " worlds: " << share);
      require(statements[s], data, sizes[n], count, made);
    }
  }
}

}  // namespace vouch::test
