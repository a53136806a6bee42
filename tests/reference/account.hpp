// SPDX-License-Identifier: Apache-2.0
// What a world of the reference engine is made of. Everything is found by its index in a vector of the world.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/money.hpp"
#include "model/model.hpp"
#include "model/strategy.hpp"
#include "random/words.hpp"

namespace vouch::reference {

inline constexpr double never = std::numeric_limits<double>::infinity();
inline constexpr int nobody = -1;
inline constexpr int cohort_existing = 0;
inline constexpr int cohort_new = 1;

/// A stock as of its last impulse.
struct StockState {
  double value = 0.0;
  double last = 0.0;
};

/// What one program has done on one account.
struct ProgramState {
  bool in_reach = false;  ///< the program started on the account
  bool stopped = false;
  bool has_chain = false;
  int asks = 0;
  std::uint32_t firings = 0;
  std::uint32_t chain_attempts = 0;
};

struct Account {
  // Identity and traits.
  random::Lineage lineage = 0;
  int segment = 0;
  int cohort = cohort_existing;
  int generation = 0;
  int referrer = nobody;  ///< an account
  int territory = 0;
  int company = nobody;  ///< of a finite market
  bool is_bystander = false;
  bool present_at_start = false;
  bool referred = false;
  int size_class = 0;
  int seniority = 0;
  double quality = 0.0;
  double quality_seen = 0.0;
  double rep_tie = 0.0;
  bool consent = false;
  Money contract_value = 0;  ///< a year
  bool unlimited_peers = false;
  double peers_at_first = 0.0;

  // Its life.
  double purchase = 0.0;
  double lost_time = never;
  std::vector<StockState> stocks;
  std::vector<double> expansions;  ///< their times
  double peers_left = 0.0;
  bool value_realised = false;
  double value_time = never;
  bool testimonial = false;
  bool positioning_planned = false;
  bool positioned = false;
  bool has_referred = false;
  bool was_thanked = false;
  bool opted_out = false;
  int num_referrals = 0;
  std::uint32_t num_asks = 0;  ///< asks and mentions
  std::uint32_t num_names = 0;
  std::uint32_t num_requests = 0;  ///< for testimonials
  double last_ask = -never;        ///< or mention
  std::vector<ProgramState> programs;

  // For the reps and the desk.
  std::uint32_t num_nerve_draws = 0;
  std::uint32_t num_desk_asks = 0;
  std::vector<double> call_window_ends;  ///< of the calls it accepted
  double last_acceptance = -never;
  bool gave_call = false;  ///< in [0, H)

  // For the report.
  double fatigue_reported_to = 0.0;  ///< the integrals of fatigue reach to here
  bool burned_out = false;
  bool asked = false;  ///< in [0, H)
  double first_referral = never;
  std::int64_t matched_referrals = 0;
  std::int64_t matched_wins = 0;
  Money matched_value = 0;
  Money matched_costs = 0;

  bool is_active() const { return lost_time == never; }
};

/// What a buyer has heard from others when it decides on a deal or an expansion.
struct Proof {
  bool reference = false;
  double reference_match = 0.0;
  bool capsule = false;
};

/// Someone who reaches us or might: a cold lead, or a person whom an account names.
struct Prospect {
  random::Lineage lineage = 0;  ///< of the person
  int source = 0;               ///< as the funnel's axis: 0 cold, 1 organic, 2 + program
  int referrer = nobody;
  int territory = 0;
  int segment = 0;
  int cohort = cohort_new;
  int size_class = 0;
  int seniority = 0;
  double peer_tie = 0.0;
  double named_time = 0.0;
  bool introduced = false;
  bool mentioned = false;
  int company = nobody;  ///< of a finite market

  // Its deal.
  random::Lineage deal_lineage = 0;  ///< the person's, or that of the company's visit
  bool has_deal = false;
  double opened = 0.0;
  double decision = never;      ///< as planned
  double decided = never;       ///< as it happened
  std::vector<double> moments;  ///< their times, as planned
  std::size_t next_moment = 0;
  bool has_call = false;  ///< one is booked and has not taken place
  double call_time = never;
  bool credibility_gap = false;
  bool access_gap = false;
  Proof proof;

  bool is_cold() const { return referrer == nobody; }
  bool is_decided() const { return decided != never; }
  /// Of Program; -1 for cold and organic.
  int program() const { return source - 2; }
};

/// One of a finite market. Each time it opens a deal it is somebody new.
struct Company {
  int segment = 0;
  int territory = 0;
  random::Lineage first_lineage = 0;
  std::uint32_t visit = 0;  ///< of its next deal
  double free_at = -never;
};

/// An ask that waits for a slot.
struct Waiting {
  double time = 0.0;  ///< of its attempt
  int account = nobody;
  int program = 0;
  bool is_of_chain = false;
  std::uint64_t number = 0;  ///< in the order of queueing
};

struct Territory {
  std::vector<Waiting> queue;
  std::vector<Waiting> line;  ///< of the day that is being served: those still to be attempted, in their order
  double line_day = -never;
  bool has_serving = false;  ///< one is scheduled
  double slot_day = -never;  ///< the last on which a slot was taken
  double slots_taken = 0.0;  ///< on that day
};

/// A reference call that was booked.
struct Call {
  int reference = nobody;  ///< an account
  double match = 0.0;
};

/// In the order in which events happen at one time.
enum class Rank {
  takeover = -1,
  contract_end = 0,
  purchase,
  value_realised,
  incident,
  positioning,
  favour,
  testimonial_request,
  thanks,
  organic_moment,
  introduction_chance,
  maybe_returns,
  opening,
  moment,
  call,
  deal_decision,
  serving,
  survey,
  willingness,
  attempt,
  lead_arrival,
};

enum class EventKind {
  program_start,
  contract_end,
  purchase,
  value_realised,
  incident,
  positioning,
  favour,
  testimonial_request,
  thanks,
  unacknowledged,
  organic_moment,
  introduction_chance,
  maybe_returns,
  opening,
  moment,
  deal_call,
  renewal_call,
  deal_decision,
  serving,
  survey,
  willingness,
  backlog,
  single_attempt,
  chain_attempt,
  calendar_attempt,
  lead_arrival,
};

struct Event {
  double time = 0.0;
  Rank rank = Rank::takeover;
  int account = nobody;
  int generation = 0;                    ///< of the account, of a contract end only
  std::uint64_t identity = 0;            ///< the account's lineage; of what happens on none, given by who schedules it
  std::uint64_t number = 0;              ///< of creation
  EventKind kind = EventKind::purchase;  ///< what follows depends on it
  int program = -1;
  std::uint32_t ordinal = 0;  ///< of the contract, incident, chance, grid moment ...
  int prospect = nobody;
  Call call = {};
  const model::Thanks* thanks = nullptr;
  model::TouchKind touch = model::TouchKind::thank_you;

  /// Referrers precede those whom they referred, so that a renewal sees a loss of the same moment.
  friend bool operator>(const Event& a, const Event& b) {
    if (a.time != b.time) return a.time > b.time;
    if (a.rank != b.rank) return a.rank > b.rank;
    if (a.generation != b.generation) return a.generation > b.generation;
    if (a.identity != b.identity) return a.identity > b.identity;
    return a.number > b.number;
  }
};

}  // namespace vouch::reference
