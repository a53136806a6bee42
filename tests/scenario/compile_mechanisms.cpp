// SPDX-License-Identifier: Apache-2.0
// What populations, markets, reps, desks and the moments of deals compile to.
#include "scenario/features.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using model::Feature;
using model::OutcomeKind;
using test::parse;
using test::sample_text;
using test::sample_with;

namespace {

scenario::Compiled compiled(std::string_view text) { return compile(parse(text)); }

model::Strategy early(std::string_view text) { return compiled(text).strategies.at(1); }

const std::string partners =
    "[strategies.early.programs.own]\n"
    "[strategies.early.programs.partners]\npopulation = \"partners\"\nwhen = \"calendar\"\ncalendar_days = 30\n"
    "[populations.partners]\naccounts = 7\nquality = 0.5\npeers = 9\nnames_per_yes = 2\npeer_segments = { smb = 1 }\n"
    "rep_tie = 0.25\npeer_tie = 0.75\nreference_consent = 0.125\n";

}  // namespace

TEST_CASE("moments and what happens in a deal are taken over") {
  const auto model =
      compiled(sample_text("[deals]\nmoments = [{ share = 0 }, { share = 0.5, credibility_gap = 0.4 },\n"
                           "  { share = 1, credibility_gap = { value = 0.25, source = \"S\" }, access_gap = 0.125 }]\n"
                           "internal_introduction = 0.3\nnext_step_factor = 0.9\nstall_days = 4\nretry_after_days = "
                           "180\n"))
          .model;
  REQUIRE(model.moments.size() == 3);
  CHECK(model.moments[0].share == 0.0);
  CHECK(model.moments[0].credibility_gap == 0.0);
  CHECK(model.moments[0].access_gap == 0.0);
  CHECK(model.moments[1].share == 0.5);
  CHECK(model.moments[1].credibility_gap == 0.4);
  CHECK(model.moments[2].credibility_gap == 0.25);
  CHECK(model.moments[2].access_gap == 0.125);
  CHECK(model.internal_introduction == 0.3);
  CHECK(model.next_step_factor == 0.9);
  CHECK(model.stall_days == 4.0);
  CHECK(model.retry_after_days == 180.0);
}

TEST_CASE("without the new keys nothing happens in a deal, nobody waits, and markets have no end") {
  const auto all = compiled(sample_text());
  CHECK(all.model.moments.empty());
  CHECK(all.model.internal_introduction == 0.0);
  CHECK(all.model.next_step_factor == 1.0);
  CHECK(all.model.stall_days == 0.0);
  CHECK(all.model.retry_after_days == model::infinite);
  CHECK(all.model.num_territories == 1);
  CHECK_FALSE(all.model.has_finite_market());
  CHECK_FALSE(all.model.segments.at(0).are_bystanders);
  const model::Manners& manners = all.strategies.at(1).manners;
  CHECK_FALSE(manners.introduces_internally);
  CHECK_FALSE(manners.desk.runs);
  CHECK_FALSE(manners.reps.are_limited);
  CHECK(manners.reps.priority == model::Priority::fifo);
  CHECK(manners.reps.brave_share == 1.0);
  CHECK(manners.reps.nerve == 1.0);
}

TEST_CASE("a market is finite where it is given a number") {
  const auto model = compiled(sample_with("accounts = 100", "accounts = 100\nmarket = 100")).model;
  CHECK(model.has_finite_market());
  CHECK(model.segments.at(0).is_finite);
  CHECK(model.segments.at(0).market == 100);
  CHECK_FALSE(
      compiled(sample_with("accounts = 100", "accounts = 100\nmarket = \"unlimited\"")).model.has_finite_market());
}

