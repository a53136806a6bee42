// SPDX-License-Identifier: Apache-2.0
// Where accounts meet: slots, the reference desk, finite markets.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "model/model.hpp"
#include "random/words.hpp"
#include "simulation/event.hpp"

namespace vouch::simulation {

inline constexpr std::uint32_t no_company = 0xffffffff;

/// What only coupled worlds, and reps with nerve, need to know of an account.
struct AccountTies {
  double last_call = -model::infinite;  ///< acceptance of its last reference call
  std::uint32_t company = no_company;
  std::uint16_t territory = 0;
  std::uint16_t num_dares = 0;       ///< attempts that came down to the rep's nerve
  std::uint16_t num_desk_asks = 0;   ///< times the desk asked it
  std::uint16_t num_calls = 0;       ///< accepted
  std::uint32_t num_live_calls = 0;  ///< that still count against the cap
};

struct ProspectTies {
  std::uint32_t company = no_company;
  std::uint16_t territory = 0;
};

/// A company of a finite market.
struct Company {
  double free_at;
  std::uint32_t num_visits;
};

/// What stands in a deal's way: its moments and the call that it waits for, if one is booked.
struct DealCourse {
  double decides;
  double call_time;  ///< infinite: none is booked
  double call_match;
  double reference_match;  ///< of the last call held
  std::uint32_t reference;
  std::uint8_t next_moment;
  bool had_call;
  bool had_capsule;
  std::array<double, model::max_moments> moments;
};

/// A call booked for a renewal.
struct RenewalCall {
  double match;
  std::uint32_t reference;
  std::uint32_t contract;
};

/// A call that counts against its reference's cap.
struct LiveCall {
  double until;
  std::uint32_t account;

  /// For a heap whose front ends first.
  friend bool operator<(const LiveCall& a, const LiveCall& b) noexcept { return a.until > b.until; }
};

/// An attempt that waits for a slot.
struct Waiting {
  Event event;
  double value;  ///< that its priority ranks by, greatest first
  random::Lineage lineage;
  std::uint32_t order;  ///< of queueing

  /// For a heap whose front is served first.
  friend bool operator<(const Waiting& a, const Waiting& b) noexcept {
    if (a.value != b.value) return a.value < b.value;
    if (a.event.time != b.event.time) return a.event.time > b.event.time;
    if (a.lineage != b.lineage) return a.lineage > b.lineage;
    return a.order > b.order;
  }
};

/// A possible reference under a rotation that ranks it by something that changes only with its own calls, if at all.
struct Ranked {
  double rank;
  random::Lineage lineage;
  std::uint32_t account;

  friend bool operator<(const Ranked& a, const Ranked& b) noexcept {
    return a.rank != b.rank ? a.rank < b.rank : a.lineage < b.lineage;
  }
};
using Ranking = std::set<Ranked>;

/// One territory of one world.
struct Territory {
  std::int64_t day = std::numeric_limits<std::int64_t>::min();  ///< to which slots_left refers
  std::int64_t slots_left = 0;
  bool is_serving = false;  ///< a serving is scheduled
  bool is_ordered = false;  ///< the queue is a heap, by today's priorities
  std::uint32_t num_queued = 0;
  std::vector<Waiting> queue;
  std::vector<std::uint32_t> references;      ///< value realised and consent; whoever left is dropped when met
  Ranking rested;                             ///< the same by their last calls, if the rotation goes by these
  std::map<std::uint32_t, Ranking> favoured;  ///< by class, and quality seen, best first, if it goes by favour
  std::vector<std::uint32_t> quoted;          ///< with a testimonial
  std::vector<LiveCall> live_calls;           ///< a heap, the earliest end in front
};

/// Who asks the desk for a reference, and when.
struct Requester {
  random::Lineage lineage;
  double time;
  std::uint32_t account;   ///< not to be its own reference: the deal's referrer, or the renewing account
  std::size_t territory;   ///< index into the batch's territories
  std::uint32_t ordinal;   ///< moment or contract number
  random::Decision order;  ///< for random rotation
  std::uint8_t segment;
  std::uint8_t size_class;
  std::uint8_t seniority;
};

/// An account that the desk may ask, as the rotation ranks it.
struct Candidate {
  double first;
  double second;
  std::uint64_t word;
  random::Lineage lineage;
  double match;
  std::uint32_t account;

  friend bool operator<(const Candidate& a, const Candidate& b) noexcept {
    if (a.first != b.first) return a.first < b.first;
    if (a.second != b.second) return a.second < b.second;
    if (a.word != b.word) return a.word < b.word;
    return a.lineage < b.lineage;
  }
};

/// An event of today in a coupled world, with what breaks ties of time.
struct Turn {
  Event event;
  std::uint64_t identity;
  std::uint32_t order;  ///< of creation
  std::uint16_t rank;
  std::uint16_t generation;  ///< of contract ends, else 0

  /// For a heap whose front is the earliest turn.
  friend bool operator<(const Turn& a, const Turn& b) noexcept {
    if (a.event.time != b.event.time) return a.event.time > b.event.time;
    if (a.rank != b.rank) return a.rank > b.rank;
    if (a.generation != b.generation) return a.generation > b.generation;
    if (a.identity != b.identity) return a.identity > b.identity;
    return a.order > b.order;
  }
};

}  // namespace vouch::simulation
