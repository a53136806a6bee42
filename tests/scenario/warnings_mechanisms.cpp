// SPDX-License-Identifier: Apache-2.0
// Populations, reps and desks that do nothing, each with its exact message and place.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::sample_text;
using test::sample_with;
using test::warning_of;
using test::warnings_of;

namespace {

const std::string partners = "[populations.partners]\naccounts = 7\npeer_segments = { smb = 1 }\n";
const std::string gaps = "[deals]\nmoments = [{ share = 0.5, credibility_gap = 0.5, access_gap = 0.5 }]\n";

/// The sample with gaps in its deals, and a desk of these keys from line 32 on.
std::string with_desk(const std::string& keys, const std::string& extra = {}) {
  return sample_text(gaps + "[strategies.early.desk]\n" + keys + extra);
}

}  // namespace

TEST_CASE("what the mechanisms need not be warned of") {
  CHECK(warnings_of(with_desk("min_match = 1\nmax_fatigue = 2\n")).empty());
  CHECK(
      warnings_of(sample_text("[reps]\ncount = 3\nterritories = 3\nasks_per_week = 5\npriority = \"most_valuable\"\n"))
          .empty());
  CHECK(warnings_of(sample_text("[strategies.p]\npopulation = \"partners\"\nwhen = \"calendar\"\ncalendar_days = 30\n" +
                                partners))
            .empty());
}

TEST_CASE("a population that no program addresses is told") {
  CHECK(warning_of(sample_text(partners)) ==
        "s.toml:29:14: warning: no program addresses population 'partners' (nobody asks it); give a program population "
        "= \"partners\"");
}

TEST_CASE("programs that can never ask a population are told") {
  const auto with = [](const std::string& keys) {
    return warning_of(sample_text("[strategies.p]\npopulation = \"partners\"\n" + keys + partners));
  };
  const std::string check = "; check `when`, `reach` and `segments`";
  CHECK(with("when = \"referral_won\"\n") ==
        "s.toml:31:8: warning: strategy 'p' can never ask (nothing brings a first referral)" + check);
  CHECK(warnings_of(sample_text("[strategies.p]\npopulation = \"partners\"\nwhen = \"calendar\"\ncalendar_days = 30\n"
                                "reach = \"new\"\n" +
                                partners))
            .at(0) ==
        "s.toml:24:1: warning: strategies differ in reach: \"all\" (early), \"new\" (p) (they ask different "
        "customers, so they are not compared like with like); hold reach equal, or read matched metrics");
  CHECK(warnings_of(sample_text("[strategies.p]\npopulation = \"partners\"\nwhen = \"calendar\"\ncalendar_days = 30\n"
                                "reach = \"new\"\n" +
                                partners))
            .at(1) ==
        "s.toml:31:8: warning: strategy 'p' can never ask (partners and outsiders were there before it "
        "began)" +
            check);
}

TEST_CASE("too few reps, and keys of reps who are not limited, are told") {
  CHECK(warning_of(sample_text("[reps]\nterritories = 4\ncount = 3\nasks_per_week = 5\n")) ==
        "s.toml:31:9: warning: 3 reps for 4 territories (a territory without a rep asks nobody); give at least 4, or "
        "fewer reps.territories");
  CHECK(warning_of(sample_text("[reps]\npriority = \"most_valuable\"\n")) ==
        "s.toml:30:12: warning: priority without limited reps (nobody waits for them); give reps.count, or remove it");
  CHECK(warning_of(sample_text("[reps]\nasks_per_week = 3\n")) ==
        "s.toml:30:17: warning: asks_per_week without limited reps (their time has no end); give reps.count, or remove "
        "it");
  // One strategy whose reps are limited is enough.
  CHECK(warnings_of(sample_text("[reps]\nasks_per_week = 3\npriority = \"most_valuable\"\n"
                                "[strategies.early.reps]\ncount = 2\n"))
            .empty());
}

TEST_CASE("a desk that is never asked, or finds nobody, is told") {
  CHECK(
      warning_of(sample_text("[strategies.early.desk]\n")) ==
      "s.toml:29:1: warning: a reference desk that is never asked (no moment in [deals] has a credibility_gap, and it "
      "serves no renewals); add deals.moments with a credibility_gap, or renewals = true");
  CHECK(warnings_of(sample_text("expansion = true\n[strategies.early.desk]\nrenewals = true\n")).empty());
  CHECK(warning_of(with_desk("renewals = true\n")) ==
        "s.toml:32:12: warning: a desk serves renewals where no strategy tries to expand (what it leaves acts on "
        "`expand` only); set expansion = true, or remove `renewals`");
  CHECK(
      warning_of(with_desk("min_match = 1.5\n")) ==
      "s.toml:32:13: warning: min_match = 1.5 is more than the weights of `match` can reach (a perfect match is 1, so "
      "the desk finds nobody); lower it, or raise deals.match");
  CHECK(warning_of(with_desk("capsules = true\n")) ==
        "s.toml:32:12: warning: a desk has capsules where no program asks for testimonials (a capsule is the quote of "
        "an account with one); add a program with when = \"testimonial\", or remove `capsules`");
  std::string tired = with_desk("max_fatigue = 2\n");
  for (std::size_t at = 0; (at = tired.find("fatigue", at)) != std::string::npos;)
    if (tired[at - 1] == '_') {
      at += 7;
    } else {
      tired.replace(at, 7, "tiredness");
    }
  CHECK(warning_of(tired) ==
        "s.toml:32:15: warning: max_fatigue without a stock called 'fatigue' (nobody tires); add [stocks.fatigue], or "
        "remove it");
}

TEST_CASE("what a desk agrees on must change something") {
  CHECK(
      warning_of(with_desk("contingent_next_step = true\n")) ==
      "s.toml:32:24: warning: contingent_next_step has no effect (with next_step_factor = 1 and stall_days = 0 a call "
      "leaves the deal's length as it is); give deals.next_step_factor or deals.stall_days");
  CHECK(warnings_of(sample_text(gaps + "stall_days = 3\n[strategies.early.desk]\ncontingent_next_step = true\n"))
            .empty());
  CHECK(
      warnings_of(sample_text(gaps + "next_step_factor = 0.5\n[strategies.early.desk]\ncontingent_next_step = true\n"))
          .empty());
}

TEST_CASE("internal introductions that never close a gap are told") {
  CHECK(warning_of(sample_text("internal_introductions = true\n" + gaps)) ==
        "s.toml:29:26: warning: internal_introductions has no effect (deals.internal_introduction is 0); give "
        "deals.internal_introduction");
  CHECK(warning_of(sample_text("internal_introductions = true\n[deals]\ninternal_introduction = 0.5\n")) ==
        "s.toml:29:26: warning: internal_introductions has no effect (no moment in [deals] has an access_gap); add "
        "deals.moments with an access_gap");
  CHECK(warnings_of(sample_text("internal_introductions = true\n" + gaps + "internal_introduction = 0.5\n")).empty());
}

TEST_CASE("a key that acts in one strategy is no idle key of those that inherit it") {
  const std::string base = "expansion = true\n[strategies.early.desk]\nrenewals = true\n";
  CHECK(warnings_of(sample_text(base + "[strategies.plain]\nextends = \"early\"\nexpansion = false\n")).empty());
}