TEST_CASE("populations are segments of bystanders after the customers'") {
  // "partners" stands before "smb" in the order of ids or of the file, but is no segment to be chosen.
  const auto all = compiled(sample_text(partners + "id = 1\n[segments.mid]\nid = 2\naccounts = 1\n"));
  REQUIRE(all.model.segments.size() == 3);
  CHECK(all.model.segment_order == std::vector<std::uint8_t>{1, 0});
  const model::Segment& population = all.model.segments[2];
  CHECK(population.name == "partners");
  CHECK(population.id == 1);
  CHECK(population.are_bystanders);
  CHECK(population.accounts == 7);
  CHECK(population.quality.parameters[0] == 0.5);
  CHECK_FALSE(population.unlimited_peers);
  CHECK(population.peers.parameters[0] == 9.0);
  CHECK(population.names_per_yes.parameters[0] == 2.0);
  CHECK(population.peer_segments == std::vector<double>{0.0, 1.0});  // by id: mid, then smb
  CHECK(population.rep_tie.parameters[0] == 0.25);
  CHECK(population.peer_tie.parameters[0] == 0.75);
  CHECK(population.reference_consent == 0.125);
  CHECK(population.contract_value.parameters[0] == 0.0);
  CHECK(population.contract_days.parameters[0] == model::infinite);
  CHECK(population.value_probability == 0.0);
  CHECK(population.leads_per_day == 0.0);
  CHECK(population.incidents_per_day == 0.0);
  CHECK(population.organic_per_day == 0.0);
  CHECK_FALSE(population.is_finite);
  CHECK(parse(sample_text(partners)).segment_names() == std::vector<std::string>{"smb"});
  CHECK(parse(sample_text(partners)).population_names() == std::vector<std::string>{"partners"});
}

TEST_CASE("a program addresses customers or one population") {
  const auto programs = early(sample_text(partners)).programs;
  REQUIRE(programs.size() == 2);
  CHECK(programs[0].addresses_segment == std::vector<std::uint8_t>{1, 0});
  CHECK(programs[1].addresses_segment == std::vector<std::uint8_t>{0, 1});
  // The segments of a strategy are those of its programs for customers.
  const auto given = early(sample_text("segments = \"smb\"\n" + partners)).programs;
  CHECK(given.at(0).addresses_segment == std::vector<std::uint8_t>{1, 0});
  CHECK(given.at(1).addresses_segment == std::vector<std::uint8_t>{0, 1});
}

TEST_CASE("outcomes have a base for each population, and offsets may name them") {
  const auto strategy =
      early(sample_with("intercept = -1.0", "intercept = -1.0\nsegments = { smb = 0.25, partners = 2 }") + partners);
  // By source: none, own, partners; in each smb, partners.
  CHECK(strategy.outcome(OutcomeKind::ask).base == std::vector<double>{-0.75, 1.0, -0.75, 1.0, -0.75, 1.0});
}

TEST_CASE("a strategy's reps are the scenario's but for its own keys") {
  const auto all =
      compiled(sample_text("[strategies.early.reps]\ncount = \"unlimited\"\nnerve = 0.5\n"
                           "[reps]\nterritories = 3\ncount = 8\nasks_per_week = 2.5\n"
                           "priority = \"most_valuable\"\nbrave_share = 0.75\nnerve = 0.25\n"));
  CHECK(all.model.num_territories == 3);
  const model::Reps& general = all.strategies.at(0).manners.reps;
  CHECK(general.are_limited);
  CHECK(general.count == 8);
  CHECK(general.asks_per_week == 2.5);
  CHECK(general.priority == model::Priority::most_valuable);
  CHECK(general.brave_share == 0.75);
  CHECK(general.nerve == 0.25);
  const model::Reps& own = all.strategies.at(1).manners.reps;
  CHECK_FALSE(own.are_limited);
  CHECK(own.brave_share == 0.75);
  CHECK(own.nerve == 0.5);
}

TEST_CASE("each priority and rotation has its meaning") {
  const auto priority = [](const std::string& name) {
    return early(sample_text("[reps]\ncount = 1\nasks_per_week = 1\npriority = \"" + name + "\"\n"))
        .manners.reps.priority;
  };
  CHECK(priority("fifo") == model::Priority::fifo);
  CHECK(priority("most_likely_yes") == model::Priority::most_likely_yes);
  CHECK(priority("most_valuable") == model::Priority::most_valuable);
  const auto rotation = [](const std::string& name) {
    return early(sample_text("[strategies.early.desk]\nrotation = \"" + name + "\"\n")).manners.desk.rotation;
  };
  CHECK(rotation("least_recently_used") == model::Rotation::least_recently_used);
  CHECK(rotation("least_fatigued") == model::Rotation::least_fatigued);
  CHECK(rotation("random") == model::Rotation::random);
  CHECK(rotation("favourite") == model::Rotation::favourite);
}

