// SPDX-License-Identifier: Apache-2.0
// Two defects on purpose, one by argument: a write behind an array of the engine's kind, and a sum that leaves its
// type. Sanitizers that stay silent about them prove nothing about the engine either.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>

#include "simulation/column.hpp"

namespace {

void write_behind(std::size_t size) {
  vouch::simulation::Column<std::int64_t> column;
  column.reserve(size);
  column[size] = 1;
  std::printf("%lld\n", static_cast<long long>(column[size]));
}

void leave_type(int more) {
  const int sum = std::numeric_limits<int>::max() + more;
  std::printf("%d\n", sum);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  if (std::strcmp(argv[1], "heap") == 0) write_behind(static_cast<std::size_t>(argc) + 6);
  if (std::strcmp(argv[1], "signed") == 0) leave_type(argc);
}
