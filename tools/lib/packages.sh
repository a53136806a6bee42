# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What vouch needs from the system, by purpose, in the names of Debian and Ubuntu. The README lists the names
# that Homebrew and conda-forge use. To be sourced after common.sh.

packages_to_build=(
  build-essential cmake ninja-build ccache pkg-config
  libboost-dev librandom123-dev libtbb-dev libhdf5-dev libtomlplusplus-dev libcli11-dev
  libfmt-dev nlohmann-json3-dev libssl-dev duktape-dev librsvg2-dev
  libglib2.0-dev
)
packages_to_check=(
  "${packages_to_build[@]}" git catch2 librapidcheck-dev
  python3 python3-h5py python3-netcdf4 python3-scipy python3-xarray netcdf-bin
)
# shellcheck disable=SC2034  # tools/check uses it
packages_to_check_all=(
  "${packages_to_check[@]}" clang dpkg-dev debootstrap shellcheck libbenchmark-dev r-base-core r-cran-ncdf4
  chromium chromium-driver fonts-dejavu-core poppler-utils openssl python3-pil python3-numpy python3-selenium
  python3-matplotlib python3-yaml util-linux mount e2fsprogs systemd strace cron parallel slurm-wlm munge
)

list_missing() {
  local package
  for package in "$@"; do
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then echo "$package"; fi
  done
}

# install_packages NAME...: installs those that are missing, by apt. Elsewhere it only looks for a compiler and
# CMake, and leaves the libraries to CMake, which names what it does not find.
install_packages() {
  if ! command -v apt-get dpkg-query > /dev/null; then
    local tool
    for tool in c++ cmake ninja pkg-config; do
      command -v "$tool" > /dev/null || die "$tool is missing, and this is not a system with apt;" \
        "install the packages that README.md lists for Homebrew or conda, then run this again"
    done
    return
  fi

  local missing=() as_root=()
  mapfile -t missing < <(list_missing "$@")
  if ((${#missing[@]} == 0)); then return; fi
  if ((EUID != 0)); then
    command -v sudo > /dev/null || die "packages are missing, and installing them needs root or sudo;" \
      "ask for: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq
             -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)
  "${apt[@]}" update || say "not every package list could be brought up to date; trying with those there are"
  "${apt[@]}" install --no-install-recommends --yes "${missing[@]}" > /dev/null ||
    die "apt-get could not install the packages; its words are above"
}
