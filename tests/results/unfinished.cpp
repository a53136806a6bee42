// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "results/hdf5_reading.hpp"
#include "results/identity_json.hpp"
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

/// The journal as it stands, read by itself.
ResultsFile read_alone(const std::string& journal_path, const SampleRun& sample) {
  const RunIdentity identity = read_journal_identity(journal_path);
  const Journal journal(Journal::Reading{journal_path}, identity, sample.layout);
  return open_unfinished(identity, sample.model, sample.layout, sample.metric, journal);
}

}  // namespace

TEST_CASE("a run's identity reads back from its journal, the last one that it was opened with") {
  const TemporaryFolder folder;
  SampleRun sample = SampleRun::make_sweep(6);
  sample.identity.worlds_text = "the worlds";
  sample.identity.stopping.aim = "net_value +- 1%";
  sample.identity.antithetic = true;
  const std::string path = folder / "r.h5";
  CHECK(write_identity(*read_identity(write_identity(sample.identity))) == write_identity(sample.identity));
  CHECK_FALSE(read_identity("{}"));
  CHECK_FALSE(read_identity("no JSON"));
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 2);
  }
  const auto bytes = test::read_bytes(path + ".journal");
  { const Journal journal(path, sample.identity, sample.layout); }
  CHECK((test::read_bytes(path + ".journal") == bytes));  // nothing new to say
  CHECK(write_identity(read_journal_identity(path + ".journal")) == write_identity(sample.identity));
  sample.identity.title = "Renamed";
  sample.identity.replications = 9;
  { const Journal journal(path, sample.identity, sample.layout); }
  CHECK(write_identity(read_journal_identity(path + ".journal")) == write_identity(sample.identity));
  const Journal journal(path, sample.identity, sample.layout);
  CHECK(journal.num_done() == 2);
}

TEST_CASE("a journal is read while a run writes it, and gives what the results would be") {
  const TemporaryFolder folder;
  const SampleRun sample(20);
  const std::string path = folder / "r.h5";
  Journal journal(path, sample.identity, sample.layout);
  sample.deliver(journal, 0, 0, 12);
  sample.deliver(journal, 1, 0, 8);
  sample.deliver(journal, 2, 0, 8);
  const auto before = test::read_bytes(path + ".journal");
  {
    const ResultsFile file = read_alone(path + ".journal", sample);
    REQUIRE(file.unfinished());
    CHECK(file.unfinished()->num_done == 28);
    CHECK(file.unfinished()->num_planned == 60);
    CHECK(file.path() == path + ".journal");
    CHECK(file.num_replications() == 12);
    CHECK(file.identity().replications == 20);
    CHECK(file.identity().title == sample.identity.title);
    CHECK(file.worlds_digest() == compute_worlds_digest(sample.identity, sample.layout));
    CHECK(std::isnan(file.read_metric("net_value", 1)[8]));
    CHECK(file.read_rows(1, {7, 1}) == sample.row(1, 7));
    sample.deliver(journal, 1, 8, 4);  // the run goes on
    CHECK(file.completed(1)[8] == 0);
  }
  CHECK(read_alone(path + ".journal", sample).completed(1)[8] == 1);
  const auto after = test::read_bytes(path + ".journal");
  CHECK((std::vector<char>(after.begin(), after.begin() + static_cast<std::ptrdiff_t>(before.size())) == before));
  sample.run(folder / "once.h5");
  for (int lane = 0; lane < 3; ++lane) sample.deliver(journal, lane, 0, 20);
  sample.publish(path, journal);
  CHECK((test::read_bytes(path) == test::read_bytes(folder / "once.h5")));
  CHECK_FALSE(open_results(path).unfinished());
}