TEST_CASE("a desk's keys are taken over, and its defaults") {
  const auto manners = early(sample_text("internal_introductions = true\n[strategies.early.desk]\ncalls_cap = 2\n"
                                         "calls_window_days = { distribution = \"exponential\", mean = 60 }\n"
                                         "max_fatigue = 1.5\nmin_match = 0.5\nmax_tries = 5\ncall_delay_days = 4\n"
                                         "capsules = true\ncontingent_next_step = true\nrenewals = true\n"))
                           .manners;
  CHECK(manners.introduces_internally);
  const model::Desk& desk = manners.desk;
  CHECK(desk.runs);
  CHECK(desk.calls_cap == 2);
  CHECK(desk.calls_window_days == random::make_distribution(random::Family::exponential, 60));
  CHECK(desk.max_fatigue == 1.5);
  CHECK(desk.min_match == 0.5);
  CHECK(desk.max_tries == 5);
  CHECK(desk.call_delay_days.parameters[0] == 4.0);
  CHECK(desk.capsules);
  CHECK(desk.contingent_next_step);
  CHECK(desk.renewals);
  const auto plain = early(sample_text("[strategies.early.desk]\n")).manners.desk;
  CHECK(plain.runs);
  CHECK(plain.rotation == model::Rotation::least_recently_used);
  CHECK(plain.calls_cap == std::numeric_limits<std::uint32_t>::max());
  CHECK(plain.calls_window_days.parameters[0] == 90.0);
  CHECK(plain.max_fatigue == model::infinite);
  CHECK(plain.min_match == 0.0);
  CHECK(plain.max_tries == 3);
  CHECK(plain.call_delay_days.parameters[0] == 2.0);
  CHECK_FALSE(plain.capsules);
  CHECK_FALSE(plain.contingent_next_step);
  CHECK_FALSE(plain.renewals);
}

TEST_CASE("desk and reps are inherited key by key, and a desk can be closed") {
  const std::string text = sample_text(
      "[strategies.early.desk]\ncalls_cap = 2\nmin_match = 0.5\n[strategies.early.reps]\nnerve = 0.5\n"
      "[strategies.more]\nextends = \"early\"\ndesk.calls_cap = 4\nreps.brave_share = 0.25\n"
      "[strategies.closed]\nextends = \"more\"\ndesk.runs = false\n");
  const auto all = compiled(text);
  const model::Manners& more = all.strategies.at(2).manners;
  CHECK(more.desk.calls_cap == 4);
  CHECK(more.desk.min_match == 0.5);
  CHECK(more.reps.nerve == 0.5);
  CHECK(more.reps.brave_share == 0.25);
  CHECK_FALSE(all.strategies.at(3).manners.desk.runs);
  CHECK(all.strategies.at(3).manners.reps.brave_share == 0.25);
  CHECK(describe_strategy_differences(parse(text)) ==
        std::vector<std::string>{"reps.brave_share: 1 (never, early), 0.25 (more, closed)",
                                 "reps.nerve: 1 (never), 0.5 (early, more, closed)",
                                 "desk.runs: false (never, closed), true (early, more)",
                                 "desk.calls_cap: 2 (early), 4 (more)", "desk: min_match = 0.5 (early, more)",
                                 "when: never asks (never), \"purchase\" (early, more, closed)"});
}

