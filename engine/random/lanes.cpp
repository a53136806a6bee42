// SPDX-License-Identifier: Apache-2.0
#include "random/lanes.hpp"

#include <cstdlib>
#include <cstring>

namespace vouch::random {

extern const Lanes lanes_plain;
#ifdef VOUCH_X86_LANES
extern const Lanes lanes_avx2;
extern const Lanes lanes_avx512;
#endif

const Lanes* find_lanes(const char* name) {
#ifdef VOUCH_X86_LANES
  __builtin_cpu_init();
  const bool has_avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512cd");
  if (std::strcmp(name, "avx512") == 0) return has_avx512 ? &lanes_avx512 : nullptr;
  if (std::strcmp(name, "avx2") == 0) return has_avx2 ? &lanes_avx2 : nullptr;
#endif
  return std::strcmp(name, "plain") == 0 ? &lanes_plain : nullptr;
}

const Lanes& lanes() {
  static const Lanes& chosen = [&]() -> const Lanes& {
    const char* wanted = std::getenv("VOUCH_LANES");
    if (wanted != nullptr)
      if (const Lanes* found = find_lanes(wanted)) return *found;
    for (const char* name : {"avx512", "avx2"})
      if (const Lanes* found = find_lanes(name)) return *found;
    return lanes_plain;
  }();
  return chosen;
}

void invert(const Distribution& distribution, std::size_t n, const std::uint64_t* word, double* out) {
  const double a = distribution.parameters[0];
  const double b = distribution.parameters[1];
  const Lanes& kernels = lanes();
  switch (distribution.family) {
    case Family::uniform:
      return kernels.invert_uniform(n, word, a, b, out);
    case Family::exponential:
      return kernels.invert_exponential(n, word, a, out);
    case Family::normal:
      return kernels.invert_normal(n, word, a, b, out);
    case Family::lognormal:
      return kernels.invert_lognormal(n, word, a, b, out);
    case Family::weibull:
      return kernels.invert_weibull(n, word, a, b, out);
    default:
      for (std::size_t i = 0; i < n; ++i) out[i] = invert(distribution, word[i]);
  }
}

}  // namespace vouch::random
