// SPDX-License-Identifier: Apache-2.0
#include "support/statistics.hpp"

#include <cstdlib>
#include <iostream>
#include <random>

#include "random/normal_quantile.hpp"

namespace vouch::test {

std::uint64_t seed_of(std::string_view test_name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : test_name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  if (std::getenv("VOUCH_FRESH_SEEDS") != nullptr) {
    hash = std::random_device{}() * 0x100000001ULL + std::random_device{}();
    std::cerr << "seed of " << test_name << ": " << (hash >> 11) << '\n';
  }
  return hash >> 11;
}

double compute_sidak_limit(int num_checks, double family_alpha) {
  const double one_alpha = -std::expm1(std::log1p(-family_alpha) / num_checks);
  return maths::normal_quantile(1.0 - one_alpha / 2.0);
}

}  // namespace vouch::test
