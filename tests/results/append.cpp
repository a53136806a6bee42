// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "results/publish.hpp"
#include "results/results_file.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::results;
using Catch::Matchers::Contains;
using vouch::test::SampleRun;
using vouch::test::TemporaryFolder;

namespace {

/// What a run does that adds to the file at `path`; `simulated`: how many worlds it simulates before it is stopped.
void append(const SampleRun& sample, const std::string& path, std::uint64_t simulated = ~0ULL) {
  const ResultsFile earlier = open_results(path);
  Journal journal(path, sample.identity, sample.layout);
  import_worlds(earlier, sample.identity, sample.layout, journal);
  for (int lane = 0; lane < sample.num_lanes(); ++lane)
    for (std::uint32_t r = 0; r < sample.identity.replications; ++r) {
      if (journal.is_done({lane, r})) continue;
      if (simulated-- == 0) return;
      sample.deliver(journal, lane, r, 1);
    }
  sample.publish(path, journal);
}

void check_growth(SampleRun (*make)(std::uint32_t)) {
  const TemporaryFolder folder;
  make(40).run(folder / "once.h5");
  const auto once = test::read_bytes(folder / "once.h5");
  const std::string path = folder / "grown.h5";
  make(7).run(path);
  append(make(19), path);
  append(make(40), path, 10);  // stopped, and resumed
  CHECK(folder.list() == std::vector<std::string>{"grown.h5", "grown.h5.journal", "once.h5"});
  append(make(40), path);
  CHECK((test::read_bytes(path) == once));
  CHECK(folder.list() == std::vector<std::string>{"grown.h5", "once.h5"});
}

SampleRun make_plain(std::uint32_t replications) { return SampleRun(replications); }

}  // namespace

TEST_CASE("a file that worlds were added to, and added to again, has the bytes of one run") {
  check_growth(make_plain);
  check_growth(SampleRun::make_sweep);
}

TEST_CASE("only the worlds that a file lacks are simulated, and those it has count as resumed") {
  const TemporaryFolder folder;
  const std::string path = folder / "r.h5";
  SampleRun(600).run(path);  // more than one chunk
  const SampleRun longer(700);
  const ResultsFile earlier = open_results(path);
  Journal journal(path, longer.identity, longer.layout);
  longer.deliver(journal, 1, 500, 50);
  import_worlds(earlier, longer.identity, longer.layout, journal);
  CHECK(journal.num_done() == 1800);
  CHECK(journal.num_resumed() == 1750);
  CHECK(journal.num_simulated() == 50);
  std::vector<std::int64_t> row(longer.layout.size());
  for (const std::uint32_t r : {0U, 511U, 512U, 599U}) {
    journal.read({2, r}, row);
    REQUIRE(row == longer.row(2, r));
  }
  CHECK_FALSE(journal.is_done({0, 600}));
}

TEST_CASE("worlds that a run does not ask for do not show, though they were simulated") {
  const TemporaryFolder folder;
  SampleRun sample(20);
  sample.identity.stopping = {"best", true, "one is left", 30, 36, 0, 1.0};
  const auto run = [&](const std::string& to, std::uint32_t count) {
    Journal journal(to, sample.identity, sample.layout);
    for (int lane = 0; lane < 3; ++lane) sample.deliver(journal, lane, 0, count);
    journal.limit(std::vector<std::uint32_t>{12, 12, 6});
    CHECK(journal.num_done() == 30);
    CHECK(journal.num_simulated() == 3 * count);
    sample.publish(to, journal);
  };
  run(folder / "more.h5", 25);
  run(folder / "less.h5", 12);
  CHECK((test::read_bytes(folder / "more.h5") == test::read_bytes(folder / "less.h5")));
}

TEST_CASE("what changes no world may change when worlds are added") {
  const TemporaryFolder folder;
  SampleRun sample(8);
  sample.identity.worlds_text = "the worlds";
  sample.run(folder / "r.h5");
  sample.identity.replications = 12;
  sample.identity.title = "Renamed";
  sample.identity.baseline = "later";
  sample.identity.confidence = 0.9;
  append(sample, folder / "r.h5");
  sample.run(folder / "once.h5");
  CHECK((test::read_bytes(folder / "r.h5") == test::read_bytes(folder / "once.h5")));
}

TEST_CASE("worlds of another run are not taken, and the message names the difference") {
  const TemporaryFolder folder;
  const std::string path = folder / "r.h5";
  SampleRun(4).run(path);
  const ResultsFile earlier = open_results(path);
  const auto refuse = [&](const SampleRun& sample, const std::string& difference) {
    Journal journal(folder / "other.h5", sample.identity, sample.layout, Journal::Start::afresh);
    const Error error = test::catch_error([&] { import_worlds(earlier, sample.identity, sample.layout, journal); });
    CHECK(error.code() == ExitCode::data);
    CHECK_THAT(error.what(), Contains("holds worlds of another run") && Contains(difference));
    CHECK(journal.num_done() == 0);
  };
  SampleRun other(4);
  other.identity.seed = 8;
  refuse(other, "its seed is '7', this run's '8'");
  refuse(SampleRun::make_sweep(4), "its sweep differs");
}

TEST_CASE("a rule's shorter file is added to as well") {
  const TemporaryFolder folder;
  const std::string path = folder / "r.h5";
  SampleRun sample(20);
  sample.identity.stopping = {"best", true, "one is left", 26, 36, 0, 1.0};
  const auto run = [&](const std::string& to, std::initializer_list<std::uint32_t> counts, bool appended) {
    std::optional<ResultsFile> earlier;
    if (appended) earlier = open_results(to);
    Journal journal(to, sample.identity, sample.layout);
    if (earlier) import_worlds(*earlier, sample.identity, sample.layout, journal);
    int lane = 0;
    for (const std::uint32_t count : counts) {
      for (std::uint32_t r = 0; r < count; ++r)
        if (!journal.is_done({lane, r})) sample.deliver(journal, lane, r, 1);
      ++lane;
    }
    const std::uint64_t simulated = journal.num_simulated();
    journal.limit(std::vector<std::uint32_t>(counts));
    CHECK(journal.num_simulated() == simulated);
    sample.publish(to, journal);
  };
  run(path, {25, 4, 9}, false);  // a budget may give one strategy more than its share
  {
    const ResultsFile file = open_results(path);
    CHECK(file.num_replications() == 25);
    CHECK(file.identity().replications == 20);
    CHECK(file.identity().stopping.aim == "best");
    CHECK(file.identity().stopping.worlds_used == 26);
    CHECK(file.completed(1) == [] {
      std::vector<std::uint8_t> done(25, 0);
      std::fill_n(done.begin(), 4, std::uint8_t{1});
      return done;
    }());
    CHECK(find_completed(path, sample.identity, sample.layout));
    RunIdentity other = sample.identity;
    other.stopping.aim = "budget";
    CHECK_FALSE(find_completed(path, other, sample.layout));
  }
  run(path, {25, 12, 9}, true);
  run(folder / "once.h5", {25, 12, 9}, false);
  CHECK((test::read_bytes(path) == test::read_bytes(folder / "once.h5")));
}
