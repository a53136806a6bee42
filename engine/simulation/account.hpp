// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "model/model.hpp"
#include "random/words.hpp"

namespace vouch::simulation {

/// Bits of Account::flags.
enum Flag : std::uint16_t {
  value_realised = 1,
  testimonial = 2,
  positioned = 4,
  was_thanked = 8,
  opted_out = 16,
  referred = 32,
  asked = 64,  ///< at least once in [0, H)
  burned_out = 128,
  matched = 256,  ///< bought in [0, H - follow_up_days]
  initial = 512,  ///< present at the start
  has_peer_limit = 1024,
  bystander = 2048,  ///< a partner or outsider, who never buys
  gave_call = 4096,  ///< as a reference, in [0, H)
};

/// One customer: what most events read, in one cache line.
struct alignas(64) Account {
  random::Lineage lineage;
  double purchase;
  double lost;             ///< infinite while a customer
  double last_ask;         ///< of any program; -infinite before the first
  std::uint32_t referrer;  ///< no_account if none
  std::uint32_t stamp;     ///< round in which it was last seen to have events (see Batch::select)
  std::uint32_t peers_left;
  std::uint16_t num_asks;
  std::uint16_t num_names;
  std::uint16_t num_referrals;
  std::uint16_t num_requests;
  std::uint16_t generation;
  std::uint16_t world;
  std::uint16_t flags;
  std::uint8_t segment;
  std::uint8_t cell;  ///< segment x 2 + cohort
  std::uint8_t size_class;
  std::uint8_t seniority;
  std::uint8_t quality_band;
  std::uint8_t peers_band;

  bool is_active() const noexcept { return lost == model::infinite; }
  bool has(Flag flag) const noexcept { return (flags & flag) != 0; }
};
static_assert(sizeof(Account) == 64);

/// How well an account matches somebody of this segment, size and seniority.
inline double compute_match(const model::MatchWeights& weights, const Account& account, int segment, int size_class,
                            int seniority) noexcept {
  return weights.segment * (account.segment == segment ? 1.0 : 0.0) +
         weights.size_class * (account.size_class == size_class ? 1.0 : 0.0) +
         weights.seniority * (account.seniority == seniority ? 1.0 : 0.0);
}

/// Gaps between a program's attempts are at least this, so that a chain always ends.
inline constexpr double shortest_gap_days = 1e-6;

/// What one program did to one account.
struct ProgramState {
  std::uint16_t num_asks;
  std::uint16_t num_firings;
  std::uint16_t num_attempts;  ///< of the chain
  std::uint8_t chain_started;
  std::uint8_t stopped;
};

/// A stock's value at the time of its last impulse.
struct StockState {
  double value;
  double time;
};

/// A named person or a lead, from the naming or arrival to the deal's decision.
struct Prospect {
  random::Lineage lineage;
  double time;  ///< of the yes, then of the deal's opening
  double eta;   ///< predictor of `win`, fixed when the deal opens
  std::uint8_t segment;
  std::uint8_t cell;
  std::uint8_t size_class;
  std::uint8_t seniority;
  std::uint8_t source;  ///< 0 cold, 1 organic, 2 + program
  std::uint8_t flags;
  std::uint16_t world_or_chances;  ///< chances taken before the introduction; of a cold lead the world

  static constexpr std::uint8_t introduced = 1;
  static constexpr std::uint8_t mentioned = 2;
  static constexpr std::uint8_t credibility_gap = 4;  ///< open
  static constexpr std::uint8_t access_gap = 8;       ///< open
};
static_assert(sizeof(Prospect) == 32);

/// Expansions of an account's contract: how many, and the sum of G at their times.
struct Expansion {
  double sum;
  std::uint32_t count;
};

}  // namespace vouch::simulation
