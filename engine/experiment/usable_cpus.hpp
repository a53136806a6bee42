// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace vouch::experiment {

/// Processors this process may use: its affinity mask, limited by the CPU quota of its cgroup (v1 or v2), rounded up.
int count_usable_cpus();

/// Processors that the CPU quotas of this process's cgroup and of its parents leave, or nothing without a quota.
/// `proc_cgroup`: the text of /proc/self/cgroup. `mount`: where control groups are mounted, /sys/fs/cgroup.
std::optional<double> compute_cpu_quota(const std::string& proc_cgroup, const std::string& mount);

}  // namespace vouch::experiment
