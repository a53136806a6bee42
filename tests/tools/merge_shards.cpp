// SPDX-License-Identifier: Apache-2.0
#include "merge_shards.hpp"

#include "results/provenance.hpp"
#include "results/sample.hpp"
#include "shard.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

results::RunIdentity make_identity(std::uint32_t replications, bool antithetic = false) {
  results::RunIdentity identity;
  identity.replications = replications;
  identity.antithetic = antithetic;
  return identity;
}

/// Shards of ten, each named by its number.
std::vector<PartFile> make_files(const std::vector<std::uint32_t>& shards, const results::RunIdentity& identity) {
  std::vector<PartFile> files;
  for (const std::uint32_t shard : shards)
    files.push_back({std::to_string(shard), compute_part({shard, 10}, identity.replications, identity.antithetic)});
  return files;
}

using Misfits = std::vector<std::string>;

}  // namespace

TEST_CASE("shards of one run fit") {
  for (const bool antithetic : {false, true}) {
    const auto identity = make_identity(998, antithetic);
    CHECK(find_misfits(make_files({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, identity), identity, 0, 998).empty());
    CHECK(find_misfits(make_files({4, 5, 6}, identity), identity, compute_part({4, 10}, 998, antithetic).first,
                       compute_part({6, 10}, 998, antithetic).end())
              .empty());
  }
}

TEST_CASE("every gap is named, with its shards") {
  const auto identity = make_identity(1000);
  CHECK(find_misfits(make_files({1, 2, 3, 5, 9}, identity), identity, 0, 1000) ==
        Misfits{"no file holds replications 301 to 400 (shard 4 of 10)",
                "no file holds replications 501 to 800 (shards 6 to 8 of 10)",
                "no file holds replications 901 to 1,000 (shard 10 of 10)"});
  CHECK(find_misfits({{"a", {0, 300, 0, 0}}, {"b", {350, 650, 0, 0}}}, identity, 0, 1000) ==
        Misfits{"no file holds replications 301 to 350"});
  const auto uneven = make_identity(998, true);
  CHECK(find_misfits(make_files({1, 2, 3, 5, 6, 7, 8, 9, 10}, uneven), uneven, 0, 998) ==
        Misfits{"no file holds replications 299 to 398 (shard 4 of 10)"});
}

TEST_CASE("shards that another vouch made are refused, whatever they hold") {
  const test::TemporaryFolder folder;
  MergeOptions options;
  for (const std::uint32_t shard : {1U, 2U}) {
    test::SampleRun sample(6);
    sample.identity.part = compute_part({shard, 2}, 6, false);
    options.paths.push_back(find_shard_path(folder / "a.h5", {shard, 2}));
    sample.run(options.paths.back());
  }
  const Error error = test::catch_error([&] { plan_merge(options); });
  CHECK(error.code() == ExitCode::data);
  CHECK(error.what() == "'" + options.paths.front() +
                            "' was made by vouch 0.1.0 (0123456789abcdef), and this is vouch " + results::version() +
                            " (" + results::git_commit() + "); merge it with the vouch that made it");
}

TEST_CASE("every overlap is named, with both files") {
  const auto identity = make_identity(1000);
  CHECK(find_misfits({{"a", {0, 500, 1, 2}}, {"b", {0, 500, 1, 2}}, {"c", {400, 600, 0, 0}}}, identity, 0, 1000) ==
        Misfits{"'a' and 'b' both hold replications 1 to 500", "'a' and 'c' both hold replications 401 to 500"});
}
