// SPDX-License-Identifier: Apache-2.0
#include "results/journal.hpp"

#include <unistd.h>

#include "core/error.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::results;
using Catch::Matchers::Contains;
using vouch::test::SampleRun;
using vouch::test::TemporaryFolder;

namespace {

/// The error that opening the journal gives.
Error catch_error(const std::string& path, const RunIdentity& identity, const model::ObservationLayout& layout) {
  return test::catch_error([&] { const Journal journal(path, identity, layout); });
}

void check_rows(const Journal& journal, const SampleRun& sample) {
  std::vector<std::int64_t> row(sample.layout.size());
  for (int strategy = 0; strategy < sample.num_strategies(); ++strategy) {
    for (std::uint32_t r = 0; r < sample.identity.replications; ++r) {
      if (!journal.is_done({strategy, r})) continue;
      journal.read({strategy, r}, row);
      REQUIRE(row == sample.row(strategy, r));
    }
  }
}

}  // namespace

TEST_CASE("a journal gives back the rows it was given, also after it was closed") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 2, 5, 7);
    sample.deliver(journal, 0, 0, 1);
    CHECK(journal.num_done() == 8);
    check_rows(journal, sample);
  }
  const Journal journal(path, sample.identity, sample.layout);
  CHECK(journal.num_resumed() == 8);
  CHECK(journal.num_planned() == 60);
  CHECK(journal.num_bytes_cut() == 0);
  CHECK(journal.is_done({2, 11}));
  CHECK_FALSE(journal.is_done({2, 12}));
  CHECK_FALSE(journal.is_done({1, 5}));
  check_rows(journal, sample);
}

TEST_CASE("a last record torn at any byte is cut off, and the ones before it are kept") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 2);
  }
  const std::size_t first_end = test::read_bytes(path + ".journal").size();
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 1, 0, 1);
  }
  const auto whole = test::read_bytes(path + ".journal");
  for (std::size_t size = first_end; size < whole.size(); ++size) {
    test::write_bytes(path + ".journal", {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    Journal journal(path, sample.identity, sample.layout);
    REQUIRE(journal.num_done() == 2);
    REQUIRE(journal.num_bytes_cut() == size - first_end);
    REQUIRE_FALSE(journal.is_done({1, 0}));
    if (size % 97 == 0) {  // and goes on from there
      sample.deliver(journal, 1, 0, 1);
      REQUIRE((test::read_bytes(path + ".journal") == whole));
    }
  }
}

TEST_CASE("a journal torn while its header was written starts again") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  { const Journal journal(path, sample.identity, sample.layout); }
  const auto header = test::read_bytes(path + ".journal");
  for (std::size_t size = 0; size < header.size(); ++size) {
    test::write_bytes(path + ".journal", {header.begin(), header.begin() + static_cast<std::ptrdiff_t>(size)});
    { const Journal journal(path, sample.identity, sample.layout); }
    REQUIRE((test::read_bytes(path + ".journal") == header));
  }
}

TEST_CASE("no flipped byte gets a wrong number into a journal") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 1);
    sample.deliver(journal, 1, 0, 1);
  }
  const auto whole = test::read_bytes(path + ".journal");
  for (std::size_t byte = 0; byte < whole.size(); byte += byte < 200 ? 1 : 13) {
    auto damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    test::write_bytes(path + ".journal", damaged);
    try {
      const Journal journal(path, sample.identity, sample.layout);
      REQUIRE(journal.num_done() < 2);
      check_rows(journal, sample);
    } catch (const Error& error) {
      REQUIRE(error.code() == ExitCode::data);  // in the header
    }
  }
}

TEST_CASE("a record damaged while the journal is open is found when it is read") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  Journal journal(path, sample.identity, sample.layout);
  sample.deliver(journal, 0, 0, 1);
  auto bytes = test::read_bytes(path + ".journal");
  bytes[bytes.size() - 20] = static_cast<char>(bytes[bytes.size() - 20] ^ 1);
  test::write_bytes(path + ".journal", bytes);
  std::vector<std::int64_t> row(sample.layout.size());
  CHECK_THROWS_AS(journal.read({0, 0}, row), Error);
}

