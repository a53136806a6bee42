// SPDX-License-Identifier: Apache-2.0
// What is suspicious but legal, each with its exact message and place.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::sample_text;
using test::sample_with;
using test::warning_of;
using test::warnings_of;

TEST_CASE("the sample is above suspicion") { CHECK(warnings_of(sample_text()).empty()); }

TEST_CASE("strategies that reach different customers are not compared like with like") {
  CHECK(warning_of(sample_text("[strategies.late]\nextends = \"early\"\nreach = \"new\"\ndelay_days = 60\n")) ==
        "s.toml:24:1: warning: strategies differ in reach: \"all\" (early), \"new\" (late) (they ask different "
        "customers, so they are "
        "not compared like with like); hold reach equal, or read matched metrics");
  CHECK(warning_of(sample_text("[strategies.late]\nextends = \"early\"\nbacklog = { spread_days = 90 }\n")) ==
        "s.toml:24:1: warning: strategies differ in backlog: \"skip\" (early), { spread_days = 90 } (late) (they ask "
        "different "
        "customers, so they are not compared like with like); hold backlog equal, or read matched metrics");
}

TEST_CASE("strategies that are the same are told") {
  CHECK(warning_of(sample_text("[strategies.twin]\nextends = \"early\"\ndelay_days = 5.0\n")) ==
        "s.toml:29:13: warning: strategies 'early' and 'twin' are the same (their worlds are identical); remove one of "
        "them");
}

TEST_CASE("a cold pipeline that is not full at the start is told") {
  CHECK(warning_of(sample_with("accounts = 100", "accounts = 100\nleads_per_month = 5\npipeline_days = 89")) ==
        "s.toml:7:17: warning: pipeline_days of 'smb' is shorter than 3 mean cycles of the slowest segment (few cold "
        "deals are decided "
        "in the first months); give at least 90");
  CHECK(warnings_of(sample_with("accounts = 100", "accounts = 100\nleads_per_month = 5\npipeline_days = 90")).empty());
}

TEST_CASE("who sees the truth is an oracle") {
  const std::string survey = "when = \"survey\"\nsurvey_days = 30\nthreshold = 0.5\nmax_asks = 1";
  CHECK(warning_of(sample_with("when = \"purchase\"\ndelay_days = 5", survey)) ==
        "s.toml:27:8: warning: strategy 'early' is an oracle (with asking.survey_noise = 0 it sees an account's true "
        "quality); give "
        "survey_noise above 0");
  CHECK(warnings_of(sample_with("when = \"purchase\"\ndelay_days = 5", survey) + "[asking]\nsurvey_noise = 0.5\n")
            .empty());
  CHECK(warning_of(sample_text("guard = \"quality > 0\"\n"))
            .find("s.toml:29:9: warning: strategy 'early' is an oracle") == 0);
}

TEST_CASE("probabilities that can leave [0, 1] are told") {
  CHECK(warning_of(sample_with("probability = 0.2", "probability = 0.6\nweights = { introduced = 0.5 }")) ==
        "s.toml:21:1: warning: the probability of [outcomes.win] can leave [0, 1] (the sum ranges over [0, 1.1]; it is "
        "clamped); check "
        "the weights, or use link = \"logit\"");
  CHECK(warning_of(sample_with("probability = 0.2", "link = \"log\"\nintercept = 0.5")) ==
        "s.toml:21:1: warning: the probability of [outcomes.win] can leave [0, 1] (e^0.5 is possible; it is clamped); "
        "check the "
        "weights, or use link = \"logit\"");
  CHECK(warnings_of(sample_with("probability = 0.2", "probability = 0.5\nweights = { introduced = 0.5 }")).empty());
}

TEST_CASE("growth without bound is told") {
  CHECK(warning_of(sample_with("probability = 0.2", "probability = 0.9") + "names_per_yes = 3\n") ==
        "s.toml:26:13: warning: a customer of 'smb' may bring 1.5 others under strategy 'early' (before stocks act the "
        "reproduction "
        "number is above one, so worlds can grow without bound); limit max_asks or peers; a world that exceeds "
        "experiment.max_accounts stops");
  CHECK(warnings_of(sample_with("probability = 0.2", "probability = 0.9") +
                    "names_per_yes = 3\nmax_asks = 1\nsegments = \"smb\"\n"
                    "[outcomes.introduce]\nprobability = 0.6\n")
            .empty());
}

