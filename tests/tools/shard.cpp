// SPDX-License-Identifier: Apache-2.0
#include "shard.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

Shard parse(const std::string& text) {
  return parse_shard(text, [](const char*) -> const char* { return nullptr; });
}

}  // namespace

TEST_CASE("a shard is named by two numbers") {
  CHECK(parse("3/10").index == 3);
  CHECK(parse("3/10").count == 10);
  CHECK(parse("1/1").count == 1);
  for (const char* text : {"", "3", "/", "3/", "/10", "0/10", "3/0", "-1/10", "3/10/2", " 3/10", "3/1e1", "+3/10",
                           "3/99999999999", "auto/", "auto/0", "auto/x", "automatic"}) {
    INFO(text);
    CHECK_THROWS_WITH(parse(text), std::string("--shard ") + text +
                                       ": this names no shard; write I/N, where I is from 1 to N, as in --shard 3/10, "
                                       "or auto or auto/N under a scheduler");
  }
  CHECK_THROWS_WITH(parse("11/10"), "--shard 11/10: there is no shard 11 of 10; they are numbered from 1");
}

TEST_CASE("shards share out all replications, equally up to one, and pairs stay together") {
  for (const bool antithetic : {false, true}) {
    const std::uint32_t size = antithetic ? 2 : 1;
    for (const std::uint32_t replications : {2U, 20U, 998U, 1'000'000'000U}) {
      for (const std::uint32_t count : {1U, 3U, 7U, 10U, 499U, 1000U}) {
        if (replications / size < count) continue;
        std::uint32_t next = 0;
        for (std::uint32_t index = 1; index <= count; ++index) {
          const results::Part part = compute_part({index, count}, replications, antithetic);
          REQUIRE(part.first == next);
          REQUIRE(part.first % size == 0);
          REQUIRE(part.count / size >= replications / size / count);
          REQUIRE(part.count / size <= replications / size / count + 1);
          REQUIRE(part.shard == index);
          next = part.end();
        }
        REQUIRE(next == replications);
      }
    }
  }
}

TEST_CASE("more shards than replications are refused") {
  CHECK_THROWS_WITH(compute_part({3, 21}, 20, false),
                    "--shard 3/21: 20 replications cannot be shared among 21 shards; give at most 20, or more "
                    "--replications");
  CHECK_THROWS_WITH(compute_part({3, 11}, 20, true),
                    "--shard 3/11: 10 antithetic pairs cannot be shared among 11 shards; give at most 10, or more "
                    "--replications");
  CHECK(compute_part({20, 20}, 20, false) == results::Part{19, 1, 20, 20});
}

TEST_CASE("a shard's file is named after the run's, and the run's name is found again") {
  CHECK(find_shard_path("outputs/small.h5", {3, 10}) == "outputs/small.shard-03-of-10.h5");
  CHECK(find_shard_path("small", {3, 7}) == "small.shard-3-of-7.h5");
  CHECK(find_shard_path("small.shard-3-of-7.h5", {3, 7}) == "small.shard-3-of-7.h5");
  CHECK(find_part_path("outputs/small.h5", {200, 300}, 1000) == "outputs/small.part-0201-to-0500.h5");
  CHECK(find_whole_path("outputs/small.shard-03-of-10.h5") == "outputs/small.h5");
  CHECK(find_whole_path("outputs/small.part-0201-to-0500.h5") == "outputs/small.h5");
  for (const char* path : {"small.h5", "small.shard-3-of-x.h5", "small.shard-3-of-7", "small.shard-3.h5", "", ".h5",
                           "small.shard-3-of-7.h5.journal"})
    CHECK(find_whole_path(path).empty());
}

TEST_CASE("the command of a part and that of its run") {
  const results::Part shard{200, 100, 3, 10};
  CHECK(format_shard_option(shard) == " --shard 3/10");
  CHECK(format_shard_option({200, 300}).empty());
  CHECK(find_whole_command("vouch run a.toml --shard 3/10", shard) == "vouch run a.toml");
  CHECK(find_whole_command("vouch run a.toml", {200, 300}) == "vouch run a.toml");
}
