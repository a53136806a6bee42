// SPDX-License-Identifier: Apache-2.0
// Compiled once for each instruction set, with VOUCH_VARIANT as its name (see CMakeLists.txt). Nothing here may
// call a function of the standard library or a template: they would be shared with the plain build.
#include "random/inversion.hpp"
#include "random/lanes.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace vouch::random {
namespace {

#define VOUCH_TEXT_OF(x) #x
#define VOUCH_TEXT(x) VOUCH_TEXT_OF(x)
#define VOUCH_JOIN_OF(a, b) a##b
#define VOUCH_JOIN(a, b) VOUCH_JOIN_OF(a, b)

// Philox4x32-10 (see words.hpp), one block in each 64-bit lane. Only the low halves of the lanes count until the
// end: the multiplication reads nothing else.
constexpr std::uint32_t multiplier_0 = 0xD2511F53;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9;
constexpr std::uint32_t weyl_1 = 0xBB67AE85;

#if defined(__AVX512F__)
constexpr std::size_t width = 8;
using Vector = __m512i;
inline Vector load64(const std::uint64_t* p) { return _mm512_loadu_si512(p); }
inline Vector load32(const std::uint32_t* p) {
  return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
}
inline void store64(std::uint64_t* p, Vector v) { _mm512_storeu_si512(p, v); }
inline Vector broadcast(std::uint32_t x) { return _mm512_set1_epi64(x); }
inline Vector multiply(Vector a, Vector b) { return _mm512_mul_epu32(a, b); }
inline Vector high(Vector v) { return _mm512_srli_epi64(v, 32); }
inline Vector exclusive_or(Vector a, Vector b, Vector c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }
inline Vector pack(Vector low, Vector upper) {
  return _mm512_or_si512(_mm512_and_si512(low, _mm512_set1_epi64(0xffffffff)), _mm512_slli_epi64(upper, 32));
}
#elif defined(__AVX2__)
constexpr std::size_t width = 4;
using Vector = __m256i;
inline Vector load64(const std::uint64_t* p) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)); }
inline Vector load32(const std::uint32_t* p) {
  return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
inline void store64(std::uint64_t* p, Vector v) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), v); }
inline Vector broadcast(std::uint32_t x) { return _mm256_set1_epi64x(x); }
inline Vector multiply(Vector a, Vector b) { return _mm256_mul_epu32(a, b); }
inline Vector high(Vector v) { return _mm256_srli_epi64(v, 32); }
inline Vector exclusive_or(Vector a, Vector b, Vector c) { return _mm256_xor_si256(_mm256_xor_si256(a, b), c); }
inline Vector pack(Vector low, Vector upper) {
  return _mm256_or_si256(_mm256_and_si256(low, _mm256_set1_epi64x(0xffffffff)), _mm256_slli_epi64(upper, 32));
}
#endif

void philox(std::size_t n, const std::uint64_t* lineage, const std::uint32_t* replication, const std::uint32_t* last,
            std::uint64_t key, std::uint64_t* first) {
  std::size_t i = 0;
#if defined(__AVX2__)
  const Vector m0 = broadcast(multiplier_0);
  const Vector m1 = broadcast(multiplier_1);
  // Two groups of lanes at a time hide the latency of the multiplications.
  for (; i + 2 * width <= n; i += 2 * width) {
    Vector a0 = load64(lineage + i), a1 = high(a0), a2 = load32(replication + i), a3 = load32(last + i);
    const std::size_t j = i + width;
    Vector b0 = load64(lineage + j), b1 = high(b0), b2 = load32(replication + j), b3 = load32(last + j);
    auto k0 = static_cast<std::uint32_t>(key);
    auto k1 = static_cast<std::uint32_t>(key >> 32);
    for (int round = 0; round < 10; ++round) {
      const Vector key_0 = broadcast(k0), key_1 = broadcast(k1);
      const Vector p0 = multiply(a0, m0), p1 = multiply(a2, m1);
      const Vector q0 = multiply(b0, m0), q1 = multiply(b2, m1);
      a0 = exclusive_or(high(p1), a1, key_0);
      a2 = exclusive_or(high(p0), a3, key_1);
      b0 = exclusive_or(high(q1), b1, key_0);
      b2 = exclusive_or(high(q0), b3, key_1);
      a1 = p1, a3 = p0, b1 = q1, b3 = q0;
      k0 += weyl_0, k1 += weyl_1;
    }
    store64(first + i, pack(a0, a1));
    store64(first + j, pack(b0, b1));
  }
#endif
  for (; i < n; ++i)
    first[i] = compute_philox(static_cast<std::uint32_t>(lineage[i]), static_cast<std::uint32_t>(lineage[i] >> 32),
                              replication[i], last[i], key)
                   .first;
}

inline double open_unit(std::uint64_t word) noexcept {
  return (__builtin_bit_cast(double, (word >> 12) | 0x3ff0000000000000ULL) - 1.0) + 0x1p-53;
}

void decay(std::size_t n, const double* value, const double* since, const double* time, double half_life, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = value[i] * maths::exp2((since[i] - time[i]) / half_life);
}

void logistic(std::size_t n, const double* x, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::logistic(x[i]);
}

void exp_of(std::size_t n, const double* x, double rate, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::exp(rate * x[i]);
}

void invert_uniform(std::size_t n, const std::uint64_t* word, double low, double high_end, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::invert_uniform(open_unit(word[i]), low, high_end);
}

void invert_exponential(std::size_t n, const std::uint64_t* word, double mean, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::invert_exponential(open_unit(word[i]), mean);
}

void invert_normal(std::size_t n, const std::uint64_t* word, double mean, double sd, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::invert_normal(open_unit(word[i]), mean, sd);
}

void invert_lognormal(std::size_t n, const std::uint64_t* word, double median, double sigma, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::invert_lognormal(open_unit(word[i]), median, sigma);
}

void invert_weibull(std::size_t n, const std::uint64_t* word, double scale, double shape, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = maths::invert_weibull(open_unit(word[i]), scale, shape);
}

}  // namespace

extern const Lanes VOUCH_JOIN(lanes_, VOUCH_VARIANT);
const Lanes VOUCH_JOIN(lanes_, VOUCH_VARIANT) = {VOUCH_TEXT(VOUCH_VARIANT),
                                                 philox,
                                                 decay,
                                                 logistic,
                                                 exp_of,
                                                 invert_uniform,
                                                 invert_exponential,
                                                 invert_normal,
                                                 invert_lognormal,
                                                 invert_weibull};

}  // namespace vouch::random
