// SPDX-License-Identifier: Apache-2.0
#include "batch_summary.hpp"

#include "batch_progress.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

BatchOutcome make_outcome(const std::string& name, BatchStatus status, ExitCode code = ExitCode::success) {
  BatchOutcome outcome;
  outcome.name = name;
  outcome.scenario = name + ".toml";
  outcome.results = "out/" + name + ".h5";
  outcome.status = status;
  outcome.code = code;
  return outcome;
}

ExitCode find_code(const std::vector<ExitCode>& codes) {
  std::vector<BatchOutcome> outcomes;
  for (const ExitCode code : codes) outcomes.push_back(make_outcome("a", BatchStatus::failed, code));
  return find_batch_code(outcomes);
}

}  // namespace

TEST_CASE("the gravest failure is a batch's exit code, a stop before all") {
  using enum ExitCode;
  CHECK(find_code({}) == success);
  CHECK(find_code({success, time_limit}) == time_limit);
  const std::vector<ExitCode> gravest_last = {success, time_limit, io, resources, usage, data, internal, interrupted};
  for (std::size_t n = 1; n <= gravest_last.size(); ++n)
    CHECK(find_code({gravest_last.begin(), gravest_last.begin() + static_cast<std::ptrdiff_t>(n)}) ==
          gravest_last[n - 1]);
}

TEST_CASE("a summary has a row for each run, and what went wrong in full below") {
  BatchOutcome made = make_outcome("when", BatchStatus::made);
  made.num_worlds = 1400;
  made.seconds = 3.21;
  made.answer = BatchAnswer{"early is best", "early"};
  BatchOutcome failed = make_outcome("broken", BatchStatus::failed, ExitCode::usage);
  failed.message = "broken.toml:1:2: error: one\nbroken.toml:3:4: error: two";
  const std::vector<BatchOutcome> outcomes = {made, failed, make_outcome("late", BatchStatus::not_started)};
  CHECK(format_batch(outcomes, 3.3, "out") ==
        "scenario  status       worlds   time  answer         results\n"
        "────────────────────────────────────────────────────────────\n"
        "when      made          1,400  3.2 s  early is best  when.h5\n"
        "broken    failed            -  0.0 s  -              -\n"
        "late      not started       -      -  -              -\n"
        "\n"
        "1 made, 1 failed, 1 not started of 3 runs in 3.3 s; results are in out\n"
        "\n"
        "failed broken (exit code 2):\n"
        "  broken.toml:1:2: error: one\n"
        "  broken.toml:3:4: error: two\n");
  CHECK(format_outcome(made) == "made when: 1,400 worlds in 3.2 s, early is best");
}

TEST_CASE("for programs what is unknown is null") {
  const auto json = make_outcome_json(make_outcome("a", BatchStatus::failed, ExitCode::io));
  for (const char* key : {"worlds", "seed", "replications", "answer", "best"}) CHECK(json.at(key).is_null());
  CHECK(json.at("status") == "failed");
  CHECK(json.at("exit_code") == 4);
  const auto whole = make_batch_json({make_outcome("a", BatchStatus::up_to_date)}, 1.5, ExitCode::success);
  CHECK(whole.at("up_to_date") == 1);
  CHECK(whole.at("runs").size() == 1);
}

TEST_CASE("progress of a batch names the run and its place") {
  CHECK(format_batch_progress(2, {"a", "b", "when", "d"}, {142, 100, 1000}, 2.0, 0) ==
        "3 of 4: when, 14 % of 1,000 worlds, 21 worlds/s, 0:41 left");
}
