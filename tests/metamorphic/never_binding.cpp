// SPDX-License-Identifier: Apache-2.0
// A limit that never binds equals none, to the bit, in coupled worlds; and a coupling that never binds makes no
// difference to worlds without.
//
// A finite market of any size is another world than an unlimited one: its prospects are companies, whose traits and
// deals are keyed by the company and not by who names it. So there is no such test of `market`.
#include "metamorphic/coupled.hpp"

using namespace vouch::test;

namespace {

struct Limit {
  const char* what;
  const char* from;  ///< in the coupled scenario; both sides are in place of it
  const char* unlimited;
  const char* never_binding;
};

const char* const window = "calls_cap = 2\n";
const char* const result = "[strategies.turns.programs.result]\n";

}  // namespace

TEST_CASE("a limit that never binds equals none", "[metamorphic]") {
  for (const Limit& limit : {
           Limit{"calls_cap", window, "calls_cap = \"unlimited\"\n", "calls_cap = 1000000\n"},
           Limit{"calls_cap by default", window, "", "calls_cap = 1000000\n"},
           Limit{"max_fatigue", "max_fatigue = 2\n", "max_fatigue = inf\n", "max_fatigue = 1e9\n"},
           Limit{"max_fatigue by default", "max_fatigue = 2\n", "", "max_fatigue = 1e9\n"},
           Limit{"min_match", "min_match = 0.25\n", "", "min_match = 0\n"},
           Limit{"max_tries", window, "calls_cap = 2\nmax_tries = 1000\n", "calls_cap = 2\nmax_tries = 1000000\n"},
           Limit{"retry_after_days", "retry_after_days = 90\n", "", "retry_after_days = 1e9\n"},
           Limit{"max_asks", result, result, "[strategies.turns.programs.result]\nmax_asks = 1000000000\n"},
           Limit{"min_gap_days", "min_gap_days = 20\n", "", "min_gap_days = 1e-9\n"},
           Limit{"guard", "guard = \"fatigue < 2\"\n", "", "guard = \"fatigue < 1e9 and num_asks < 1e9\"\n"},
           Limit{"favour guard", "favours = { gap_days = 90 }", "favours = { gap_days = 90 }",
                 "favours = { gap_days = 90, guard = 'generation < 100' }"},
           Limit{"mention_min_tie", "form = \"mention\"\n", "form = \"mention\"\n",
                 "form = \"mention\"\nmention_min_tie = 0\n"},
           Limit{"a stock's cap", "cap = 3.0", "cap = inf", "cap = 1e300"},
           Limit{"nerve", "nerve = 0.9\n", "", "nerve = 1\n"},
           Limit{"brave_share", "brave_share = 0.8\n", "", "brave_share = 1\n"},
           Limit{"slots", "asks_per_week = 0.4\n", "asks_per_week = 1e5\n", "asks_per_week = 1e6\n"},
           Limit{"internal introductions that never help", "internal_introduction = 0.5\n",
                 "internal_introduction = 0\n", ""},
           Limit{"a desk whose runs is true", "[strategies.turns.desk]\n", "[strategies.turns.desk]\n",
                 "[strategies.turns.desk]\nruns = true\n"},
       })
    check_same(limit.what, replace(coupled(), limit.from, limit.unlimited),
               replace(coupled(), limit.from, limit.never_binding));
}

// 0.8 of 600 000 reps are brave, as 0.8 of each territory's 300 000 are: nothing is rounded.
TEST_CASE("reps with slots for everybody equal unlimited ones", "[metamorphic]") {
  const std::string limited =
      replace(coupled(), "count = 5\nasks_per_week = 0.4\n", "count = 600000\nasks_per_week = 7\n");
  const std::string free = replace(coupled(), "count = 5\nasks_per_week = 0.4\n", "");
  const std::string overriding = "reps = { count = 3, asks_per_week = 1.5, priority = \"fifo\", brave_share = 0.5 }\n";
  check_same("slots for everybody", replace(limited, overriding, ""), replace(free, overriding, ""));
  check_same("slots for everybody, in a strategy",
             replace(free, overriding, "reps = { count = 600000, asks_per_week = 7, brave_share = 0.5 }\n"),
             replace(free, overriding, "reps = { brave_share = 0.5 }\n"));
  // Whoever is served at once, the queue's order is of no matter.
  check_same("priority without a queue", limited, replace(limited, "\"most_likely_yes\"", "\"most_valuable\""));
}

// With neither a cost in time nor a gain the next step is of no matter.
TEST_CASE("a desk without consequences, and one that nobody asks", "[metamorphic]") {
  const std::string neutral =
      replace(replace(coupled(), "next_step_factor = 0.7\n", ""), "stall_days = 6\n", "stall_days = 0\n");
  check_same("next step", neutral, replace(neutral, "contingent_next_step = true", "contingent_next_step = false"));
  // Without a gap at any moment, and without renewals, no request reaches the desk.
  const std::size_t from = coupled().find("moments = [");
  const std::string moments = coupled().substr(from, coupled().find('\n', from) - from);
  const std::string idle = replace(coupled(), "renewals = true\n", "renewals = false\n");
  for (const char* rare :
       {"", "moments = []", "moments = [{ share = 0.5 }]", "moments = [{ share = 0.5, access_gap = 0.4 }]"}) {
    const std::string with = replace(idle, moments, rare);
    const std::string without = replace(with, "[strategies.turns.desk]\n", "[strategies.turns.desk]\nruns = false\n");
    INFO(rare);
    check_same("a desk that nobody asks", with, without);
  }
  check_same("moments without gaps", replace(idle, moments, ""), replace(idle, moments, "moments = [{ share = 0.5 }]"));
  // A desk whose references all refuse and that has no capsules is asked in vain: only its own numbers move.
  const std::string vain =
      replace(replace(coupled(), "intercept = 1.0, weights = { fatigue = -0.8, goodwill = 0.3 }", "intercept = -1000"),
              "capsules = true\n", "");
  const Worlds asked = simulate(vain, replications);
  const Worlds none =
      simulate(replace(vain, "[strategies.turns.desk]\n", "[strategies.turns.desk]\nruns = false\n"), replications);
  for (std::size_t r = 0; r < replications; ++r) {
    auto first = asked.name_cells("turns", r);
    auto second = none.name_cells("turns", r);
    std::int64_t requests = 0;
    for (auto* cells : {&first, &second})
      for (auto& [key, value] : *cells)
        if (key.rfind("desk_", 0) == 0 || key.rfind("renewal_", 0) == 0) {
          requests += value;
          value = 0;
        }
    CHECK(requests > 0);
    CHECK((first == second));
  }
}

// The scenario of all mechanisms has no coupling. Slots, a desk and territories that bind nobody force its events into
// one order for the whole world, and change nothing.
TEST_CASE("worlds in one order equal worlds account by account", "[metamorphic]") {
  const std::string free = all_mechanisms();
  const std::string slots =
      replace(free, "[segments.smb]", "[reps]\ncount = 1000000\nasks_per_week = 7\n\n[segments.smb]");
  const std::string desk = free + "\n[strategies.careless.desk]\ncalls_cap = 1\n\n[strategies.everything.desk]\n";
  check_same("slots", free, slots);
  check_same("slots and territories", free, replace(slots, "[reps]\n", "[reps]\nterritories = 7\n"));
  check_same("territories", free, replace(free, "[segments.smb]", "[reps]\nterritories = 2\n\n[segments.smb]"));
  check_same("a desk", free, desk);
}
