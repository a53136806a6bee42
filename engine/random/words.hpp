// SPDX-License-Identifier: Apache-2.0
// The randomness contract: every draw is a pure function of (master seed, replication, identity,
// decision, ordinal), through the counter-based generator Philox4x32-10 of J. K. Salmon, M. A. Moraes,
// R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
#pragma once

#include <bit>
#include <cstdint>

#include "random/decision.hpp"

namespace vouch::random {

using Lineage = std::uint64_t;  ///< the identity of an account, lead or named person

/// The two 64-bit words of one block of the generator.
struct Block {
  std::uint64_t first;
  std::uint64_t second;
};

/// What a world's draws have in common.
struct StreamKey {
  std::uint64_t seed = 0;         ///< the master seed
  std::uint32_t replication = 0;  ///< the replication, or of an antithetic pair the first one's half index
  std::uint64_t antithetic = 0;   ///< all ones in the mirrored half of an antithetic pair, else 0
};

/// Philox4x32-10 of a counter of four 32-bit words under a 64-bit key.
Block compute_philox(std::uint32_t c0, std::uint32_t c1, std::uint32_t c2, std::uint32_t c3,
                     std::uint64_t key) noexcept;

/// The block of one decision. The counter is, from its lowest word: lineage (64 bits), replication (32),
/// block (8), ordinal (16), decision (8). The caller checks that `ordinal` fits (see max_ordinal).
inline Block compute_block(const StreamKey& key, Lineage lineage, Decision decision, std::uint32_t ordinal,
                           std::uint32_t block = 0) noexcept {
  return compute_philox(static_cast<std::uint32_t>(lineage), static_cast<std::uint32_t>(lineage >> 32), key.replication,
                        static_cast<std::uint32_t>(decision) << 24 | ordinal << 8 | block, key.seed);
}

inline constexpr std::uint32_t max_ordinal = 0xffff;

/// The first word of a decision, mirrored in the second half of an antithetic pair.
inline std::uint64_t draw_word(const StreamKey& key, Lineage lineage, Decision decision,
                               std::uint32_t ordinal) noexcept {
  return compute_block(key, lineage, decision, ordinal).first ^ key.antithetic;
}

/// The lineage of the person whom `referrer` names as its `naming`-th, counting from 0.
inline Lineage compute_named_lineage(const StreamKey& key, Lineage referrer, std::uint32_t naming) noexcept {
  return compute_block(key, referrer, Decision::naming, naming).first;
}

/// The lineage of member `index` of a population, the same in every replication and under every seed.
inline Lineage compute_member_lineage(std::uint64_t population_id, std::uint32_t index) noexcept {
  return compute_block({0, index, 0}, population_id, Decision::population_member, 0).first;
}

/// The lineage of the lead that is the `arrival`-th of a population, counting from 0.
inline Lineage compute_lead_lineage(std::uint64_t population_id, std::uint32_t arrival) noexcept {
  return compute_block({0, arrival, 0}, population_id, Decision::population_lead, 0).first;
}

/// A word's upper 52 bits as a multiple of 2^-52 in [0, 1), to be compared with a probability p:
/// `to_unit(word) < p` holds for exactly ceil(p 2^52) of the 2^52 values, never for p <= 0 and always for p >= 1.
inline double to_unit(std::uint64_t word) noexcept {
  return std::bit_cast<double>((word >> 12) | 0x3ff0000000000000ULL) - 1.0;
}

/// A word as the midpoint of one of 2^52 equal cells of (0, 1), for inversion. Mirrored words give 1 - u exactly.
inline double to_open_unit(std::uint64_t word) noexcept { return to_unit(word) + 0x1p-53; }

/// Whether an event of probability `probability` happens, given its decision's word.
inline bool happens(std::uint64_t word, double probability) noexcept { return to_unit(word) < probability; }

}  // namespace vouch::random
