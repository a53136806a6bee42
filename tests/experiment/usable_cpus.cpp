// SPDX-License-Identifier: Apache-2.0
#include "experiment/usable_cpus.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.hpp"

using namespace vouch::experiment;

namespace {

/// A made-up /sys/fs/cgroup.
class Mount {
 public:
  Mount() {
    std::string name = (std::filesystem::temp_directory_path() / "vouch-cgroup-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Mount() { std::filesystem::remove_all(path_); }
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;

  void write(const std::string& file, const std::string& text) const {
    const std::filesystem::path path = path_ + "/" + file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("a version 2 quota is read, and the tightest of a group and its parents counts") {
  const Mount mount;
  mount.write("a/b/cpu.max", "max 100000\n");
  CHECK_FALSE(compute_cpu_quota("0::/a/b\n", mount.path()));
  mount.write("a/cpu.max", "150000 100000\n");
  CHECK(compute_cpu_quota("0::/a/b\n", mount.path()) == 1.5);
  mount.write("a/b/cpu.max", "400000 100000\n");
  CHECK(compute_cpu_quota("0::/a/b\n", mount.path()) == 1.5);
}

TEST_CASE("inside a container the quota stands at the mount, whatever path the host gives") {
  const Mount mount;
  mount.write("cpu.max", "50000 100000\n");
  CHECK(compute_cpu_quota("0::/host/docker/1234\n", mount.path()) == 0.5);
}

TEST_CASE("a version 1 quota is read from the cpu controller's group only") {
  const Mount mount;
  mount.write("cpu,cpuacct/x/cpu.cfs_quota_us", "300000\n");
  mount.write("cpu,cpuacct/x/cpu.cfs_period_us", "100000\n");
  mount.write("memory/x/cpu.cfs_quota_us", "1\n");
  CHECK(compute_cpu_quota("7:memory:/x\n3:cpu,cpuacct:/x\n", mount.path()) == 3.0);
  CHECK_FALSE(compute_cpu_quota("4:cpuset:/x\n7:memory:/x\n", mount.path()));
  mount.write("cpu,cpuacct/x/cpu.cfs_quota_us", "-1\n");
  CHECK_FALSE(compute_cpu_quota("3:cpu,cpuacct:/x\n", mount.path()));
}

TEST_CASE("nothing readable means no quota") {
  CHECK_FALSE(compute_cpu_quota("", "/none"));
  CHECK_FALSE(compute_cpu_quota("nonsense\n::\n", "/none"));
  CHECK(count_usable_cpus() >= 1);
}
