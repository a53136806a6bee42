// SPDX-License-Identifier: Apache-2.0
// One mechanism alone: what a served request is worth, who may serve, and refusals.
#include <cmath>

#include "support/catch.hpp"
#include "validation/desk.hpp"

using namespace vouch::test;

namespace {

/// One reference that is small and led by a chief.
const std::string one_reference =
    "[asking]\nsize_classes = ['small', 'large']\nseniorities = ['chief', 'head']\n"
    "[segments.references]\naccounts = 1\nsize_class = { small = 1 }\nseniority = { chief = 1 }\n";

}  // namespace

// match = .25 [same size] + .25 [same seniority] (the segments differ): .5, .25 and 0 with probabilities 1/8, 1/8 + 3/8
// and 3/8; its mean is .1875. The chance of winning is identity: .2 + the weights. A mismatched peer hurts when
// `reference` is negative: a call of match 0 costs .15, one of match .5 gains .15, and min_match .25 keeps the harm
// away: served 5/8, won .2 + 5/8 x -.15 + .6 x .1875 in place of .2 - .15 + .6 x .1875. An open gap costs what it
// weighs.
TEST_CASE("desk: what a held call is worth", "[validation]") {
  struct Case {
    const char* what;
    const char* desk;
    const char* weights;  ///< of win
    double served, won;
  };
  for (const Case& expected :
       {Case{"any match", "", "reference = 0.3, reference_match = 0.4", 1.0, 0.2 + 0.3 + 0.4 * 0.1875},
        Case{"mismatch hurts", "", "reference = -0.15, reference_match = 0.6", 1.0, 0.2 - 0.15 + 0.6 * 0.1875},
        Case{"min_match", "min_match = 0.25\n", "reference = -0.15, reference_match = 0.6", 0.625,
             0.2 - 0.625 * 0.15 + 0.6 * 0.1875},
        Case{"min_match, open gaps", "min_match = 0.5\n", "reference = 0.5, credibility_gap = -0.1", 0.125,
             0.2 + 0.125 * 0.5 - 0.875 * 0.1},
        Case{"no desk", "runs = false\n", "reference = 0.5, credibility_gap = -0.1", 0.0, 0.1}}) {
    // Buyers who have bought may not serve.
    Setting setting = make_requests(one_reference, "reference_consent = 0\n" + matching_buyers, expected.desk);
    setting.outcomes["win"] = fmt::format("link = 'identity'\nintercept = 0.2\nweights = {{ {} }}", expected.weights);
    RatioSample served;
    RatioSample won;
    RatioSample open;
    run(fmt::format("calls, {}", expected.what), write_scenario(setting), 3000, [&](const World& world) {
      const double opened = world.funnel(Funnel::opened, cold);
      served.add(world.funnel(Funnel::deal_calls, cold), opened);
      open.add(world.funnel(Funnel::credibility_open, cold), opened);
      won.add(world.funnel(Funnel::won, cold), opened);
    });
    const bool is_certain = expected.served == 0.0 || expected.served == 1.0;
    if (is_certain) {
      CHECK(served.ratio() == expected.served);
    } else {
      check(fmt::format("desk, served, {}", expected.what), served, expected.served);
      check(fmt::format("desk, gaps left open, {}", expected.what), open, 1.0 - expected.served);
    }
    check(fmt::format("desk, won, {}", expected.what), won, expected.won);
  }
}

// Each asked account accepts with p = .3; up to n of c are asked: with k = min(n, c) a request is served with
// 1 - (1 - p)^k and asks (1 - (1 - p)^k)/p accounts.
TEST_CASE("desk: refusals", "[validation]") {
  constexpr double p = 0.3;
  for (const auto& [tries, references] : {std::pair{1, 5}, std::pair{3, 5}, std::pair{4, 2}}) {
    Setting setting = make_requests(fmt::format("[segments.references]\naccounts = {}", references), "",
                                    fmt::format("max_tries = {}\n", tries));
    setting.outcomes["accept_call"] = fmt::format("probability = {}", p);
    RatioSample served;
    RatioSample asks;
    double unaccounted = 0.0;
    run(fmt::format("refusals, {} of {}", tries, references), write_scenario(setting), 1200, [&](const World& world) {
      const double requests = world.funnel(Funnel::desk_requests, cold);
      served.add(world.funnel(Funnel::desk_served, cold), requests);
      asks.add(world.metric(Metric::desk_asks), requests);
      unaccounted += std::fabs(world.metric(Metric::desk_asks) - world.metric(Metric::desk_refusals) -
                               world.funnel(Funnel::desk_served, cold));
    });
    CHECK(unaccounted == 0.0);
    const double exact = 1.0 - std::pow(1.0 - p, std::min(tries, references));
    check(fmt::format("desk, served in {} tries of {}", tries, references), served, exact);
    if (tries > 1)
      check(fmt::format("desk, asked in {} tries of {}", tries, references), asks, exact / p);
    else
      CHECK(asks.ratio() == 1.0);
  }
}

// Who may serve: with consent (probability .4 each of 3), after the first result (it never comes with 1/2). A request
// is served if one of three is fit: 1 - (1 - q)^3. The three are the same for all requests of a world.
TEST_CASE("desk: only consenting accounts with results serve", "[validation]") {
  for (const auto& [keys, q] : {std::pair{"reference_consent = 0.4", 0.4}, std::pair{"value_probability = 0.5", 0.5},
                                std::pair{"time_to_value_days = 1000", 0.0}}) {
    const Setting setting = make_requests(fmt::format("[segments.references]\naccounts = 3\n{}\n", keys), "", "", 30.0);
    RatioSample served;
    run(fmt::format("fit, {}", keys), write_scenario(setting), q == 0.0 ? 10 : 30'000, [&](const World& world) {
      served.add(world.funnel(Funnel::desk_served, cold), world.funnel(Funnel::desk_requests, cold));
    });
    if (q == 0.0)
      CHECK(served.ratio() == 0.0);
    else
      check(fmt::format("desk, served, {}", keys), served, 1.0 - std::pow(1.0 - q, 3));
  }
}
