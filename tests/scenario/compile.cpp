// SPDX-License-Identifier: Apache-2.0
// What the assumptions compile to.
#include "scenario/scenario.hpp"

#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using model::TouchKind;
using test::parse;
using test::sample_text;
using test::sample_with;

namespace {

model::Model model_of(std::string_view text) { return compile(parse(text)).model; }

/// A list of cumulative probabilities as it should be, but for the last bit of each.
void check_cumulative(const std::vector<double>& found, const std::vector<double>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == Approx(expected[i]).epsilon(1e-15));
  CHECK(found.back() == 1.0);
}

}  // namespace

TEST_CASE("rates are compiled to days") {
  const auto segment = model_of(sample_with("accounts = 100",
                                            "accounts = 100\nleads_per_month = 6\npipeline_days = 90\n"
                                            "incidents_per_year = 2\norganic_per_year = 0.5"))
                           .segments.at(0);
  CHECK(segment.leads_per_day == 6.0 / 30.0);
  CHECK(segment.incidents_per_day == 2.0 / 365.0);
  CHECK(segment.organic_per_day == 0.5 / 365.0);
}

TEST_CASE("a segment's id is a hash of its name, below 2^53, unless given") {
  // FNV-1a of "a" is 0xaf63dc4c8601ec8c (published test vector).
  const std::string text = sample_with("[segments.smb]", "[segments.a]");
  CHECK(model_of(text).segments.at(0).id == 0xaf63dc4c8601ec8cULL >> 11);
  CHECK(model_of(sample_with("accounts = 100", "id = 42\naccounts = 100")).segments.at(0).id == 42);
}

TEST_CASE("segments know whom they know") {
  // By id: mid stands before smb, whose id is a hash.
  const std::string two = "[segments.mid]\nid = 1\naccounts = 1\ntime_to_value_days = 1\n";
  CHECK(model_of(sample_text(two)).segment_order == std::vector<std::uint8_t>{1, 0});
  CHECK(model_of(sample_text(two)).segments.at(0).peer_segments == std::vector<double>{0.0, 1.0});
  CHECK(model_of(sample_text(two)).segments.at(1).peer_segments == std::vector<double>{1.0, 1.0});
  check_cumulative(
      model_of(sample_text(two + "peer_segments = { mid = 0.25, smb = 0.75 }\n")).segments.at(1).peer_segments,
      {0.25, 1.0});
}

TEST_CASE("shares end at exactly one, and give nothing to what cannot be") {
  const auto sizes =
      model_of(sample_with("accounts = 100", "accounts = 100\nsize_class = { a = 0.1, b = 0.2, c = 0.7 }") +
               "[asking]\nsize_classes = [\"a\", \"b\", \"c\", \"d\"]\n")
          .segments.at(0)
          .size_class;
  check_cumulative(sizes, {0.1, 0.3, 1.0, 1.0});
  CHECK(sizes.at(2) == 1.0);
}

TEST_CASE("peers are unlimited unless told") {
  CHECK(model_of(sample_text()).segments.at(0).unlimited_peers);
  const auto limited = model_of(sample_with("accounts = 100", "accounts = 100\npeers = 7")).segments.at(0);
  CHECK_FALSE(limited.unlimited_peers);
  CHECK(limited.peers.parameters[0] == 7.0);
}

TEST_CASE("touches cost minutes and money, and impulses are sorted by stock") {
  const auto model = model_of(sample_text(
      "[stocks.awkwardness]\nhalf_life_days = 21\n[stocks.grievance]\nhalf_life_days = inf\ncap = 4\n"
      "[money]\ncost_per_minute = 1.5\n[touches.chase]\nminutes = 4\nmoney = 0.5\n"
      "impulses = { grievance = { amount = 0.3, times = \"awkwardness\" }, fatigue = 0.5, awkwardness = 0 }\n"));
  CHECK(model.fatigue == 0);
  CHECK(model.stocks.at(2).half_life_days == model::infinite);
  CHECK(model.stocks.at(2).cap == 4.0);
  const model::Touch& chase = model.touch(TouchKind::chase);
  CHECK(chase.minutes == 4.0);
  CHECK(chase.cost == 6.5);
  REQUIRE(chase.impulses.size() == 2);  // an impulse of zero is none
  CHECK(chase.impulses[0].stock == 0);
  CHECK(chase.impulses[0].times == -1);
  CHECK(chase.impulses[0].amount == 0.5);
  CHECK(chase.impulses[1].stock == 2);
  CHECK(chase.impulses[1].times == 1);
  CHECK(chase.impulses[1].amount == 0.3);
  CHECK(model.touch(TouchKind::capsule).impulses.empty());
}

TEST_CASE("without a stock called fatigue there is none to report") {
  const auto text = sample_with("impulses = { fatigue = 1.0 }\n", "");
  CHECK(model_of(text).fatigue == 0);
  std::string renamed = text;
  for (std::size_t at; (at = renamed.find("fatigue")) != std::string::npos;) renamed.replace(at, 7, "tiredness");
  CHECK(model_of(renamed).fatigue == -1);
}

TEST_CASE("money, deals and asking are taken over") {
  const auto model = model_of(
      sample_text("[money]\nmargin = 0.8\ndiscount_rate = 0.08\nreferral_value_factor = 1.1\nexpansion_value = 0.3\n"
                  "[deals]\nreferral_cycle_factor = 0.7\nmatch = { segment = 0.6 }\n"
                  "[asking]\nmaybe_returns = 0.2\nmaybe_delay_days = 14\nsurvey_noise = 0.7\n"
                  "[output]\nbin_days = 10\nfollow_up_days = 100\nfatigue_limit = 2\nseries = false\n"));
  CHECK(model.margin == 0.8);
  CHECK(model.discount_rate == 0.08);
  CHECK(model.referral_value_factor == 1.1);
  CHECK(model.expansion_value == 0.3);
  CHECK(model.referral_cycle_factor == 0.7);
  CHECK(model.match.segment == 0.6);
  CHECK(model.match.size_class == 0.25);
  CHECK(model.maybe_returns == 0.2);
  CHECK(model.maybe_delay_days.parameters[0] == 14.0);
  CHECK(model.survey_noise == 0.7);
  CHECK(model.bin_days == 10.0);
  CHECK(model.follow_up_days == 100.0);
  CHECK(model.fatigue_limit == 2.0);
  CHECK_FALSE(model.series);
}
