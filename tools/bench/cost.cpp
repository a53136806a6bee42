// SPDX-License-Identifier: Apache-2.0
#include "cost.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/syscall.h>
#endif

namespace vouch::bench {

namespace {

int open_cycle_counter() {
#ifdef __linux__
  perf_event_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.config = PERF_COUNT_HW_CPU_CYCLES;
  attributes.inherit = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  return static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
#else
  return -1;
#endif
}

std::uint64_t read_cpu_ns() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_utime.tv_sec) * 1'000'000'000u +
         static_cast<std::uint64_t>(usage.ru_utime.tv_usec) * 1000u;
}

std::uint64_t read_wall_ns() {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

}  // namespace

CostMeter::CostMeter()
    : descriptor_(open_cycle_counter()), cpu_start_ns_(read_cpu_ns()), wall_start_ns_(read_wall_ns()) {}

CostMeter::~CostMeter() {
  if (descriptor_ >= 0) close(descriptor_);
}

Cost CostMeter::read() const {
  Cost cost;
  std::uint64_t cycles = 0;
  if (descriptor_ >= 0 && ::read(descriptor_, &cycles, sizeof cycles) == sizeof cycles) cost.cycles = cycles;
  cost.cpu_ns = read_cpu_ns() - cpu_start_ns_;
  cost.wall_ns = read_wall_ns() - wall_start_ns_;
  return cost;
}

std::uint64_t read_peak_memory() {
#ifdef __linux__
  // Not ru_maxrss, which a process takes over from the one that started it.
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes * 1024u;
  }
#endif
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss);  // bytes on macOS
}

}  // namespace vouch::bench
