// SPDX-License-Identifier: Apache-2.0
#include <atomic>

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

/// The sample's run, of which it has a part.
SampleRun make_part(SampleRun sample, std::uint32_t first, std::uint32_t count) {
  sample.identity.part = Part{first, count, 2, 3};
  return sample;
}

/// What a merge does.
void join(const SampleRun& whole, const std::vector<std::string>& files, const std::string& path, Detail detail) {
  Journal journal(path, whole.identity, whole.layout);
  for (const std::string& file : files) CHECK(import_worlds(open_results(file), whole.identity, whole.layout, journal));
  whole.publish(path, journal, detail);
}

void check_join(const SampleRun& whole, Detail detail) {
  const TemporaryFolder folder;
  const std::uint32_t replications = whole.identity.replications;
  whole.run(folder / "once.h5", detail);
  const std::uint32_t ends[] = {0, 2, replications - 11, replications};
  std::vector<std::string> files;
  for (std::size_t i = 0; i + 1 < std::size(ends); ++i) {
    files.insert(files.begin(), folder / (std::to_string(i) + ".h5"));
    make_part(whole, ends[i], ends[i + 1] - ends[i]).run(files.front(), detail);
  }
  join(whole, files, folder / "joined.h5", detail);
  CHECK((test::read_bytes(folder / "joined.h5") == test::read_bytes(folder / "once.h5")));
  // In a tree: the last two first.
  const SampleRun partly = make_part(whole, 2, replications - 2);
  join(partly, {files[0], files[1]}, folder / "part.h5", detail);
  join(whole, {folder / "part.h5", files[2]}, folder / "tree.h5", detail);
  CHECK((test::read_bytes(folder / "tree.h5") == test::read_bytes(folder / "once.h5")));
}

}  // namespace

TEST_CASE("parts that are joined have the bytes of one run") {
  check_join(SampleRun(20), Detail::summary);
  check_join(SampleRun(1200), Detail::summary);  // several chunks, not at the same places
  check_join(SampleRun(20), Detail::world);
  check_join(SampleRun::make_sweep(20), Detail::summary);
  check_join(SampleRun::make_sweep(700), Detail::world);
}

TEST_CASE("a part's file says which part it is, and counts its worlds from its first") {
  const TemporaryFolder folder;
  const SampleRun part = make_part(SampleRun(20), 6, 5);
  part.run(folder / "part.h5");
  const ResultsFile file = open_results(folder / "part.h5");
  REQUIRE(file.identity().part);
  CHECK(*file.identity().part == Part{6, 5, 2, 3});
  CHECK(file.identity().replications == 20);
  CHECK(file.num_replications() == 5);
  CHECK(file.completed(1) == std::vector<std::uint8_t>(5, 1));
  const auto rows = file.read_rows(1, {4, 1});
  CHECK(rows == part.row(1, 10));
  CHECK_FALSE(file.unfinished());
  CHECK_FALSE(open_results([&] {
                SampleRun(4).run(folder / "whole.h5");
                return folder / "whole.h5";
              }())
                  .identity()
                  .part);
}

TEST_CASE("only the same part is found finished") {
  const TemporaryFolder folder;
  const SampleRun part = make_part(SampleRun(20), 6, 5);
  part.run(folder / "part.h5");
  CHECK(find_completed(folder / "part.h5", part.identity, part.layout));
  CHECK_FALSE(find_completed(folder / "part.h5", SampleRun(20).identity, part.layout));
  CHECK_FALSE(find_completed(folder / "part.h5", make_part(SampleRun(20), 6, 4).identity, part.layout));
  SampleRun(20).run(folder / "whole.h5");
  CHECK_FALSE(find_completed(folder / "whole.h5", part.identity, part.layout));
}

TEST_CASE("a part's journal goes on, knows its worlds by their replication, and can be read") {
  const TemporaryFolder folder;
  const SampleRun part = make_part(SampleRun(20), 6, 5);
  {
    Journal journal(folder / "part.h5", part.identity, part.layout);
    CHECK(journal.num_planned() == 15);
    part.deliver(journal, 0, 6, 2);
    part.deliver(journal, 2, 8, 1);
  }
  const Journal journal(folder / "part.h5", part.identity, part.layout);
  CHECK(journal.num_resumed() == 3);
  CHECK(journal.num_replications() == 3);
  CHECK(journal.is_done({0, 7}));
  CHECK_FALSE(journal.is_done({0, 5}));
  CHECK_FALSE(journal.is_done({0, 0}));
  CHECK_FALSE(journal.is_done({0, 11}));
  std::vector<std::int64_t> row(part.layout.size());
  journal.read({2, 8}, row);
  CHECK(row == part.row(2, 8));
  const RunIdentity found = read_journal_identity(journal.path());
  REQUIRE(found.part);
  CHECK(*found.part == *part.identity.part);
  const ResultsFile file = open_unfinished(found, part.model, part.layout, part.metric, journal);
  CHECK(file.num_replications() == 3);
  CHECK(file.completed(2) == std::vector<std::uint8_t>{0, 0, 1});
  CHECK(file.read_rows(2, {2, 1}) == part.row(2, 8));
  CHECK(file.unfinished()->num_planned == 15);
}

TEST_CASE("a journal of another part is refused, unless it holds no world") {
  const TemporaryFolder folder;
  const SampleRun part = make_part(SampleRun(20), 6, 5);
  const SampleRun other = make_part(SampleRun(20), 11, 5);
  const auto open = [&](const SampleRun& sample) {
    return Journal(folder / "a.h5", sample.identity, sample.layout).num_done();
  };
  CHECK(open(other) == 0);
  {
    Journal journal(folder / "a.h5", part.identity, part.layout);
    part.deliver(journal, 0, 6, 2);
  }
  const std::string path = folder / "a.h5.journal";
  const std::string remedy =
      "; finish that part with its own command, choose another output with -o, or start anew with --force";
  Error error = test::catch_error([&] { open(other); });
  CHECK(error.code() == ExitCode::data);
  CHECK(error.what() == "'" + path +
                            "' holds another part of this run: it is of replications 7 to 11, and this is of "
                            "replications 12 to 16" +
                            remedy);
  error = test::catch_error([&] { open(SampleRun(20)); });
  CHECK(error.what() == "'" + path +
                            "' holds another part of this run: it is of replications 7 to 11, and this is of the "
                            "whole run" +
                            remedy);
  SampleRun renamed = part;  // the same worlds, of another number of shards
  renamed.identity.part->num_shards = 9;
  CHECK(open(renamed) == 2);
}

TEST_CASE("an import that is stopped keeps what it has and says so") {
  const TemporaryFolder folder;
  make_part(SampleRun(20), 6, 5).run(folder / "part.h5");
  const SampleRun whole(20);
  Journal journal(folder / "whole.h5", whole.identity, whole.layout);
  const std::atomic<bool> stop = true;
  CHECK_FALSE(import_worlds(open_results(folder / "part.h5"), whole.identity, whole.layout, journal, &stop));
  CHECK(journal.num_done() == 0);
}
