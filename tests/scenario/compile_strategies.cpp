// SPDX-License-Identifier: Apache-2.0
// What strategies compile to.
#include "random/maths.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using model::Feature;
using model::OutcomeKind;
using test::parse;
using test::sample_text;
using test::sample_with;

namespace {

model::Strategy early(std::string_view text) { return compile(parse(text)).strategies.at(1); }

}  // namespace

TEST_CASE("without `when` a strategy never asks; with it, it has one program") {
  const auto compiled = compile(parse(sample_text()));
  CHECK(compiled.max_programs == 1);
  CHECK(compiled.strategies.at(0).programs.empty());
  const auto& programs = compiled.strategies.at(1).programs;
  REQUIRE(programs.size() == 1);
  CHECK(programs[0].name == "client");
  CHECK(programs[0].triggers == model::on_purchase);
  CHECK(programs[0].delay_days.parameters[0] == 5.0);
  CHECK(programs[0].addresses_segment == std::vector<std::uint8_t>{1});
  CHECK(programs[0].from_days == 0.0);
  CHECK(programs[0].until_days == model::infinite);
  CHECK_FALSE(programs[0].repeats);
}

TEST_CASE("each trigger has its bit") {
  const auto triggers = [](const char* name) {
    return early(sample_with("when = \"purchase\"",
                             "when = \"" + std::string(name) +
                                 "\"\ncalendar_days = 90\nsurvey_days = 30\nthreshold = 0.5\nmin_gap_days = 60"))
        .programs.at(0)
        .triggers;
  };
  CHECK(triggers("purchase") == model::on_purchase);
  CHECK(triggers("value_realised") == model::on_value_realised);
  CHECK(triggers("testimonial") == model::on_testimonial);
  CHECK(triggers("renewal") == model::on_renewal);
  CHECK(triggers("referral_won") == model::on_referral_won);
  CHECK(triggers("calendar") == model::by_calendar);
  CHECK(triggers("survey") == model::by_survey);
  CHECK(triggers("willingness") == model::by_willingness);
}

TEST_CASE("a program's keys are taken over") {
  const auto program =
      early(sample_text(
                "segments = \"smb\"\nreach = \"new\"\nrepeat_days = { distribution = \"exponential\", mean = 45 "
                "}\nmax_asks = 6\nmin_gap_days = 20\n"
                "stop_after_no = true\nstop_after_yes = true\nguard = \"fatigue < 2\"\nbacklog = { spread_days = 90 }\n"
                "testimonial_delay_days = 3\ntestimonial_retry_days = 60\nrecovery = true\nform = "
                "\"mention\"\nsecond_ask = \"maybe_or_no\"\n"
                "positioning = true\nnames_per_yes = 2\nfavours = { gap_days = 60, guard = \"value_realised\" "
                "}\nintroduction_delay_days = 2\n"
                "chases = 3\nchase_spacing_days = 5\nfallback = \"contact\"\nmention_min_tie = "
                "0.5\nmention_needs_consent = true\n"))
          .programs.at(0);
  CHECK(program.reach == model::Reach::new_customers);
  CHECK(program.repeats);
  CHECK(program.repeat_days == random::make_distribution(random::Family::exponential, 45));
  CHECK(program.max_asks == 6);
  CHECK(program.min_gap_days == 20.0);
  CHECK(program.stop_after_no);
  CHECK(program.stop_after_yes);
  REQUIRE(program.guard.steps.size() == 1);
  CHECK(program.guard.steps[0].feature == model::stock_feature(0));
  CHECK(program.backlog_spread_days == 90.0);
  CHECK(program.testimonial_delay_days == 3.0);
  CHECK(program.testimonial_retry_days == 60.0);
  CHECK(program.recovery);
  CHECK(program.form == model::Form::mention);
  CHECK(program.second_ask == model::SecondAsk::maybe_or_no);
  CHECK(program.positioning);
  CHECK(program.has_names_per_yes);
  CHECK(program.names_per_yes.parameters[0] == 2.0);
  CHECK(program.favour_gap_days == 60.0);
  CHECK(program.favour_guard.steps.at(0).feature == Feature::value_realised);
  CHECK(program.introduction_delay_days.parameters[0] == 2.0);
  CHECK(program.chases == 3);
  CHECK(program.chase_spacing_days.parameters[0] == 5.0);
  CHECK(program.fallback == model::Fallback::contact);
  CHECK(program.mention_min_tie == 0.5);
  CHECK(program.mention_needs_consent);
}

TEST_CASE("thanks are weakened by their delay") {
  const auto strategy =
      early(sample_text("thanks_for_promise_days = 0\nthank_you_days = 14\nwin_thank_you_days = 28\nreward_days = 40\n"
                        "reward_referrer = 100\nreward_customer = 50\ncommission = 0.1\nfee = 20\n"
                        "[touches.thank_you]\nimpulses = { fatigue = -0.5 }\nminutes = 5\n"));
  const model::Conduct& conduct = strategy.programs.at(0).conduct;
  CHECK(conduct.promise.enabled);
  CHECK(conduct.introduction.touch.impulses.at(0).amount == -0.25);
  CHECK(conduct.introduction.touch.minutes == 5.0);
  CHECK(conduct.win.touch.impulses.at(0).amount == -0.125);
  CHECK(conduct.win.delay_days == 28.0);
  CHECK_FALSE(conduct.status_report.enabled);
  CHECK(conduct.acknowledges);
  CHECK(conduct.reward_referrer == 100.0);
  CHECK(conduct.fee == 20.0);
  const model::Conduct& organic = strategy.manners.organic;
  CHECK(organic.win.enabled);
  CHECK(organic.reward_referrer == 0.0);
  CHECK(organic.reward_customer == 0.0);
  CHECK(organic.commission == 0.0);
  CHECK(organic.fee == 0.0);
}