TEST_CASE("a journal of other worlds that holds none stands in nobody's way") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  { const Journal journal(path, sample.identity, sample.layout); }
  auto other = sample.identity;
  other.seed += 1;
  Journal journal(path, other, sample.layout);
  sample.deliver(journal, 0, 0, 1);
  CHECK(journal.num_done() == 1);
}

TEST_CASE("a journal of other worlds is refused, and the message names the difference") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 1);
  }
  const auto before = test::read_bytes(path + ".journal");
  const auto refuse = [&](auto change, const std::string& difference) {
    RunIdentity other = sample.identity;
    change(other);
    const Error error = catch_error(path, other, sample.layout);
    CHECK(error.code() == ExitCode::data);
    CHECK_THAT(error.what(), Contains(difference) && Contains("--force") && Contains("-o"));
  };
  refuse([](RunIdentity& other) { other.seed = 8; }, "its seed is '7', this run's '8'");
  refuse([](RunIdentity& other) { other.scenario_text += "# \n"; }, "its scenario differs");
  refuse([](RunIdentity& other) { other.version = "0.2.0"; }, "its version is '0.1.0', this run's '0.2.0'");
  refuse([](RunIdentity& other) { other.git_sha1 = "f00"; }, "its commit is '0123456789abcdef', this run's 'f00'");
  refuse([](RunIdentity& other) { other.antithetic = true; }, "its antithetic is 'no', this run's 'yes'");
  refuse([](RunIdentity& other) { other.strategy_names.pop_back(); },
         "its strategies are 'never, at signing, later', this run's 'never, at signing'");
  const model::ObservationLayout wider(sample.model, 3);
  CHECK_THAT(catch_error(path, sample.identity, wider).what(), Contains("reports other quantities"));
  CHECK((test::read_bytes(path + ".journal") == before));
}

TEST_CASE("what changes no world changes no identity") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 20);
  }
  RunIdentity other = sample.identity;
  other.baseline = "later";
  other.confidence = 0.9;
  other.title = "Renamed";
  other.replications = 12;
  CHECK(Journal(path, other, sample.layout).num_done() == 12);
  other.replications = 1000;
  CHECK(Journal(path, other, sample.layout).num_done() == 20);
}

TEST_CASE("worlds_text decides about the scenario where it is given") {
  const SampleRun sample;
  RunIdentity one = sample.identity;
  one.worlds_text = "worlds";
  RunIdentity other = one;
  other.scenario_text = "replications = 3";
  CHECK(compute_worlds_digest(one, sample.layout) == compute_worlds_digest(other, sample.layout));
  other.worlds_text = "other worlds";
  CHECK(compute_worlds_digest(one, sample.layout) != compute_worlds_digest(other, sample.layout));
}

TEST_CASE("a foreign file, a newer journal and a journal in use are refused") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  test::write_bytes(path + ".journal", std::vector<char>(100, 'x'));
  CHECK_THAT(catch_error(path, sample.identity, sample.layout).what(), Contains("is no journal of vouch"));
  test::write_bytes(path + ".journal", {});
  { const Journal journal(path, sample.identity, sample.layout); }
  auto bytes = test::read_bytes(path + ".journal");
  bytes[8] = 9;
  test::write_bytes(path + ".journal", bytes);
  CHECK_THAT(catch_error(path, sample.identity, sample.layout).what(), Contains("schema version 9"));
  const Journal journal(folder / "s.h5", sample.identity, sample.layout);
  const Error busy = catch_error(folder / "s.h5", sample.identity, sample.layout);
  CHECK(busy.code() == ExitCode::io);
  CHECK_THAT(busy.what(), Contains("another run is writing it"));
}

