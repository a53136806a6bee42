// SPDX-License-Identifier: Apache-2.0
// What partners, outsiders, reps and desks are given that can never act, each with its exact message and place.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::sample_text;
using test::sample_with;
using test::warning_of;
using test::warnings_of;

namespace {

const std::string partners = "[populations.partners]\naccounts = 7\npeer_segments = { smb = 1 }\n";
const std::string gaps = "[deals]\nmoments = [{ share = 0.5, credibility_gap = 0.5 }]\n";

/// A program for partners whose own keys stand from line 33 on.
std::string with_program(const std::string& keys) {
  return sample_text("[strategies.p]\nwhen = \"calendar\"\ncalendar_days = 30\npopulation = \"partners\"\n" + keys +
                     partners);
}

}  // namespace

TEST_CASE("guards that never hold in a population are told") {
  const auto told = [](const std::string& feature) {
    return "s.toml:33:9: warning: a guard that never holds in population 'partners' (`" + feature +
           "` is 0 of all partners and outsiders); remove that condition, or give the program a guard of its own";
  };
  CHECK(warning_of(with_program("guard = \"value_realised\"\n")) == told("value_realised"));
  CHECK(warning_of(with_program("guard = \"fatigue < 2 and testimonial == 1\"\n")) == told("testimonial"));
  CHECK(warning_of(with_program("guard = \"(0.5 < positioned) and rep_tie > 0.2\"\n")) == told("positioned"));
  CHECK(warning_of(with_program("guard = \"referred >= 1 and value_realised\"\n")) == told("referred"));
  CHECK(warning_of(with_program("guard = \"generation > 0\"\n")) == told("generation"));
  for (const std::string guard : {"not value_realised", "value_realised or fatigue < 2", "value_realised == 0",
                                  "generation < 1", "has_referred", "positioned < 1 and num_asks > 2"})
    CHECK(warnings_of(with_program("guard = \"" + guard + "\"\n")).empty());
  CHECK(warnings_of(sample_text("guard = \"value_realised\"\n")).empty());
}

TEST_CASE("positioning of those who buy nothing is told") {
  const std::string positioning =
      "positioning without customers (it is announced at a purchase, and who is no customer buys nothing); remove it";
  CHECK(warning_of(with_program("positioning = true\n")) == "s.toml:33:15: warning: " + positioning);
  // Of a strategy's programs one is enough.
  const std::string two =
      "positioning = true\n[strategies.early.programs.a]\n[strategies.early.programs.b]\nwhen = \"calendar\"\n"
      "calendar_days = 30\ndelay_days = 0\npopulation = \"partners\"\n";
  CHECK(warnings_of(sample_text(two + partners)).empty());
}

TEST_CASE("a commission of more than the first year is told") {
  CHECK(warning_of(with_program("commission = 10\n")) ==
        "s.toml:33:14: warning: a commission of 1000 % of the first year's contract value (commission is a share: 1 is "
        "all of it); write 0.1 for 10 %");
  CHECK(warnings_of(with_program("commission = 1\n")).empty());
}

TEST_CASE("offsets of populations that no draw reads are told") {
  const auto with_offset = [](const std::string& outcome) {
    return with_program("") + "[outcomes." + outcome + "]\nintercept = 0.5\nsegments = { smb = 0.1, partners = 0.1 }\n";
  };
  for (const std::string outcome : {"testimonial", "organic", "renew", "expand", "accept_call"})
    CHECK(warning_of(with_offset(outcome)) ==
          "s.toml:38:25: warning: [outcomes." + outcome +
              "] never reads the offset of population 'partners' (it happens to customers only); remove it");
  CHECK(warning_of(with_offset("qualify")) ==
        "s.toml:38:25: warning: [outcomes.qualify] never reads the offset of population 'partners' (the segment is the "
        "prospect's, whoever refers it); remove it");
  for (const std::string outcome : {"second_ask", "opt_out", "introduce"})
    CHECK(warnings_of(with_offset(outcome)).empty());
}

TEST_CASE("reps who never dare are told") {
  const std::string why = " = 0 nobody asks (no rep ever dares); give it above 0; a strategy without `when` never asks";
  CHECK(warning_of(sample_text("[reps]\nnerve = 0\n")) == "s.toml:30:9: warning: with nerve" + why);
  CHECK(warning_of(sample_text("[strategies.early.reps]\nbrave_share = 0\n")) ==
        "s.toml:30:15: warning: with brave_share" + why);
  CHECK(warnings_of(sample_text("[reps]\nnerve = 0\n[strategies.early.reps]\nnerve = 0.5\n")).empty());
}

TEST_CASE("desks whose cap never counts, or whose limit nobody keeps, are told") {
  const std::string desk = gaps + "[strategies.early.desk]\n";
  CHECK(warning_of(sample_text(desk + "calls_cap = 2\ncalls_window_days = 0\n")) ==
        "s.toml:32:13: warning: calls_cap has no effect (with calls_window_days = 0 no call ever counts); give "
        "calls_window_days, or remove it");
  CHECK(warnings_of(sample_text(desk + "calls_window_days = 0\n")).empty());
  CHECK(warning_of(sample_text(desk + "max_fatigue = -0.5\n")) ==
        "s.toml:32:15: warning: max_fatigue = -0.5 is below 0 (fatigue begins at 0 and fades towards it, so the desk "
        "asks hardly anybody); give 0 or more; inf leaves nobody alone");
}
