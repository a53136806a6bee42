// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "reference/world.hpp"

namespace vouch::reference {

using model::Feature;
using model::Funnel;
using model::OutcomeKind;
using random::Decision;

void World::name_people(int index, int program, std::uint32_t ask_number, double t) {
  const model::Program& p = strategy_.programs[program];
  Account& account = accounts_[index];
  const random::Distribution& names =
      p.has_names_per_yes ? p.names_per_yes : model_.segments[account.segment].names_per_yes;
  const double drawn = std::floor(sample_positive(names, account.lineage, Decision::names_per_yes, ask_number));
  const int num_names = static_cast<int>(std::min(drawn, account.peers_left));
  if (!account.unlimited_peers) account.peers_left -= num_names;
  for (int i = 0; i < num_names; ++i) {
    const int prospect = name_person(index, 2 + program, t);
    const random::Lineage lineage = prospects_[prospect].lineage;
    if (p.form == model::Form::introduction) {
      const double delay = sample_positive(p.introduction_delay_days, lineage, Decision::introduction_delay, 0);
      if (!(t + delay < horizon_)) count(Funnel::pending, prospects_[prospect], horizon_);
      schedule({.time = t + delay,
                .rank = Rank::introduction_chance,
                .account = index,
                .kind = EventKind::introduction_chance,
                .program = program,
                .ordinal = 0,
                .prospect = prospect});
    } else if (p.form == model::Form::contact) {
      refer(prospect, t);
    } else {
      prospects_[prospect].mentioned = true;
      count(Funnel::mentioned, prospects_[prospect], t);
      reach_us(prospect, t);
    }
  }
}

/// The next person whom the account names.
int World::name_person(int index, int source, double t) {
  Account& referrer = accounts_[index];
  const model::Segment& referrer_segment = model_.segments[referrer.segment];
  Prospect person;
  if (referrer.num_names > random::max_ordinal) throw Error(ExitCode::resources, "an account names too many people");
  person.lineage = random::compute_named_lineage(key_, referrer.lineage, referrer.num_names++);
  person.source = source;
  person.referrer = index;
  person.segment = model_.segment_order[static_cast<std::size_t>(
      random::choose(referrer_segment.peer_segments, draw_word(person.lineage, Decision::segment, 0)))];
  person.cohort = referrer.cohort;
  person.territory = referrer.territory;
  choose_categories(person.lineage, person.segment, person.size_class, person.seniority);
  person.peer_tie = std::clamp(sample(referrer_segment.peer_tie, person.lineage, Decision::peer_tie, 0), 0.0, 1.0);
  person.named_time = t;
  prospects_.push_back(person);
  count(Funnel::named, person, t);
  return static_cast<int>(prospects_.size()) - 1;
}

/// The referrer's chance number `event.ordinal` to introduce the person it named.
void World::take_chance(const Event& event) {
  const double t = event.time;
  const std::uint32_t c = event.ordinal;
  const model::Program& program = strategy_.programs[event.program];
  Account& account = accounts_[event.account];
  Prospect& person = prospects_[event.prospect];
  if (!account.is_active()) return count(Funnel::lost_churned, person, t);
  if (account.opted_out && c > 0) return count(Funnel::lost_opted_out, person, t);
  const model::Thanks& promise = program.conduct.promise;
  const bool reminded = promise.enabled && promise.delay_days <= t - person.named_time;
  const double p =
      compute_probability(OutcomeKind::introduce, 1 + event.program, account.segment, [&](Feature feature) {
        if (feature == Feature::peer_tie) return person.peer_tie;
        if (feature == Feature::chases) return static_cast<double>(c);
        if (feature == Feature::reminded) return reminded ? 1.0 : 0.0;
        return read_feature(account, feature, t, account.quality);
      });
  const bool introduces = draw_happens(person.lineage, Decision::introduce, c, p);
  if (c > 0) {
    count(model::Metric::chases, account, t);
    land(account, model::TouchKind::chase, t);
  }
  if (introduces) {
    person.introduced = true;
    refer(event.prospect, t);
  } else if (static_cast<int>(c) < program.chases) {
    Event next = event;
    ++next.ordinal;
    next.time += sample_positive(program.chase_spacing_days, person.lineage, Decision::chase_spacing, c + 1);
    if (!(next.time < horizon_)) count(Funnel::pending, person, horizon_);
    schedule(next);
  } else if (program.fallback == model::Fallback::contact) {
    refer(event.prospect, t);
  } else {
    count(Funnel::lost_refused, person, t);
  }
}

}  // namespace vouch::reference
