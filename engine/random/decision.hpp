// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace vouch::random {

/// Every random decision of the model has its own stream. The number is part of a run's identity: never
/// renumber, only append. Behind each: whose lineage keys it, and what its ordinal counts.
enum class Decision : std::uint8_t {
  // Identities, under seed 0; the replication field holds the index.
  population_member = 1,  // population id; 0
  population_lead = 2,    // population id; 0

  // Traits, drawn once for each account or prospect; ordinal 0.
  tenure = 10,
  quality = 11,
  quality_seen = 12,  // the standard normal of the noise in `quality_seen`
  contract_value = 13,
  peers = 14,
  consent = 15,
  rep_tie = 16,
  value_probability = 17,
  time_to_value = 18,
  segment = 19,  // a named person's segment
  size_class = 20,
  seniority = 21,
  peer_tie = 22,   // the named person's lineage, by the referrer's segment's distribution
  rep = 23,        // account: which of its territory's reps it has
  territory = 24,  // existing account, company, lead or bystander: its territory

  // Recurring things in an account's life.
  contract_days = 30,  // account; contract number from 0
  renew = 31,          // account; contract number
  expand = 32,         // account; contract number
  incident_gap = 33,   // account; incident number from 0
  organic_gap = 34,    // account; candidate moment from 0
  organic = 35,        // account; candidate moment
  testimonial = 36,    // account; request number from 0, over all programs

  // An ask and what follows. "ask number" counts the account's asks and mentions from 0.
  ask = 50,                 // account; ask number
  second_ask = 51,          // account; ask number
  opt_out = 52,             // account; ask number
  maybe_returns = 53,       // account; ask number
  maybe_delay = 54,         // account; ask number
  names_per_yes = 55,       // account; ask number
  naming = 56,              // account; naming number from 0: the block is the named person's lineage
  introduction_delay = 57,  // named person; 0
  introduce = 58,           // named person; chances taken before this one
  chase_spacing = 59,       // named person; chase number from 1
  nerve = 60,               // account; attempts that came down to the rep's nerve before
  nerve_second = 61,        // account; ask number

  // Leads and deals, keyed by the prospect's lineage.
  lead_gap = 70,  // lead; 0: from the arrival before it (the first: from the start of the pipeline)
  qualify = 71,
  cycle = 72,
  win = 73,
  company = 74,         // named person or lead; 0: which company of a finite market it is
  company_return = 75,  // company; visits before this one, from 1: the block is the lineage of its next visit

  // The Referral Close. Of a deal the ordinal is the moment, of a renewal the contract number.
  credibility_gap = 80,        // prospect
  access_gap = 81,             // prospect
  internal_introduction = 82,  // prospect
  desk_order = 83,             // prospect's lineage xor the candidate's
  call_delay = 84,             // prospect
  renewal_desk_order = 85,     // account's lineage xor the candidate's
  renewal_call_delay = 86,     // account
  accept_call = 87,            // reference; times the desk asked it before
  call_window = 88,            // reference; calls it accepted before

  // Of one program of a strategy: the decision is the base plus the program's index (at most 8 programs).
  attempt_delay = 100,   // account; trigger firings of this program before this one
  attempt_repeat = 108,  // account; attempts of the chain before the gap, minus 1
  calendar_gap = 116,    // account; gap number from 0
  survey_noise = 124,    // account; survey number from 0
  favour_offset = 132,   // account; 0
  backlog_offset = 140,  // account; 0

  // A sweep's points, keyed by a hash of the swept key. The replication field holds the slice or point.
  design_order = 150,     // 0: the slices of a Latin hypercube are taken in the order of these words
  design_position = 151,  // 0: where in its slice a point lies
  design_shift = 152,     // 0: what a Sobol sequence is xored with
};

inline constexpr Decision of_program(Decision base, int program) noexcept {
  return static_cast<Decision>(static_cast<int>(base) + program);
}

}  // namespace vouch::random
