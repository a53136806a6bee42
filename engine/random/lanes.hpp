// SPDX-License-Identifier: Apache-2.0
// The same draws and functions as words.hpp and maths.hpp, over arrays, in the widest vectors the processor has.
// Every lane's bits equal the scalar function's, whatever the instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "random/distribution.hpp"

namespace vouch::random {

/// Kernels over n elements; inputs and outputs may be the same array, but must not overlap otherwise.
struct Lanes {
  const char* name;
  /// first[i] = compute_philox(low lineage[i], high lineage[i], replication[i], last[i], key).first
  void (*philox)(std::size_t n, const std::uint64_t* lineage, const std::uint32_t* replication,
                 const std::uint32_t* last, std::uint64_t key, std::uint64_t* first);
  /// out[i] = value[i] x exp2((since[i] - time[i]) / half_life)
  void (*decay)(std::size_t n, const double* value, const double* since, const double* time, double half_life,
                double* out);
  /// out[i] = logistic(x[i])
  void (*logistic)(std::size_t n, const double* x, double* out);
  /// out[i] = exp(rate x[i])
  void (*exp)(std::size_t n, const double* x, double rate, double* out);
  // out[i] = the quantile at to_open_unit(word[i])
  void (*invert_uniform)(std::size_t n, const std::uint64_t* word, double low, double high, double* out);
  void (*invert_exponential)(std::size_t n, const std::uint64_t* word, double mean, double* out);
  void (*invert_normal)(std::size_t n, const std::uint64_t* word, double mean, double sd, double* out);
  void (*invert_lognormal)(std::size_t n, const std::uint64_t* word, double median, double sigma, double* out);
  void (*invert_weibull)(std::size_t n, const std::uint64_t* word, double scale, double shape, double* out);
};

/// The best that this processor runs; VOUCH_LANES=plain, avx2 or avx512 in the environment chooses a lesser one.
const Lanes& lanes();

/// By name, for tests; nullptr if this build or processor has it not.
const Lanes* find_lanes(const char* name);

/// out[i] = invert(distribution, word[i]); not for gamma and beta.
void invert(const Distribution& distribution, std::size_t n, const std::uint64_t* word, double* out);

}  // namespace vouch::random