TEST_CASE("starting afresh drops what a journal holds, but never that of a run that has it open") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  const auto start_afresh = [&] {
    return Journal(path, sample.identity, sample.layout, Journal::Start::afresh).num_done();
  };
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 2);
    const auto before = test::read_bytes(path + ".journal");
    CHECK_THAT(test::catch_error(start_afresh).what(), Contains("another run is writing it"));
    CHECK((test::read_bytes(path + ".journal") == before));
    sample.deliver(journal, 1, 0, 2);
    check_rows(journal, sample);
  }
  CHECK(Journal(path, sample.identity, sample.layout).num_done() == 4);
  CHECK(start_afresh() == 0);
  auto damaged = test::read_bytes(path + ".journal");
  damaged[20] ^= 1;
  test::write_bytes(path + ".journal", damaged);
  CHECK(start_afresh() == 0);
  CHECK(Journal(path, sample.identity, sample.layout).num_done() == 0);
  const std::vector<char> foreign(100, 'x');
  test::write_bytes(path + ".journal", foreign);
  CHECK_THAT(test::catch_error(start_afresh).what(), Contains("is no journal of vouch; move it away"));
  CHECK((test::read_bytes(path + ".journal") == foreign));
}

TEST_CASE("a journal whose results are published goes, unless it is another run's or in use") {
  const TemporaryFolder folder;
  const SampleRun sample(6);
  const SampleRun longer(9);
  const std::string path = folder / "r.h5";
  const auto is_there = [&] { return is_journal(path + ".journal"); };
  CHECK_NOTHROW(remove_spent_journal(path, sample.identity));
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 6);
    remove_spent_journal(path, sample.identity);
    CHECK(is_there());
  }
  { const Journal journal(path, longer.identity, longer.layout); }
  remove_spent_journal(path, sample.identity);  // its worlds are the longer run's now
  CHECK(is_there());
  remove_spent_journal(path, longer.identity);
  CHECK_FALSE(is_there());
}

TEST_CASE("a file that was deleted or replaced since it was opened is known") {
  const TemporaryFolder folder;
  const FileHandle file(folder / "f", FileHandle::Mode::own_read_write);
  CHECK(file.is_at_path());
  REQUIRE(::unlink((folder / "f").c_str()) == 0);
  CHECK_FALSE(file.is_at_path());
  const FileHandle other(folder / "f", FileHandle::Mode::own_read_write);
  CHECK_FALSE(file.is_at_path());
  CHECK(other.is_at_path());
}

TEST_CASE("an output that cannot be written is an error before anything is simulated") {
  const TemporaryFolder folder;
  const SampleRun sample;
  CHECK_THAT(catch_error(folder / "none/r.h5", sample.identity, sample.layout).what(),
             Contains("cannot write") && Contains("No such file or directory") && Contains("create its folder first"));
  CHECK_THAT(catch_error(folder / "", sample.identity, sample.layout).what(), Contains("it is a folder"));
  CHECK(catch_error("/dev/null", sample.identity, sample.layout).code() == ExitCode::io);
  CHECK(folder.list().empty());
}

TEST_CASE("when the disk is full the finished worlds are kept, and the same run goes on") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  {
    Journal journal(path, sample.identity, sample.layout);
    sample.deliver(journal, 0, 0, 3);
    const std::uint64_t size = test::read_bytes(path + ".journal").size();
    const test::FileSizeLimit full(size + 100);
    try {
      sample.deliver(journal, 1, 0, 3);
      FAIL("no error");
    } catch (const Error& error) {
      CHECK(error.code() == ExitCode::io);
      CHECK(error.what() == "cannot write '" + path +
                                ".journal': File too large; 3 of 60 worlds are kept; free space and run "
                                "the same command again to resume");
    }
    CHECK((test::read_bytes(path + ".journal").size() == size));
  }
  Journal journal(path, sample.identity, sample.layout);
  CHECK(journal.num_resumed() == 3);
  sample.deliver(journal, 1, 0, 3);
  check_rows(journal, sample);
}
