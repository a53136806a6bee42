// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/money.hpp"
#include "simulation/account.hpp"
#include "simulation/calendar.hpp"
#include "simulation/column.hpp"
#include "simulation/coupling.hpp"
#include "simulation/group.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::simulation {

/// Someone who just said yes (or was mentioned: then `mention`).
struct Yes {
  double time;
  std::uint32_t account;
  std::uint16_t ask;  ///< ask number
  std::uint8_t program;
  bool mention;
};

/// A naming whose person is not known yet.
struct Naming {
  double time;
  std::uint32_t account;
  std::uint16_t number;
  std::uint8_t source;  ///< 1 organic, 2 + program
  bool mention;
};

/// A prospect at the moment when it reaches us.
struct Arrival {
  double time;
  std::uint32_t account;  ///< the referrer; no_account for a cold lead
  std::uint32_t prospect;
};

/// All that grows with a batch of worlds; kept between batches.
struct Workspace::Impl {
  // By account.
  Column<Account> accounts;
  Column<StockState> stocks;      ///< account x num_stocks + stock
  Column<ProgramState> programs;  ///< account x num_programs + program
  Column<double> quality;         ///< these three only if some segment's varies
  Column<double> rep_tie;
  Column<Money> contract_value;
  Column<Expansion> expansions;  ///< only if contracts can expand

  Column<Prospect> prospects;
  Column<std::uint32_t> free_prospects;
  Calendar calendar;
  std::vector<std::uint32_t> lead_count;    ///< by world x num_segments + segment
  std::vector<std::uint32_t> num_accounts;  ///< by world

  // Of coupled worlds.
  Column<AccountTies> account_ties;
  Column<ProspectTies> prospect_ties;
  Column<DealCourse> courses;               ///< by prospect, if a desk runs
  Column<Company> companies;                ///< by world, segment, company
  std::vector<std::uint32_t> by_territory;  ///< by world and segment: its companies, sorted by territory
  std::vector<std::uint32_t>
      territory_start;                 ///< by world, segment, territory (and one more): where its companies begin
  std::vector<Territory> territories;  ///< by world, territory
  Column<RenewalCall> renewal_calls;
  Column<std::uint32_t> free_renewal_calls;
  std::vector<std::vector<Turn>> agenda;  ///< by world and territory: a heap of today's events
  std::vector<Candidate> candidates;

  // Of the day and round at hand.
  std::vector<Event> today;
  std::vector<Event> next;
  std::vector<Event> later;
  std::vector<Event> crowded;
  Column<Event> lists[num_event_kinds];
  std::vector<Event> attempts;
  Column<Yes> yeses;
  Column<Naming> namings;
  Column<Arrival> arrivals;
  std::vector<std::uint32_t> newcomers;
  std::vector<Event> introductions;
  std::vector<std::int64_t> levels;

  Group group;
  Group subgroup;
  Group finals;
  Rows rows;
};

}  // namespace vouch::simulation
