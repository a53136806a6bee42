// SPDX-License-Identifier: Apache-2.0
#include "results/run_log.hpp"

#include <algorithm>

#include "results/provenance.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"

using namespace vouch::results;
using Catch::Matchers::Contains;

TEST_CASE("every run adds one line of JSON, whatever its command line held") {
  const vouch::test::TemporaryFolder folder;
  RunRecord record;
  record.command_line = {"vouch", "run", "a \"b\"\n.toml", "\xff\xfe"};
  record.started = "2024-01-02T03:04:05Z";
  record.num_threads = 2;
  record.ending = "published";
  append_run_log(folder / "r.h5", record);
  append_run_log(folder / "r.h5", record);
  const auto bytes = vouch::test::read_bytes(folder / "r.h5.log.jsonl");
  CHECK(std::count(bytes.begin(), bytes.end(), '\n') == 2);
  const std::string text(bytes.begin(), bytes.end());
  CHECK_THAT(text, Contains("\"started\":\"2024-01-02T03:04:05Z\"") && Contains("\"threads\":2") &&
                       Contains("a \\\"b\\\"\\n.toml"));
  CHECK_THAT(text, Contains("\"vouch_version\":\"" + version() + "\""));
  CHECK_FALSE(git_commit().empty());
}
