// SPDX-License-Identifier: Apache-2.0
// TBB honours the affinity mask but no container quota: with 64 visible processors and a quota of 2, 64 threads
// would spend most of their time throttled.
#include "experiment/usable_cpus.hpp"

#if defined(__linux__)
#include <sched.h>
#endif

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

namespace vouch::experiment {
namespace {

void limit(std::optional<double>& quota, double cpus) { quota = quota ? std::min(*quota, cpus) : cpus; }

/// cgroup v2: "max 100000" or "150000 100000".
void read_v2(const std::string& folder, std::optional<double>& quota) {
  std::ifstream file(folder + "/cpu.max");
  double allowed = 0.0;
  double period = 0.0;
  if (file >> allowed >> period && allowed > 0.0 && period > 0.0) limit(quota, allowed / period);
}

/// cgroup v1: a quota of -1 is none.
void read_v1(const std::string& folder, std::optional<double>& quota) {
  double allowed = 0.0;
  double period = 0.0;
  std::ifstream quota_file(folder + "/cpu.cfs_quota_us");
  std::ifstream period_file(folder + "/cpu.cfs_period_us");
  if (quota_file >> allowed && period_file >> period && allowed > 0.0 && period > 0.0) limit(quota, allowed / period);
}

/// A group and its parents. Inside a container the path may be the host's, and only the last step, the mount, exists.
template <typename Read>
void walk_up(const std::string& mount, std::string group, const Read& read) {
  for (;;) {
    while (!group.empty() && group.back() == '/') group.pop_back();
    read(mount + group);
    if (group.empty()) return;
    const auto slash = group.rfind('/');
    group.resize(slash == std::string::npos ? 0 : slash);
  }
}

bool names_cpu(const std::string& controllers) {
  std::istringstream list(controllers);
  for (std::string name; std::getline(list, name, ',');) {
    if (name == "cpu") return true;
  }
  return false;
}

int count_affinity_cpus() {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

std::optional<double> compute_cpu_quota(const std::string& proc_cgroup, const std::string& mount) {
  std::optional<double> quota;
  std::istringstream lines(proc_cgroup);
  for (std::string line; std::getline(lines, line);) {  // hierarchy:controllers:path
    const auto first = line.find(':');
    const auto second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const std::string group = line.substr(second + 1);
    if (controllers.empty()) {
      walk_up(mount, group, [&](const std::string& folder) { read_v2(folder, quota); });
    } else if (names_cpu(controllers)) {
      for (const std::string& folder : {"/" + controllers, std::string("/cpu")}) {
        walk_up(mount + folder, group, [&](const std::string& path) { read_v1(path, quota); });
      }
    }
  }
  return quota;
}

int count_usable_cpus() {
  const int cpus = count_affinity_cpus();
  std::ifstream file("/proc/self/cgroup");
  std::ostringstream text;
  text << file.rdbuf();
  const auto quota = compute_cpu_quota(text.str(), "/sys/fs/cgroup");
  return quota ? std::clamp(static_cast<int>(std::ceil(*quota)), 1, cpus) : cpus;
}

}  // namespace vouch::experiment
