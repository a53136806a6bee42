// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: what happens though nobody asks, incidents and organic referrals.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

// Incidents are Poisson at 6 a year x e^(-.8 quality), quality .5. Each adds .3 x awkwardness to a grievance that does
// not fade, awkwardness 1 at the purchase, halving in 30 days: its mean after t days is
// r .3 tau (1 - 2^(-t/30)), tau = 30 / ln 2, r the daily rate. A renewal on day 60 is kept with .3 of it.
TEST_CASE("incidents, and an impulse multiplied by a stock", "[validation]") {
  constexpr double accounts = 1000.0;
  const double rate = 6.0 / 365.0 * std::exp(-0.4);
  Setting setting;
  setting.horizon_days = 61;
  setting.segment =
      "accounts = 1000\nquality = 0.5\nincidents_per_year = 6\nincident_quality = 0.8\ncontract_days = 60";
  setting.tables =
      "[stocks.awkwardness]\nhalf_life_days = 30\n[stocks.grievance]\nhalf_life_days = inf\n[touches.purchase]\n"
      "impulses = { awkwardness = 1 }\n[touches.incident]\nimpulses = { grievance = { amount = 0.3, times = "
      "'awkwardness' } }\n";
  setting.strategy = "label = 'never ask'";
  // At most 1 but for 11 incidents in their first days, of probability below 1e-9.
  setting.outcomes = {{"renew", "link = 'identity'\nintercept = 0\nweights = { grievance = 0.3 }"}};
  Sample incidents;
  Sample kept;
  run("incidents", write_scenario(setting), 1500, [&](const World& world) {
    incidents.add(world.metric(Metric::incidents));
    kept.add(accounts - world.metric(Metric::lost_customers));
  });
  // Those of the few kept after day 60 are counted too.
  const double grievance = rate * 0.3 * 30.0 / std::log(2.0) * (1.0 - std::exp2(-2.0));
  check("incidents", incidents, accounts * rate * (60.0 + 0.3 * grievance));
  check("incidents, renewals", kept, accounts * 0.3 * grievance);
}

// Candidate moments, 12 a year, refer with .25 whatever we do; thanks apply, rewards do not.
TEST_CASE("organic referrals are thanked and not paid", "[validation]") {
  Setting setting;
  setting.horizon_days = 365;
  setting.segment = "accounts = 100\norganic_per_year = 12\npeers = 'unlimited'\ncycle_days = 400";
  setting.strategy = "label = 'never ask'\nthank_you_days = 0\nreward_referrer = 100\nfee = 30\ncommission = 0.1";
  setting.outcomes = {{"organic", "probability = 0.25"}};
  Sample introduced;
  double unaccounted = 0.0;
  run("organic, thanked", write_scenario(setting), 300, [&](const World& world) {
    introduced.add(world.funnel(Funnel::introduced, organic));
    unaccounted += std::fabs(world.funnel(Funnel::introduced, organic) - world.metric(Metric::thanks)) +
                   world.metric(Metric::reward_cost);
  });
  CHECK(unaccounted == 0.0);
  check("organic referrals", introduced, 300.0);
}
