# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Shared by the scripts in tools/ and tests/: to be sourced, from the root of the tree, under bash.

say() { printf '%s\n' "-- $*" >&2; }

die() {
  printf '%s\n' "error: $*" >&2
  exit 1
}

# The number of processors this process may use: its affinity, less what a container's quota takes away.
count_processors() {
  local available quota='' period=''
  available=$(env -u OMP_NUM_THREADS nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)  # nproc heeds it
  if [[ -r /sys/fs/cgroup/cpu.max ]]; then
    read -r quota period < /sys/fs/cgroup/cpu.max
  elif [[ -r /sys/fs/cgroup/cpu/cpu.cfs_quota_us ]]; then
    quota=$(< /sys/fs/cgroup/cpu/cpu.cfs_quota_us)
    period=$(< /sys/fs/cgroup/cpu/cpu.cfs_period_us)
  fi
  if [[ $quota =~ ^[0-9]+$ && $period =~ ^[0-9]+$ ]]; then
    local allowed=$(((quota + period - 1) / period))
    if ((allowed < available)); then available=$allowed; fi
  fi
  echo "$available"
}

# build DIRECTORY [TARGET...]: brings targets up to date (everything, if none is named).
build() {
  local directory=$1
  shift
  local targets=()
  if (($# > 0)); then targets=(--target "$@"); fi
  cmake --build "$directory" --parallel "$(count_processors)" "${targets[@]}"
}

# configure DIRECTORY PRESET [-D...]: sets a build folder up by a preset of CMakePresets.json.
configure() {
  local directory=$1 preset=$2
  shift 2
  if command -v ccache > /dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
  mkdir -p "$directory"
  cmake --preset "$preset" -B "$directory" "$@" > "$directory/configure.log" 2>&1 || {
    cat "$directory/configure.log" >&2
    die "CMake could not configure $directory; its words are above"
  }
}
