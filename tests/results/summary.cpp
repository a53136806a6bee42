// SPDX-License-Identifier: Apache-2.0
#include "results/summary.hpp"

#include <cmath>
#include <vector>

#include "support/catch.hpp"

using namespace vouch::results;

TEST_CASE("moments of known numbers") {
  Moments moments(2);
  CHECK(std::isnan(moments.means()[0]));
  moments.add(std::vector<double>{1.0, 10.0});
  CHECK(moments.means()[1] == 10.0);
  CHECK(std::isnan(moments.variances()[0]));
  moments.add(std::vector<double>{2.0, 20.0});
  moments.add(std::vector<double>{6.0, 60.0});
  CHECK(moments.means()[0] == Approx(3.0));
  CHECK(moments.variances()[0] == Approx(7.0));
  CHECK(moments.variances()[1] == Approx(700.0));
}

TEST_CASE("quantiles interpolate between order statistics, of the first worlds only") {
  Summary small(1, 5);
  for (const double x : {5.0, 1.0, 4.0, 2.0, 3.0}) small.add(std::vector<double>{x});
  const std::vector<double> expected = {1.2, 2.0, 3.0, 4.0, 4.8};
  const auto found = small.compute_quantiles();
  for (std::size_t q = 0; q < num_summary_quantiles; ++q) CHECK(found[q] == Approx(expected[q]));

  Summary large(1, 5000);
  for (int i = 0; i < 5000; ++i) large.add(std::vector<double>{i < 4096 ? 1.0 : 1e9});
  CHECK(large.compute_quantiles()[4] == 1.0);
  CHECK(large.moments().means()[0] > 1e6);
  CHECK(std::isnan(Summary(1, 5).compute_quantiles()[0]));
}

TEST_CASE("paired differences are taken world by world") {
  Summary summary(1, 3);
  summary.add_pair(std::vector<double>{3.0}, std::vector<double>{1.0});
  summary.add_pair(std::vector<double>{103.0}, std::vector<double>{101.0});
  CHECK(summary.differences().means()[0] == 2.0);
  CHECK(summary.differences().variances()[0] == 0.0);
}
