// SPDX-License-Identifier: Apache-2.0
#include "memory_limit.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

namespace vouch::cli {
namespace {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

std::optional<std::uint64_t> read_number(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  return file >> number ? std::optional(number) : std::nullopt;  // "max" is none
}

/// What is free; but no less than half of all there is, since what others take now they may give back soon.
std::uint64_t read_available() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  std::uint64_t kilobytes = 0;
  std::uint64_t half = unlimited;
  for (std::string unit; file >> name >> kilobytes; std::getline(file, unit)) {
    if (name == "MemTotal:") half = kilobytes << 9;
    if (name == "MemAvailable:") return std::max(half == unlimited ? 0 : half, kilobytes << 10);
  }
  return unlimited;
}

/// What is left of the cgroup's memory; of version 2 and 1, as a container sees its own.
std::uint64_t read_left_of_group() {
  for (const auto& [limit, used] :
       {std::pair{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"},
        std::pair{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"}}) {
    const auto most = read_number(limit);
    const auto taken = read_number(used);
    // What is taken is mostly files, which make room.
    if (most && taken) return *most - std::min(*most, std::min(*taken, *most / 4));
  }
  return unlimited;
}

/// What counts now; far more than there is where a sanitizer keeps books.
std::uint64_t read_counted() {
  std::ifstream file("/proc/self/status");
  std::string name;
  std::uint64_t kilobytes = 0;
  for (std::string rest; file >> name; std::getline(file, rest))
    if (name == "VmData:" && file >> kilobytes) return kilobytes << 10;
  return unlimited;
}

}  // namespace

void limit_memory() {
  const std::uint64_t free = std::min(read_available(), read_left_of_group());
  if (free == unlimited) return;
  // Threads' stacks count, though little of them is ever used.
  constexpr std::uint64_t usual_stack = std::uint64_t{8} << 20;
  constexpr std::uint64_t largest_stacks = std::uint64_t{1} << 40;
  constexpr std::uint64_t few_threads = 64;
  rlimit stack{};
  const bool has_stack = ::getrlimit(RLIMIT_STACK, &stack) == 0 && stack.rlim_cur != RLIM_INFINITY;
  const auto num_processors = static_cast<std::uint64_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
  const std::uint64_t each = std::max<std::uint64_t>(usual_stack, has_stack ? stack.rlim_cur : 0);
  const std::uint64_t num_threads = 2 * std::max(few_threads, num_processors);
  const auto most = static_cast<rlim_t>(free + std::min(largest_stacks / num_threads, each) * num_threads);
  if (read_counted() > most) return;
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0) return;
  limit.rlim_cur = std::min(limit.rlim_cur, most);
  ::setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace vouch::cli
