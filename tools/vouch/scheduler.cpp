// SPDX-License-Identifier: Apache-2.0
#include "scheduler.hpp"

#include <fmt/format.h>

#include <charconv>
#include <vector>

#include "core/error.hpp"
#include "report/text.hpp"

namespace vouch::cli {
namespace {

/// Names of variables; null: the scheduler has none.
struct Scheduler {
  const char* name;
  const char* index;
  const char* count;
  const char* first;  ///< with `last`: the numbers of the array's first and last task
  const char* last;
  const char* step;
  std::uint32_t base;  ///< number of the first task where the count of shards is given
  const char* array;   ///< how an array is asked for, up to the number of tasks; empty: its numbers are as they must be
};

constexpr Scheduler schedulers[] = {
    {"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", nullptr,
     1, "sbatch --array=1-"},
    {"Grid Engine", "SGE_TASK_ID", nullptr, "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE", 1, "qsub -t 1-"},
    {"PBS", "PBS_ARRAY_INDEX", nullptr, nullptr, nullptr, nullptr, 1, "qsub -J 1-"},
    {"GNU parallel", "PARALLEL_SEQ", nullptr, nullptr, nullptr, nullptr, 1, ""},
    {"Kubernetes", "JOB_COMPLETION_INDEX", nullptr, nullptr, nullptr, nullptr, 0, ""},
    {"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", nullptr, nullptr, nullptr, 0, ""},
    {"Cloud Run", "CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT", nullptr, nullptr, nullptr, 0, ""},
    {"Google Batch", "BATCH_TASK_INDEX", "BATCH_TASK_COUNT", nullptr, nullptr, nullptr, 0, ""},
};

/// Empty where it is not set; Grid Engine says "undefined" outside of arrays.
std::string read_variable(const char* name, const Environment& environment) {
  const char* const value = name == nullptr ? nullptr : environment(name);
  return value == nullptr || std::string(value) == "undefined" ? "" : value;
}

class Task {
 public:
  Task(const std::string& text, const Environment& environment)
      : text_(text), environment_(environment), scheduler_(find_scheduler()) {}

  /// The array's numbers are those of the shards.
  Shard find_among(std::uint32_t count) const {
    const std::uint32_t index = read(scheduler_.index);
    if (index < scheduler_.base || index - scheduler_.base >= count) {
      const std::string array = *scheduler_.array == 0 ? "" : fmt::format(", as with {}{}", scheduler_.array, count);
      refuse(fmt::format("{} is {}, and must be from {} to {}{}", scheduler_.index, index, scheduler_.base,
                         scheduler_.base + (count - 1), array));
    }
    return {index - scheduler_.base + 1, count};
  }

  /// There are as many shards as tasks.
  Shard find_shard() const {
    if (scheduler_.first != nullptr) return find_in_array();
    if (scheduler_.count == nullptr)
      refuse(fmt::format("{} does not tell how many tasks there are; give --shard auto/N", scheduler_.name));
    const std::uint32_t count = read(scheduler_.count);
    return find_among(count);
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ExitCode::usage, fmt::format("--shard {}: {}", text_, what));
  }

  const Scheduler& find_scheduler() const {
    std::vector<std::string> known;
    std::vector<std::string> set;
    const Scheduler* found = nullptr;
    for (const Scheduler& scheduler : schedulers) {
      known.emplace_back(scheduler.index);
      if (read_variable(scheduler.index, environment_).empty()) continue;
      set.emplace_back(scheduler.index);
      found = &scheduler;
    }
    if (set.empty())
      refuse(fmt::format("no scheduler has numbered this task (none of {} is set); give --shard I/N",
                         report::join_names(known)));
    if (set.size() > 1)
      refuse(fmt::format("several schedulers have numbered this task ({} are set); give --shard I/N",
                         report::join_names(set)));
    return *found;
  }

  std::uint32_t read(const char* name) const {
    const std::string value = read_variable(name, environment_);
    std::uint32_t number = 0;
    const char* const end = value.data() + value.size();
    const auto [stop, failure] = std::from_chars(value.data(), end, number);
    if (failure != std::errc() || stop != end)
      refuse(fmt::format("{} is '{}', which is no number; give --shard I/N", name, value));
    return number;
  }

  /// A subset of an array, as it is submitted again after failures, would be numbered anew: so only a whole one counts.
  Shard find_in_array() const {
    const std::uint32_t first = read(scheduler_.first);
    const std::uint32_t last = read(scheduler_.last);
    const std::uint32_t index = read(scheduler_.index);
    const std::uint64_t count = std::uint64_t{last} + 1 - first;
    const bool has_gaps = (scheduler_.count != nullptr && read(scheduler_.count) != count) ||
                          (scheduler_.step != nullptr && read(scheduler_.step) != 1);
    if (first > 1 || last < first || has_gaps)
      refuse(
          fmt::format("this array of {} runs from {} to {}{}, so it may be a rest of another; give --shard auto/N, "
                      "where N is how many shards there are",
                      scheduler_.name, first, last, has_gaps ? " with gaps" : ""));
    if (index < first || index > last)
      refuse(fmt::format("{} is {}, and its array runs from {} to {}", scheduler_.index, index, first, last));
    return {index - first + 1, static_cast<std::uint32_t>(count)};
  }

  const std::string& text_;
  const Environment& environment_;
  const Scheduler& scheduler_;
};

}  // namespace

Shard find_scheduled_shard(const std::string& text, std::optional<std::uint32_t> count,
                           const Environment& environment) {
  const Task task(text, environment);
  return count ? task.find_among(*count) : task.find_shard();
}

}  // namespace vouch::cli
