// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "scenario/compiled_text.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using random::Family;
using test::parse;
using test::sample_text;
using test::sample_with;

TEST_CASE("a scenario knows its names and its experiment") {
  const auto sample = parse("title = \"T\"\nquestion = \"Q\"\n" + sample_text() +
                            "label = \"Early\"\ndescription = \"D\"\n[money]\ncurrency = \"CHF\"\n");
  CHECK(sample.title() == "T");
  CHECK(sample.question() == "Q");
  CHECK(sample.currency() == "CHF");
  CHECK(sample.strategy_names() == std::vector<std::string>{"never", "early"});
  CHECK(sample.strategy_labels() == std::vector<std::string>{"never", "Early"});
  CHECK(sample.strategy_descriptions() == std::vector<std::string>{"", "D"});
  CHECK(sample.segment_names() == std::vector<std::string>{"smb"});
  CHECK(sample.warnings().empty());
  const auto& experiment = sample.experiment();
  CHECK(experiment.replications == 200);
  CHECK(experiment.seed == 1);
  CHECK(experiment.baseline == 0);
  CHECK(experiment.metric == "net_value");
  CHECK(experiment.confidence == 0.95);
  CHECK_FALSE(experiment.antithetic);
  CHECK(experiment.detail == scenario::Experiment::Detail::summary);
}

TEST_CASE("an experiment's keys are read") {
  const auto sample = parse(
      sample_with("horizon_days = 365\n",
                  "horizon_days = 365\nreplications = 10\nseed = 9007199254740991\nbaseline = \"early\"\n"
                  "metric = \"referral_wins\"\nconfidence = 0.9\nantithetic = true\n[output]\ndetail = \"world\"\n"));
  const auto& experiment = sample.experiment();
  CHECK(experiment.replications == 10);
  CHECK(experiment.seed == 9007199254740991ULL);
  CHECK(experiment.baseline == 1);
  CHECK(experiment.metric == "referral_wins");
  CHECK(experiment.confidence == 0.9);
  CHECK(experiment.antithetic);
  CHECK(experiment.detail == scenario::Experiment::Detail::world);
}

TEST_CASE("every family of distributions is read") {
  const auto cycle = [](std::string_view toml) {
    const auto text = sample_with("cycle_days = 30", "cycle_days = " + std::string(toml));
    return compile(parse(text)).model.segments.at(0).cycle_days;
  };
  CHECK(cycle("30") == random::make_distribution(Family::constant, 30));
  CHECK(cycle("inf").parameters[0] == model::infinite);
  CHECK(cycle("{ distribution = \"constant\", value = 2.5 }") == random::make_distribution(Family::constant, 2.5));
  CHECK(cycle("{ distribution = \"uniform\", low = 1, high = 2 }") == random::make_distribution(Family::uniform, 1, 2));
  CHECK(cycle("{ distribution = \"exponential\", mean = 3 }") == random::make_distribution(Family::exponential, 3));
  CHECK(cycle("{ distribution = \"gamma\", mean = 3, shape = 2 }") == random::make_distribution(Family::gamma, 3, 2));
  CHECK(cycle("{ distribution = \"lognormal\", median = 42, sigma = 0.6 }") ==
        random::make_distribution(Family::lognormal, 42, 0.6));
  CHECK(cycle("{ distribution = \"weibull\", scale = 3, shape = 2 }") ==
        random::make_distribution(Family::weibull, 3, 2));
  CHECK(cycle("{ distribution = \"normal\", mean = 3, sd = 2 }") == random::make_distribution(Family::normal, 3, 2));
  CHECK(cycle("{ distribution = \"beta\", a = 3, b = 2 }") == random::make_distribution(Family::beta, 3, 2));
  CHECK(cycle("{ distribution = \"empirical\", values = [1, 2.5], weights = [3, 1] }") ==
        random::make_empirical({1, 2.5}, {3, 1}));
  CHECK(cycle("{ distribution = \"empirical\", values = [1, 2] }") == random::make_empirical({1, 2}, {1, 1}));
  CHECK(cycle("{ distribution = \"poisson\", mean = 3 }") == random::make_distribution(Family::poisson, 3));
  CHECK(cycle("{ distribution = \"geometric\", mean = 3 }") == random::make_distribution(Family::geometric, 3));
  CHECK(cycle("{ distribution = \"negative_binomial\", mean = 3, dispersion = 0.5 }") ==
        random::make_distribution(Family::negative_binomial, 3, 0.5));
  CHECK(cycle("{ distribution = \"zeta\", exponent = 2, truncation = 50 }") ==
        random::make_distribution(Family::zeta, 2, 50));
}

TEST_CASE("a source, a note and what identifies a value change no number") {
  const std::string plain = test::describe(compile(parse(sample_text())));
  const auto changed = [&](std::string_view from, std::string_view to) {
    return test::describe(compile(parse(sample_with(from, to))));
  };
  CHECK(changed("cycle_days = 30",
                "cycle_days = { value = 30, source = \"S\", note = \"N\", identified_by = \"I\" }") == plain);
  CHECK(changed("mean = 60 }", "mean = 60, source = \"S\" }") == plain);
  CHECK(changed("{ distribution = \"exponential\", mean = 60 }",
                "{ value = { distribution = \"exponential\", mean = 60 }, note = \"N\" }") == plain);
  CHECK(changed("fatigue = -0.9", "fatigue = { value = -0.9, source = \"S\" }") == plain);
  CHECK(changed("fatigue = 1.0", "fatigue = { amount = 1, source = \"S\" }") == plain);
  CHECK(changed("fatigue = 1.0", "fatigue = { value = 1, source = \"S\" }") == plain);
  CHECK(changed("probability = 0.2", "probability = { value = 0.2, source = \"S\" }") == plain);
  CHECK(changed("when = \"purchase\"", "when = [\"purchase\"]") == plain);
}

TEST_CASE("dotted keys, inline tables and quoted keys are the same scenario") {
  const std::string plain = test::describe(compile(parse(sample_text())));
  CHECK(test::describe(compile(parse(
            sample_with("[stocks.fatigue]\nhalf_life_days = 60", "[stocks]\nfatigue.half_life_days = 60")))) == plain);
  CHECK(test::describe(compile(parse(
            sample_with("[outcomes.win]\nprobability = 0.2", "[outcomes]\nwin = { probability = 0.2 }")))) == plain);
  CHECK(test::describe(compile(parse(sample_with("[segments.smb]", "[\"segments\".'smb']")))) == plain);
}