TEST_CASE("programs that can never ask are told") {
  const auto never = [](std::string_view lines) { return warning_of(sample_text(lines)); };
  const std::string check = "; check `when`, `reach` and `segments`";
  CHECK(never("max_asks = 0\n") == "s.toml:27:8: warning: strategy 'early' can never ask (max_asks is 0)" + check);
  CHECK(never("reach = \"existing\"\n") ==
        "s.toml:27:8: warning: strategy 'early' can never ask (existing customers bought before it "
        "began, and the backlog is skipped)" +
            check);
  CHECK(warning_of(sample_with("accounts = 100", "leads_per_month = 3\npipeline_days = 90") +
                   "reach = \"existing\"\nbacklog = { spread_days = 9 }\n") ==
        "s.toml:28:8: warning: strategy 'early' can never ask (its segments have no existing accounts)" + check);
  CHECK(warning_of(sample_with("when = \"purchase\"\ndelay_days = 5\n", "[strategies.early.programs.a]\n")) ==
        "s.toml:27:1: warning: program 'a' of strategy 'early' can never ask (it has no `when`)" + check);
  CHECK(warning_of(sample_with("when = \"purchase\"", "when = \"testimonial\"") +
                   "[outcomes.testimonial]\nprobability = 0\n") ==
        "s.toml:27:8: warning: strategy 'early' can never ask (nobody ever gives a testimonial)" + check);
}

TEST_CASE("values that never come, or come at once, are told") {
  const auto with_value = [](std::string_view lines) {
    std::string text = sample_with("when = \"purchase\"", "when = [\"value_realised\", \"renewal\"]");
    const std::string line = "time_to_value_days = { distribution = \"exponential\", mean = 60 }";
    return warning_of(text.replace(text.find(line), line.size(), lines));
  };
  CHECK(with_value("value_probability = 0") ==
        "s.toml:27:8: warning: strategy 'early' waits for a value that 'smb' never realises (its "
        "value_probability is 0); raise it, or leave the segment out");
  CHECK(with_value("time_to_value_days = 0") ==
        "s.toml:27:8: warning: strategy 'early' waits for a value that 'smb' realises at once "
        "(its time_to_value_days is 0); give the segment a time_to_value_days");
}

TEST_CASE("keys that do nothing are told") {
  CHECK(warning_of(sample_with("when = \"purchase\"\ndelay_days = 5",
                               "when = \"calendar\"\ncalendar_days = 91\nrepeat_days = 30")) ==
        "s.toml:29:15: warning: repeat_days does nothing for strategy 'early' (calendar, survey and willingness "
        "attempt at their own "
        "times); remove it");
  CHECK(warning_of(sample_text("conduct = { template = 1 }\n")) ==
        "s.toml:29:13: warning: no outcome has a weight for the conduct feature 'template' (it does nothing); give it "
        "a weight in "
        "[outcomes.ask.weights], or remove it");
  CHECK(warning_of(sample_with("intercept = -1.0", "intercept = -1.0\nprograms = { clients = 1 }")) ==
        "s.toml:19:12: warning: no strategy has a program 'clients' (its offset in [outcomes.ask] does nothing); did "
        "you mean 'client'?");
  CHECK(warning_of(sample_with("horizon_days = 365", "horizon_days = 365\nwarm_up_strategy = \"early\"")) ==
        "s.toml:3:20: warning: warm_up_strategy without warm_up_days (it never runs); give warm_up_days, or remove it");
  CHECK(warning_of(sample_with("impulses = { fatigue = 1.0 }\n", "")) ==
        "s.toml:18:11: warning: the stock 'fatigue' has a weight but no touch changes it (it is always 0); add an "
        "impulse on 'fatigue' "
        "to a touch");
}
