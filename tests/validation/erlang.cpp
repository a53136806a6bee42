// SPDX-License-Identifier: Apache-2.0
// Form 9: the reference desk as a loss system.
#include <fmt/format.h>

#include <cmath>

#include "support/catch.hpp"
#include "validation/engine.hpp"

using namespace vouch::test;

namespace {

/// B_0 = 1, B_k = rho B_(k-1) / (k + rho B_(k-1)).
double compute_erlang_b(int servers, double load) {
  double blocked = 1.0;
  for (int k = 1; k <= servers; ++k) blocked = load * blocked / (k + load * blocked);
  return blocked;
}

/// A law of the window of mean 1 day, and how long the desk runs before it is looked at.
struct Law {
  const char* name;
  const char* window;
  double warm_up_days;
};

/// Requests at `load` a day: cold leads whose deals open with a credibility gap, are decided at once, and lost.
Setting make_desk(int references, int calls_cap, double load, const Law& law, const char* rotation) {
  Setting setting;
  setting.horizon_days = 2000;
  setting.warm_up_days = law.warm_up_days;
  setting.tables = fmt::format(
      "[segments.references]\naccounts = {}\n[segments.buyers]\nleads_per_month = {}\n"
      "[deals]\nmoments = [{{ share = 0, credibility_gap = 1 }}]\n",
      references, 30.0 * load);
  setting.strategy = fmt::format(
      "label = 'desk'\n[strategies.only.desk]\nrotation = '{}'\ncalls_cap = {}\ncalls_window_days = {}\n"
      "call_delay_days = 0\n",
      rotation, calls_cap, law.window);
  setting.outcomes = {{"win", "probability = 0"}};
  return setting;
}

void check_blocked(int references, int calls_cap, double load, const Law& law, const char* rotation, int num_worlds) {
  const std::string what = fmt::format("9 blocked, {} references x {} calls, load {}, {}, {}", references, calls_cap,
                                       load, law.name, rotation);
  RatioSample blocked;
  double unaccounted = 0.0;
  run(what, write_scenario(make_desk(references, calls_cap, load, law, rotation)), num_worlds, [&](const World& world) {
    const double requests = world.funnel(Funnel::desk_requests, cold);
    const double served = world.funnel(Funnel::desk_served, cold);
    blocked.add(world.funnel(Funnel::desk_unserved, cold), requests);
    unaccounted += std::fabs(requests - served - world.funnel(Funnel::desk_unserved, cold)) +
                   std::fabs(requests - world.funnel(Funnel::opened, cold)) +
                   std::fabs(served - world.metric(Metric::calls_held));
  });
  CHECK(unaccounted == 0.0);
  check(what, blocked, compute_erlang_b(references * calls_cap, load));
}

}  // namespace

// c references, each out of use for a window of mean 1 day after a call it accepted, requests Poisson at rate rho,
// refusals lost: the share unserved is B_c(rho), whatever the law of the window and the rotation. An account whose cap
// is k calls is k servers.
//
// The desk starts with everybody free. Run beside it a stationary one on the same requests with the same windows: they
// are alike from the first moment at which infinitely many references would all be free. With windows of at most b that
// is so at each of b, 2b, .. independently with probability e^-rho, since those busy then are Poisson of mean rho and
// asked for within b before: after K b the bias is at most (1 - e^-rho)^K. Constant: b = 1, 100 days, rho = 2: 5e-7.
// Lognormal, sigma 0.5: b = 15, K = 70; besides, a window beyond 15 days, of probability Phi(-5.67) = 7e-9, among 2100
// requests: 6e-5 together, a fifth of the smallest standard error here. Exponential windows: the stationary desk has at
// most c busy references more, never more again, and each of them returns at rate 1: c e^-30 after 30 days.
TEST_CASE("9. the reference desk is an Erlang loss system", "[validation]") {
  const Law laws[] = {
      {"constant", "1", 100.0},
      {"exponential", "{ distribution = 'exponential', mean = 1 }", 30.0},
      {"lognormal", "{ distribution = 'lognormal', median = 0.88249690258459546, sigma = 0.5 }", 1050.0}};
  const char* rotations[] = {"least_recently_used", "random", "favourite"};
  for (int i = 0; i < 3; ++i) {
    check_blocked(1, 1, 0.5, laws[i], rotations[i], 200);
    check_blocked(2, 1, 1.5, laws[i], rotations[(i + 1) % 3], 150);
    check_blocked(4, 1, 2.0, laws[i], rotations[(i + 2) % 3], 450);
  }
  check_blocked(2, 2, 2.0, laws[1], "least_fatigued", 450);
}