TEST_CASE("an unfinished run whose worlds are all there reads as its published file will") {
  const TemporaryFolder folder;
  const SampleRun sample = SampleRun::make_sweep(5);
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    for (int lane = 0; lane < sample.num_lanes(); ++lane) sample.deliver(journal, lane, 0, 5);
  }
  const ResultsFile unfinished = read_alone(path + ".journal", sample);
  sample.run(folder / "once.h5");
  const ResultsFile published = open_results(folder / "once.h5");
  for (int lane = 0; lane < sample.num_lanes(); ++lane) {
    CHECK(unfinished.read_rows(lane, {}) == published.read_rows(lane, {}));
    CHECK(unfinished.read_metric("net_value", lane) == published.read_metric("net_value", lane));
    CHECK(unfinished.read_series("asks", lane, Statistic::mean) ==
          published.read_series("asks", lane, Statistic::mean));
  }
}

TEST_CASE("a reader leaves a torn end alone, and what is damaged never shows") {
  const TemporaryFolder folder;
  const SampleRun sample(20);
  const std::string path = folder / "r.h5.journal";
  {
    Journal journal(folder / "r.h5", sample.identity, sample.layout);
    for (int lane = 0; lane < 3; ++lane) sample.deliver(journal, lane, 0, 2);
    sample.deliver(journal, 0, 2, 1);
  }
  const auto whole = test::read_bytes(path);
  auto torn = whole;
  torn.resize(torn.size() - 5);
  test::write_bytes(path, torn);
  CHECK(read_alone(path, sample).unfinished()->num_done == 6);
  CHECK((test::read_bytes(path) == torn));
  for (std::size_t byte = 0; byte < whole.size(); byte += 1 + whole.size() / 150) {
    auto damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    test::write_bytes(path, damaged);
    try {
      const ResultsFile file = read_alone(path, sample);
      for (int lane = 0; lane < 3; ++lane)
        for (std::uint32_t r = 0; r < file.num_replications(); ++r)
          if (file.completed(lane)[r] != 0) REQUIRE(file.read_rows(lane, {r, 1}) == sample.row(lane, r));
    } catch (const Error& error) {
      REQUIRE(error.code() == ExitCode::data);
    }
    REQUIRE((test::read_bytes(path) == damaged));
  }
}

TEST_CASE("what is no journal, or holds no world yet, says so") {
  const TemporaryFolder folder;
  const SampleRun sample(4);
  const std::string path = folder / "r.h5.journal";
  CHECK_FALSE(is_journal(path));
  test::write_bytes(path, {'x'});
  CHECK_FALSE(is_journal(path));
  CHECK_THAT(test::catch_error([&] { read_journal_identity(path); }).what(), Contains("is no journal of vouch"));
  test::write_bytes(path, {});
  { const Journal journal(folder / "r.h5", sample.identity, sample.layout); }
  CHECK(is_journal(path));
  CHECK_THAT(test::catch_error([&] { read_alone(path, sample); }).what(), Contains("holds no world yet"));
}

TEST_CASE("a stretch of replications reads as it does within all of them") {
  const TemporaryFolder folder;
  const SampleRun sample = SampleRun::make_sweep(600);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  CHECK(file.num_points() == 3);
  CHECK(file.num_lanes() == 9);
  CHECK(file.identity().sweep.size() == 2);
  CHECK(file.identity().sweep[0].key == "segments.small.accounts");
  CHECK(file.identity().sweep[1].values == sample.identity.sweep[1].values);
  for (const int lane : {0, 4, 8}) {
    const auto all = file.read_metric("won", lane, {.segment = 1, .source = 2});
    const auto some = file.read_metric("won", lane, {.segment = 1, .source = 2}, {510, 5});
    CHECK(some == std::vector<double>(all.begin() + 510, all.begin() + 515));
    CHECK(file.read_metric("won", lane, {}, {598, 50}).size() == 2);
    CHECK(file.completed(lane, {590, 50}) == std::vector<std::uint8_t>(10, 1));
    auto rows = sample.row(lane, 511);
    const auto next = sample.row(lane, 512);
    rows.insert(rows.end(), next.begin(), next.end());
    CHECK(file.read_rows(lane, {511, 2}) == rows);
  }
}
