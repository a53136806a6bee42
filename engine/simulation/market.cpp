// SPDX-License-Identifier: Apache-2.0
// Finite markets: who is a company, who is taken, who comes back.
#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Series;
using random::Decision;

namespace {

constexpr Company never_met{-model::infinite, 0};

}  // namespace

void Batch::create_market() {
  if (market_size_ > 0xffffffffu)
    throw Error(ExitCode::resources, "more than 4 billion companies in the finite markets; make them smaller");
  m_.companies.resize(keys_.size() * market_size_, never_met);
  const std::size_t num_territories = model_.num_territories;
  if (num_territories > 1) {
    m_.by_territory.resize(keys_.size() * market_size_);
    m_.territory_start.assign(keys_.size() * num_segments_ * (num_territories + 1), 0);
  }
  for (std::size_t w = 0; w < keys_.size(); ++w) {
    const auto world = static_cast<std::uint16_t>(w);
    for (int s = 0; s < num_segments_; ++s) {
      const model::Segment& segment = model_.segments[s];
      if (!segment.is_finite) continue;
      Company* const companies = &m_.companies[w * market_size_ + market_offset_[s]];
      for (std::uint32_t i = 0; i < segment.accounts; ++i) companies[i] = {model::infinite, 1};
      change_level(world, Series::series_market_free, start_, std::int64_t{segment.market} - segment.accounts);
      if (num_territories > 1) sort_by_territory(world, s);
    }
  }
}

/// Companies keep their ascending order within a territory.
void Batch::sort_by_territory(std::uint16_t world, int s) {
  const model::Segment& segment = model_.segments[s];
  const std::size_t num_territories = model_.num_territories;
  std::uint32_t* const start =
      &m_.territory_start[(world * static_cast<std::size_t>(num_segments_) + s) * (num_territories + 1)];
  std::vector<std::uint16_t> territory(segment.market);
  for (std::uint32_t i = 0; i < segment.market; ++i) {
    territory[i] = draw_territory(world, random::compute_member_lineage(segment.id, i));
    ++start[territory[i] + 1];
  }
  for (std::size_t k = 0; k < num_territories; ++k) start[k + 1] += start[k];
  std::vector<std::uint32_t> next(start, start + num_territories);
  std::uint32_t* const sorted = &m_.by_territory[world * market_size_ + market_offset_[s]];
  for (std::uint32_t i = 0; i < segment.market; ++i) sorted[next[territory[i]]++] = i;
}

std::uint32_t Batch::choose_company(std::uint16_t world, int s, std::uint16_t territory,
                                    random::Lineage lineage) const {
  const model::Segment& segment = model_.segments[s];
  const double u = random::to_unit(random::draw_word(keys_[world], lineage, Decision::company, 0));
  if (model_.num_territories == 1) return static_cast<std::uint32_t>(u * segment.market);
  const std::uint32_t* const start =
      &m_.territory_start[(world * static_cast<std::size_t>(num_segments_) + s) * (model_.num_territories + 1) +
                          territory];
  const std::uint32_t count = start[1] - start[0];
  if (count == 0) return no_company;
  return m_.by_territory[world * market_size_ + market_offset_[s] + start[0] + static_cast<std::uint32_t>(u * count)];
}

Company& Batch::company_at(std::uint16_t world, int s, std::uint32_t company) {
  return m_.companies[world * market_size_ + market_offset_[s] + company];
}

/// The identity under which a company would now be met.
random::Lineage Batch::compute_visit_lineage(std::uint16_t world, int s, std::uint32_t company) {
  const random::Lineage lineage = random::compute_member_lineage(model_.segments[s].id, company);
  const std::uint32_t visit = company_at(world, s, company).num_visits;
  if (visit == 0) return lineage;
  if (visit > random::max_ordinal) fail_ordinal("visits", "raise deals.retry_after_days, or make the market larger");
  return random::compute_block(keys_[world], lineage, Decision::company_return, visit).first;
}

/// What a name or lead turns out to be when it reaches us.
void Batch::meet_company(std::uint32_t prospect_index, std::uint16_t world) {
  Prospect& prospect = m_.prospects[prospect_index];
  const model::Segment& segment = model_.segments[prospect.segment];
  if (!segment.is_finite) return;
  ProspectTies& ties = m_.prospect_ties[prospect_index];
  ties.company = choose_company(world, prospect.segment, ties.territory, prospect.lineage);
  if (ties.company == no_company) return;
  const random::Lineage lineage = compute_visit_lineage(world, prospect.segment, ties.company);
  prospect.size_class = choose_category(segment.size_class, world, lineage, Decision::size_class);
  prospect.seniority = choose_category(segment.seniority, world, lineage, Decision::seniority);
}

/// After a deal or a customer is lost.
void Batch::release_company(std::uint16_t world, int s, std::uint32_t company, double time) {
  if (company == no_company) return;
  Company& state = company_at(world, s, company);
  state.free_at = time + model_.retry_after_days;
  change_level(world, Series::series_market_free, state.free_at, 1);
}

}  // namespace vouch::simulation
