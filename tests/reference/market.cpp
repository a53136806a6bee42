// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "core/error.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using random::Decision;

void World::create_companies() {
  for (int segment = 0; segment < model_.num_segments(); ++segment) {
    const model::Segment& s = model_.segments[segment];
    if (!s.is_finite) continue;
    for (std::uint32_t i = 0; i < s.market; ++i) {
      Company company;
      company.segment = segment;
      company.first_lineage = random::compute_member_lineage(s.id, i);
      company.territory = find_territory(company.first_lineage);
      if (i < s.accounts) {
        company.visit = 1;
        company.free_at = never;
      }
      companies_.push_back(company);
    }
  }
}

/// The company that is the segment's existing account number `account`.
int World::find_existing_company(int segment, std::uint32_t account) const {
  int index = 0;
  while (companies_[index].segment != segment) ++index;
  return index + static_cast<int>(account);
}

/// Who the company is when it opens its next deal.
random::Lineage World::find_visitor(const Company& company) const {
  if (company.visit == 0) return company.first_lineage;
  if (company.visit > random::max_ordinal) throw Error(ExitCode::resources, "a company returns too often");
  return random::compute_block(key_, company.first_lineage, Decision::company_return, company.visit).first;
}

/// The prospect's company; nobody if its territory has none, or its market no end.
int World::find_company(const Prospect& prospect) const {
  if (!model_.segments[prospect.segment].is_finite) return nobody;
  std::vector<int> companies;
  for (int i = 0; i < static_cast<int>(companies_.size()); ++i) {
    const Company& company = companies_[i];
    if (company.segment == prospect.segment && company.territory == prospect.territory) companies.push_back(i);
  }
  if (companies.empty()) return nobody;
  const double u = random::to_unit(draw_word(prospect.lineage, Decision::company, 0));
  return companies[static_cast<std::size_t>(std::floor(u * static_cast<double>(companies.size())))];
}

/// After a lost deal or customer.
void World::release_company(int company, double t) {
  if (company != nobody) companies_[company].free_at = t + model_.retry_after_days;
}

}  // namespace vouch::reference
