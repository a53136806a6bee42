// SPDX-License-Identifier: Apache-2.0
// Tasks that add to one plain integer: a data race on purpose. A thread sanitizer that stays silent about it
// proves nothing about the engine either.
#include <tbb/parallel_for.h>

#include <cstdio>

int main() {
  long sum = 0;
  tbb::parallel_for(0, 1 << 20, [&sum](int i) { sum += i; });
  std::printf("%ld\n", sum);
}