TEST_CASE("only thanks for a win within 30 days acknowledge it") {
  const auto acknowledges = [](const char* key) { return early(sample_text(key)).programs.at(0).conduct.acknowledges; };
  CHECK_FALSE(acknowledges(""));
  CHECK_FALSE(acknowledges("thank_you_days = 1\nthanks_for_promise_days = 1\nstatus_report_days = 1\n"));
  CHECK(acknowledges("win_thank_you_days = 30\n"));
  CHECK_FALSE(acknowledges("win_thank_you_days = 31\n"));
  CHECK(acknowledges("recognition_days = 1\n"));
  CHECK(acknowledges("reward_days = 1\n"));
  CHECK(acknowledges("thanks_from_customer_days = 1\n"));
}

TEST_CASE("an outcome's base holds offsets, conduct and reward; weights are sorted and never zero") {
  const auto strategy = early(
      sample_with("weights = { value_realised = 1.2, fatigue = -0.9 }",
                  "weights = { value_realised = 1.2, fatigue = -0.9, quality = 0, template = 0.2, reward = 0.1 }\n"
                  "segments = { smb = 0.25 }\nprograms = { client = 0.5 }\nmaybe_margin = 0.75") +
      "reward_referrer = 250\nconduct = { template = 2 }\n");
  const model::Outcome& ask = strategy.outcome(OutcomeKind::ask);
  CHECK(ask.link == model::Link::logit);
  REQUIRE(ask.weights.size() == 2);
  CHECK(ask.weights[0].feature == model::stock_feature(0));
  CHECK(ask.weights[0].weight == -0.9);
  CHECK(ask.weights[1].feature == Feature::value_realised);
  REQUIRE(ask.base.size() == 2);
  CHECK(ask.base[0] == -1.0 + 0.25);
  // In the order of the names: reward, template.
  CHECK(ask.base[1] == (((-1.0 + 0.25) + 0.5) + 0.1 * maths::log(1.0 + 250.0 / 100.0)) + 0.2 * 2.0);
  const model::Outcome& second = strategy.outcome(OutcomeKind::second_ask);
  CHECK(second.base == ask.base);
  CHECK(second.weights.size() == 2);
}

TEST_CASE("outcomes without a table have their plain defaults") {
  const auto strategy = early(sample_text());
  const auto probability = [&](OutcomeKind kind) {
    const model::Outcome& outcome = strategy.outcome(kind);
    CHECK(outcome.is_constant());
    return model::apply_link(outcome.link, outcome.base.at(0));
  };
  CHECK(probability(OutcomeKind::introduce) == 1.0);
  CHECK(probability(OutcomeKind::qualify) == 1.0);
  CHECK(probability(OutcomeKind::renew) == 1.0);
  CHECK(probability(OutcomeKind::testimonial) == 1.0);
  CHECK(probability(OutcomeKind::accept_call) == 1.0);
  CHECK(probability(OutcomeKind::win) == 0.2);
  CHECK(probability(OutcomeKind::expand) == 0.0);
  CHECK(probability(OutcomeKind::organic) == 0.0);
  CHECK(probability(OutcomeKind::opt_out) == 0.0);
}

TEST_CASE("programs take their strategy's keys as defaults, conduct feature by feature") {
  const auto strategy =
      early(sample_text("conduct = { template = 1, status = 1 }\nmax_asks = 3\nfollow_up_days = 2\nexpansion = true\n"
                        "[strategies.early.programs.first]\n"
                        "[strategies.early.programs.second]\nwhen = \"renewal\"\nconduct = { template = 4 }\n"
                        "[outcomes.opt_out]\nintercept = 0\nweights = { template = 1, status = 10 }\n"));
  REQUIRE(strategy.programs.size() == 2);
  CHECK(strategy.programs[0].name == "first");
  CHECK(strategy.programs[0].triggers == model::on_purchase);
  CHECK(strategy.programs[1].triggers == model::on_renewal);
  CHECK(strategy.programs[1].max_asks == 3);
  CHECK(strategy.programs[1].delay_days.parameters[0] == 5.0);
  CHECK(strategy.outcome(OutcomeKind::opt_out).base == std::vector<double>{0.0, 11.0, 14.0});
  CHECK(strategy.manners.follow_up_days == 2.0);
  CHECK(strategy.manners.expansion);
}

TEST_CASE("a warm-up strategy's programs stand first in every strategy and end at the takeover") {
  const auto compiled = compile(
      parse(sample_with("horizon_days = 365", "horizon_days = 365\nwarm_up_days = 100\nwarm_up_strategy = \"early\"") +
            "follow_up_days = 3\n"));
  CHECK(compiled.model.start() == -100.0);
  CHECK(compiled.model.takeover_days == 0.0);
  CHECK(compiled.max_programs == 2);
  const auto& never = compiled.strategies.at(0);
  REQUIRE(never.programs.size() == 1);
  CHECK(never.programs[0].name == "client (warm-up)");
  CHECK(never.programs[0].from_days == -100.0);
  CHECK(never.programs[0].until_days == 0.0);
  CHECK(never.warm_up_manners.follow_up_days == 3.0);
  CHECK(never.manners.follow_up_days == 0.0);
  const auto& own = compiled.strategies.at(1).programs.at(1);
  CHECK(own.from_days == 0.0);
  CHECK(own.until_days == model::infinite);
}

TEST_CASE("without a warm-up strategy everything refers to the start") {
  const auto compiled = compile(parse(sample_with("horizon_days = 365", "horizon_days = 365\nwarm_up_days = 100")));
  CHECK(compiled.model.takeover_days == -100.0);
  CHECK(compiled.strategies.at(1).programs.at(0).from_days == -100.0);
}