TEST_CASE("desk, reps and populations can be overridden") {
  const auto all = compile(parse(sample_text(partners), {{"strategies.early.desk.calls_cap", "3"},
                                                         {"reps.count", "10"},
                                                         {"reps.asks_per_week", "2"},
                                                         {"strategies.never.reps.count", "5"},
                                                         {"populations.partners.accounts", "11"},
                                                         {"deals.moments", "[{ share = 0.5, access_gap = 0.5 }]"}}));
  CHECK(all.strategies.at(1).manners.desk.calls_cap == 3);
  CHECK(all.strategies.at(1).manners.reps.count == 10);
  CHECK(all.strategies.at(0).manners.reps.count == 5);
  CHECK(all.model.segments.at(1).accounts == 11);
  CHECK(all.model.moments.at(0).access_gap == 0.5);
  // A desk that an override opens has its place there.
  CHECK(test::errors_of(sample_with("accounts = 100", "accounts = 100\nreference_consent = 0"),
                        {{"strategies.early.desk.max_tries", "4"}})
            .at(0)
            .find("--set strategies.early.desk.max_tries=4: error: a reference desk without consenting accounts") == 0);
  CHECK(test::errors_of(sample_text(partners), {{"populations.partner.accounts", "1"}}) ==
        std::vector<std::string>{
            "--set populations.partner.accounts=1: error: unknown population 'partner' (an override changes what the "
            "scenario has); did you mean 'partners'?"});
}

TEST_CASE("before the takeover the warm-up strategy's reps and desk are at work") {
  const auto all = compiled(
      sample_with("horizon_days = 365", "horizon_days = 365\nwarm_up_days = 100\nwarm_up_strategy = \"never\"") +
      "internal_introductions = true\n[strategies.early.desk]\n[strategies.never.reps]\nnerve = 0.5\n");
  const model::Strategy& strategy = all.strategies.at(1);
  CHECK(strategy.manners.desk.runs);
  CHECK(strategy.manners.introduces_internally);
  CHECK(strategy.manners.reps.nerve == 1.0);
  CHECK_FALSE(strategy.warm_up_manners.desk.runs);
  CHECK_FALSE(strategy.warm_up_manners.introduces_internally);
  CHECK(strategy.warm_up_manners.reps.nerve == 0.5);
}

TEST_CASE("each outcome reads the features that have a meaning in it") {
  const auto reads = [](OutcomeKind outcome, const char* feature) {
    const auto names = scenario::features_of(outcome, {});
    return std::find(names.begin(), names.end(), feature) != names.end();
  };
  for (std::size_t i = 0; i < scenario::outcome_names().size(); ++i) {
    const auto kind = static_cast<OutcomeKind>(i);
    INFO(scenario::outcome_names()[i]);
    CHECK(reads(kind, "answered_maybe") == (kind == OutcomeKind::second_ask));
    for (const char* feature : {"reference", "reference_match", "capsule"})
      CHECK(reads(kind, feature) == (kind == OutcomeKind::win || kind == OutcomeKind::expand));
    for (const char* feature : {"credibility_gap", "access_gap"})
      CHECK(reads(kind, feature) == (kind == OutcomeKind::win));
    CHECK(reads(kind, "match") == (kind == OutcomeKind::win || kind == OutcomeKind::qualify));
  }
  CHECK(scenario::features_of(OutcomeKind::accept_call, {"fatigue"}) == scenario::guard_features({"fatigue"}));
  CHECK_FALSE(scenario::reads_conduct(OutcomeKind::accept_call));
  const auto strategy = early(
      sample_text("[outcomes.accept_call]\nintercept = 2\nweights = { fatigue = -1, quality = 0.5 }\n"
                  "[outcomes.expand]\nintercept = 0\nweights = { capsule = 1, reference = 2, reference_match = 3 }\n"
                  "[outcomes.second_ask]\nintercept = 0\nweights = { answered_maybe = 1 }\n"));
  CHECK(strategy.outcome(OutcomeKind::accept_call).weights.at(1).feature == Feature::quality);
  CHECK(strategy.outcome(OutcomeKind::expand).weights.at(0).feature == Feature::reference);
  CHECK(strategy.outcome(OutcomeKind::expand).weights.at(2).feature == Feature::capsule);
  CHECK(strategy.outcome(OutcomeKind::second_ask).weights.at(0).feature == Feature::answered_maybe);
  for (int feature = model::max_stocks; feature < model::num_features; ++feature) {
    const std::string name = scenario::feature_name(static_cast<Feature>(feature), {});
    CHECK(scenario::find_feature(name, {}) == static_cast<Feature>(feature));
  }
}
