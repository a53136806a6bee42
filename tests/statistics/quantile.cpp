// SPDX-License-Identifier: Apache-2.0
#include <boost/math/distributions/binomial.hpp>

#include "statistics/estimate.hpp"
#include "statistics/series.hpp"
#include "support/catch.hpp"

using namespace vouch::statistics;
using vouch::test::make_evidence;
using vouch::test::Series;

namespace {

/// 1 to n in a mixed order, so that an order statistic is its rank.
Evidence list_ranks(std::int64_t n) {
  Series series;
  for (std::int64_t i = 0; i < n; ++i) series.numerators.push_back(i * 7919 % n + 1);
  return make_evidence({series});
}

}  // namespace

TEST_CASE("quantiles are R's, type 7") {
  const Evidence evidence = make_evidence({{{31, 2, 17, 8, 45, 23, 11, 5, 38, 29, 14, 20}}});
  CHECK(*estimate_quantile(evidence, 0, 0.5, 0.95).value == Approx(18.5));
  CHECK(*estimate_quantile(evidence, 0, 0.9, 0.95).value == Approx(37.3));
  CHECK(*estimate_quantile(evidence, 0, 0.123, 0.95).value == Approx(6.059));
  CHECK(*estimate_quantile(make_evidence({{{7}}}), 0, 0.9, 0.95).value == 7.0);
}

TEST_CASE("intervals of quantiles lie between the nearest order statistics that are sure enough") {
  // Found in R by trying all pairs of ranks with pbinom.
  struct Expected {
    double probability;
    std::int64_t n;
    double low, high;
  };
  for (const Expected& e : {Expected{0.5, 6, 1, 6}, Expected{0.5, 12, 3, 10}, Expected{0.5, 30, 10, 21},
                            Expected{0.5, 100, 40, 60}, Expected{0.5, 1000, 469, 531}, Expected{0.9, 30, 22, 30},
                            Expected{0.9, 100, 84, 96}, Expected{0.9, 1000, 881, 919}}) {
    const auto interval = estimate_quantile(list_ranks(e.n), 0, e.probability, 0.95).interval;
    CAPTURE(e.probability, e.n);
    CHECK(interval->low == e.low);
    CHECK(interval->high == e.high);
  }
}

TEST_CASE("too few worlds give a quantile no interval") {
  CHECK_FALSE(estimate_quantile(list_ranks(5), 0, 0.5, 0.95).interval);
  CHECK_FALSE(estimate_quantile(list_ranks(12), 0, 0.9, 0.95).interval);
  CHECK_FALSE(estimate_quantile(make_evidence({{{}}}), 0, 0.5, 0.95).value);
}

TEST_CASE("quantiles far out and of many worlds stay within double's range") {
  const auto interval = estimate_quantile(list_ranks(4096), 0, 0.999, 0.95).interval;
  const boost::math::binomial count(4096, 0.999);
  const double chance = boost::math::cdf(count, interval->high - 1) - boost::math::cdf(count, interval->low - 1);
  CHECK(chance >= 0.95);
  CHECK(chance < 0.98);
}

TEST_CASE("a quantile of ratios is of each group's own ratio, of means of each world") {
  const Evidence ratios = make_evidence({{{1, 5, 3, 9}, {2, 5, 0, 3}}});  // 0.5, 1 and 3
  CHECK(estimate_quantile(ratios, 0, 0.5, 0.95).num_worlds == 3);
  CHECK(*estimate_quantile(ratios, 0, 0.5, 0.95).value == Approx(1.0));
  EvidenceOptions pairs;
  pairs.group_size = 2;
  CHECK(*estimate_quantile(make_evidence({{{1, 3, 10, 20, 4, 6}}}, pairs), 0, 0.5, 0.95).value == Approx(5.0));
}
