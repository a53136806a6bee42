// SPDX-License-Identifier: Apache-2.0
#include "results/publish.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <random>
#include <thread>

#include "core/error.hpp"
#include "results/file_layout.hpp"
#include "results/labelled_file.hpp"
#include "results/results_file.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using namespace vouch::results;
using Catch::Matchers::Contains;
using vouch::test::SampleRun;
using vouch::test::TemporaryFolder;

namespace {

struct World {
  int strategy;
  std::uint32_t replication;
};

/// Worlds in any order, in several sittings.
void run_shuffled(const SampleRun& sample, const std::string& path, std::mt19937_64& shuffler,
                  std::size_t worlds_a_sitting) {
  std::vector<World> worlds;
  for (int strategy = 0; strategy < sample.num_strategies(); ++strategy) {
    for (std::uint32_t r = 0; r < sample.identity.replications; ++r) worlds.push_back({strategy, r});
  }
  std::shuffle(worlds.begin(), worlds.end(), shuffler);
  for (std::size_t begin = 0; begin < worlds.size(); begin += worlds_a_sitting) {
    Journal journal(path, sample.identity, sample.layout);
    for (std::size_t i = begin; i < std::min(begin + worlds_a_sitting, worlds.size()); ++i) {
      sample.deliver(journal, worlds[i].strategy, worlds[i].replication, 1);
    }
  }
  Journal journal(path, sample.identity, sample.layout);
  sample.publish(path, journal);
}

}  // namespace

TEST_CASE("a file's bytes do not depend on the order of worlds, on resumes or on more worlds in the journal") {
  const TemporaryFolder folder;
  const SampleRun sample(30);
  sample.run(folder / "plain.h5");
  const auto plain = test::read_bytes(folder / "plain.h5");
  std::mt19937_64 shuffler(test::seed_of("results publish order"));
  for (const std::size_t sitting : {1000, 17, 5}) {
    run_shuffled(sample, folder / "shuffled.h5", shuffler, sitting);
    CHECK((test::read_bytes(folder / "shuffled.h5") == plain));
  }
  {
    const SampleRun longer(50);
    Journal journal(folder / "longer.h5", longer.identity, longer.layout);
    for (int strategy = 0; strategy < 3; ++strategy) longer.deliver(journal, strategy, 0, 50);
  }
  sample.run(folder / "longer.h5");
  CHECK((test::read_bytes(folder / "longer.h5") == plain));
}

TEST_CASE("a file's bytes do not depend on the second in which it was made") {
  const TemporaryFolder folder;
  const SampleRun sample(3);
  sample.run(folder / "first.h5");
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  sample.run(folder / "later.h5");
  CHECK((test::read_bytes(folder / "first.h5") == test::read_bytes(folder / "later.h5")));
}

TEST_CASE("publishing leaves the results file and nothing else") {
  const TemporaryFolder folder;
  const SampleRun sample;
  test::write_bytes(folder / "r.h5.partial", {'o', 'l', 'd'});
  sample.run(folder / "r.h5");
  CHECK(folder.list() == std::vector<std::string>{"r.h5"});
  sample.run(folder / "r.h5");  // over an older one
  CHECK(folder.list() == std::vector<std::string>{"r.h5"});
}

TEST_CASE("a file that cannot be published leaves the previous one and the journal untouched") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  sample.run(path);
  const auto before = test::read_bytes(path);
  RunIdentity again = sample.identity;
  again.title = "Again";
  Journal journal(path, again, sample.layout);
  for (int strategy = 0; strategy < 3; ++strategy) sample.deliver(journal, strategy, 0, 20);
  const test::FileSizeLimit full(before.size() / 2);
  try {
    publish_results(path, again, sample.model, sample.layout, sample.metric, journal);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::io);
    CHECK_THAT(error.what(),
               Contains("cannot write") && Contains("File too large") && Contains("every finished world is kept"));
  }
  CHECK((test::read_bytes(path) == before));
  CHECK(folder.list() == std::vector<std::string>{"r.h5", "r.h5.journal"});
}

TEST_CASE("worlds that are missing are marked, and summaries leave them out") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 20);
    sample.deliver(journal, 1, 0, 10);
    sample.publish(path, journal);
  }
  const ResultsFile file = open_results(path);
  CHECK(file.completed(1)[9] == 1);
  CHECK(file.completed(1)[10] == 0);
  CHECK(std::isnan(file.read_metric("net_value", 1)[10]));
  CHECK(std::isnan(file.read_metric("asks", 1)[10]));
  CHECK_FALSE(std::isnan(file.read_metric("asks", 1)[9]));
  const auto* block = sample.layout.find("tenure_asks");
  double sum = 0.0;
  for (std::uint32_t r = 0; r < 10; ++r) sum += static_cast<double>(SampleRun::value(1, r, block->offset));
  CHECK(file.read_curve("tenure_asks", 1, Statistic::mean)[0] == Approx(sum / 10.0));
  CHECK(std::isnan(file.read_curve("tenure_asks", 2, Statistic::mean)[0]));
}

TEST_CASE("worlds handled at once take at most 64 MiB, unless a single one is larger") {
  CHECK(choose_slab(1000, 20) == 20);
  CHECK(choose_slab(1000, 5000) == 512);
  CHECK(choose_slab(16384, 5000) == 512);
  CHECK(choose_slab(16385, 5000) == 511);
  CHECK(choose_slab(100'000'000, 5000) == 1);
}

TEST_CASE("a file built in a scratch file has the same bytes as one built in memory") {
  const TemporaryFolder folder;
  const std::vector<double> values(100'000, 1.5);
  const auto build = [&](const std::string& scratch) {
    LabelledFile file(scratch);
    file.add_coordinate("x", values, "x", "1");
    for (const std::string name : {"a", "b"}) {
      const auto variable = file.add_variable("", name, ValueType::float64, {"x"}, {}, {64});
      file.write(variable, values.data());
    }
    const auto bytes = file.finish();
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  };
  const auto in_memory = build("");
  CHECK(in_memory.size() > 100'000);
  CHECK((build(folder / "scratch") == in_memory));
  CHECK(folder.list().empty());
}

TEST_CASE("a scratch file that cannot grow is an error with its reason") {
  const TemporaryFolder folder;
  const std::string scratch = folder / "scratch";
  // In a process of its own: after a failed write HDF5 keeps memory that it never frees.
  const pid_t child = ::fork();
  if (child == 0) {
    const test::FileSizeLimit full(100'000);
    try {
      const LabelledFile file(scratch);
    } catch (const Hdf5Failure&) {
      ::_exit(0);
    }
    ::_exit(1);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(folder.list().empty());
}

TEST_CASE("only SOURCE_DATE_EPOCH puts a time into a file") {
  const TemporaryFolder folder;
  const SampleRun sample(3);
  ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  sample.run(folder / "dated.h5");
  ::setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
  sample.run(folder / "odd.h5");
  ::unsetenv("SOURCE_DATE_EPOCH");
  sample.run(folder / "plain.h5");
  CHECK(open_results(folder / "dated.h5").created() == "2023-11-14T22:13:20Z");
  CHECK(open_results(folder / "plain.h5").created().empty());
  CHECK((test::read_bytes(folder / "odd.h5") == test::read_bytes(folder / "plain.h5")));
}
