// SPDX-License-Identifier: Apache-2.0
#include "scheduler.hpp"

#include <map>

#include "core/error.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

using Variables = std::map<std::string, std::string>;

Shard parse(const std::string& text, const Variables& variables) {
  return parse_shard(text, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

void check(const std::string& text, const Variables& variables, std::uint32_t index, std::uint32_t count) {
  const Shard shard = parse(text, variables);
  CHECK(shard.index == index);
  CHECK(shard.count == count);
}

Variables make_slurm(const char* id, const char* first, const char* last, const char* count) {
  return {{"SLURM_ARRAY_TASK_ID", id},
          {"SLURM_ARRAY_TASK_MIN", first},
          {"SLURM_ARRAY_TASK_MAX", last},
          {"SLURM_ARRAY_TASK_COUNT", count}};
}

}  // namespace

TEST_CASE("each scheduler numbers its tasks in its own way") {
  for (const char* one_based : {"SLURM_ARRAY_TASK_ID", "SGE_TASK_ID", "PBS_ARRAY_INDEX", "PARALLEL_SEQ"}) {
    INFO(one_based);
    check("auto/10", {{one_based, "1"}}, 1, 10);
    check("auto/10", {{one_based, "10"}}, 10, 10);
    CHECK_THROWS_AS(parse("auto/10", {{one_based, "0"}}), Error);
    CHECK_THROWS_AS(parse("auto/10", {{one_based, "11"}}), Error);
  }
  for (const char* zero_based :
       {"JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "CLOUD_RUN_TASK_INDEX", "BATCH_TASK_INDEX"}) {
    INFO(zero_based);
    check("auto/10", {{zero_based, "0"}}, 1, 10);
    check("auto/10", {{zero_based, "9"}}, 10, 10);
    CHECK_THROWS_AS(parse("auto/10", {{zero_based, "10"}}), Error);
  }
}

TEST_CASE("schedulers that tell how many tasks there are need not be told") {
  check("auto", make_slurm("7", "1", "10", "10"), 7, 10);
  check("auto", make_slurm("7", "0", "9", "10"), 8, 10);
  check("auto", {{"SGE_TASK_ID", "7"}, {"SGE_TASK_FIRST", "1"}, {"SGE_TASK_LAST", "10"}, {"SGE_TASK_STEPSIZE", "1"}}, 7,
        10);
  check("auto", {{"AWS_BATCH_JOB_ARRAY_INDEX", "0"}, {"AWS_BATCH_JOB_ARRAY_SIZE", "10"}}, 1, 10);
  check("auto", {{"CLOUD_RUN_TASK_INDEX", "9"}, {"CLOUD_RUN_TASK_COUNT", "10"}}, 10, 10);
  check("auto", {{"BATCH_TASK_INDEX", "3"}, {"BATCH_TASK_COUNT", "4"}}, 4, 4);
}

TEST_CASE("what a scheduler does not tell, or tells of a rest only, is refused") {
  CHECK_THROWS_WITH(parse("auto", {}),
                    "--shard auto: no scheduler has numbered this task (none of SLURM_ARRAY_TASK_ID, SGE_TASK_ID, "
                    "PBS_ARRAY_INDEX, PARALLEL_SEQ, JOB_COMPLETION_INDEX, AWS_BATCH_JOB_ARRAY_INDEX, "
                    "CLOUD_RUN_TASK_INDEX and BATCH_TASK_INDEX is set); give --shard I/N");
  CHECK_THROWS_AS(parse("auto/4", {{"SGE_TASK_ID", "undefined"}}), Error);
  CHECK_THROWS_WITH(parse("auto/4", {{"SLURM_ARRAY_TASK_ID", "1"}, {"PARALLEL_SEQ", "2"}}),
                    "--shard auto/4: several schedulers have numbered this task (SLURM_ARRAY_TASK_ID and PARALLEL_SEQ "
                    "are set); give --shard I/N");
  CHECK_THROWS_WITH(parse("auto", {{"JOB_COMPLETION_INDEX", "2"}}),
                    "--shard auto: Kubernetes does not tell how many tasks there are; give --shard auto/N");
  CHECK_THROWS_WITH(parse("auto/4", {{"PBS_ARRAY_INDEX", "5"}}),
                    "--shard auto/4: PBS_ARRAY_INDEX is 5, and must be from 1 to 4, as with qsub -J 1-4");
  CHECK_THROWS_WITH(parse("auto/4", {{"JOB_COMPLETION_INDEX", "4"}}),
                    "--shard auto/4: JOB_COMPLETION_INDEX is 4, and must be from 0 to 3");
  CHECK_THROWS_WITH(parse("auto/4", {{"PARALLEL_SEQ", "two"}}),
                    "--shard auto/4: PARALLEL_SEQ is 'two', which is no number; give --shard I/N");
  CHECK_THROWS_WITH(parse("auto", make_slurm("7", "1", "10", "4")),
                    "--shard auto: this array of Slurm runs from 1 to 10 with gaps, so it may be a rest of another; "
                    "give --shard auto/N, where N is how many shards there are");
  CHECK_THROWS_WITH(parse("auto", make_slurm("7", "5", "10", "6")),
                    "--shard auto: this array of Slurm runs from 5 to 10, so it may be a rest of another; give --shard "
                    "auto/N, where N is how many shards there are");
  CHECK_THROWS_AS(
      parse("auto",
            {{"SGE_TASK_ID", "3"}, {"SGE_TASK_FIRST", "1"}, {"SGE_TASK_LAST", "9"}, {"SGE_TASK_STEPSIZE", "2"}}),
      Error);
}
