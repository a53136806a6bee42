// SPDX-License-Identifier: Apache-2.0
// What stands in a deal's way between its opening and its decision, and what the Referral Close does about it.
#include <algorithm>

#include "simulation/batch.hpp"

namespace vouch::simulation {

using model::Feature;
using model::Funnel;
using model::OutcomeKind;
using model::Series;
using random::Decision;

namespace {

/// A deal that never ends still has its first moments, if they are at its opening.
double plan_moment(const model::Moment& moment, double opened, double length) noexcept {
  return moment.share > 0.0 ? opened + moment.share * length : opened;
}

}  // namespace

std::uint16_t Batch::world_of_deal(const Prospect& prospect, std::uint32_t referrer) const {
  return referrer == no_account ? prospect.world_or_chances : m_.accounts[referrer].world;
}

/// An access gap may open at a moment; an internal introduction may resolve it at once.
void Batch::meet_access_gap(Prospect& prospect, std::uint16_t world, std::uint32_t number, double time) const {
  if ((prospect.flags & Prospect::access_gap) != 0) return;
  const auto happens = [&](Decision decision, double probability) {
    return random::happens(random::draw_word(keys_[world], prospect.lineage, decision, number), probability);
  };
  if (!happens(Decision::access_gap, model_.moments[number].access_gap)) return;
  count_funnel(prospect, world, Funnel::access_gaps, time);
  if (manners_at(time).introduces_internally && happens(Decision::internal_introduction, model_.internal_introduction))
    count_funnel(prospect, world, Funnel::access_resolved, time);
  else
    prospect.flags |= Prospect::access_gap;
}

/// Whether a credibility gap opens at a moment.
bool Batch::meet_credibility_gap(Prospect& prospect, std::uint16_t world, std::uint32_t number, double time) const {
  if ((prospect.flags & Prospect::credibility_gap) != 0) return false;
  const double probability = model_.moments[number].credibility_gap;
  if (!random::happens(random::draw_word(keys_[world], prospect.lineage, Decision::credibility_gap, number),
                       probability))
    return false;
  count_funnel(prospect, world, Funnel::credibility_gaps, time);
  prospect.flags |= Prospect::credibility_gap;
  return true;
}

/// Without a desk nothing can happen to a deal's gaps, and all its moments are taken at its opening.
void Batch::meet_gaps_ahead(Prospect& prospect, std::uint16_t world, double opened, double length) const {
  for (std::uint32_t number = 0; number < model_.moments.size(); ++number) {
    const double time = plan_moment(model_.moments[number], opened, length);
    if (time < start_ || !(time < horizon_)) continue;
    meet_access_gap(prospect, world, number, time);
    meet_credibility_gap(prospect, world, number, time);
  }
}

void Batch::begin_course(std::uint32_t index, std::uint32_t referrer, double opened, double length) {
  DealCourse& course = m_.courses[index];
  course = DealCourse{};
  course.decides = opened + length;
  course.call_time = model::infinite;
  for (std::size_t number = 0; number < model_.moments.size(); ++number)
    course.moments[number] = plan_moment(model_.moments[number], opened, length);
  if (!has_gaps_) course.next_moment = static_cast<std::uint8_t>(model_.moments.size());
  while (course.next_moment < model_.moments.size() && course.moments[course.next_moment] < start_)
    ++course.next_moment;
  follow_course(index, referrer);
}

/// Schedules a deal's next step.
void Batch::follow_course(std::uint32_t index, std::uint32_t referrer) {
  const DealCourse& course = m_.courses[index];
  if (course.next_moment < model_.moments.size()) {
    const double time = course.moments[course.next_moment];
    if (time <= course.call_time) push(make_indexed_event(EventKind::moment, time, referrer, index));
  } else if (course.call_time == model::infinite) {
    push(make_indexed_event(referrer == no_account ? EventKind::cold_decision : EventKind::decision, course.decides,
                            referrer, index));
  }
}

void Batch::handle_moment(Events events) {
  for (const Event& event : events) {
    Prospect& prospect = m_.prospects[event.index()];
    const std::uint16_t world = world_of_deal(prospect, event.account);
    const std::uint32_t number = m_.courses[event.index()].next_moment++;
    meet_access_gap(prospect, world, number, event.time);
    if (meet_credibility_gap(prospect, world, number, event.time) && manners_at(event.time).desk.runs)
      request_for_deal(event, number);
    follow_course(event.index(), event.account);
  }
}

void Batch::request_for_deal(const Event& event, std::uint32_t number) {
  const model::Desk& desk = manners_at(event.time).desk;
  Prospect& prospect = m_.prospects[event.index()];
  DealCourse& course = m_.courses[event.index()];
  const std::uint16_t world = world_of_deal(prospect, event.account);
  const Requester requester{
      prospect.lineage,
      event.time,
      event.account,
      world * static_cast<std::size_t>(model_.num_territories) + m_.prospect_ties[event.index()].territory,
      number,
      Decision::desk_order,
      prospect.segment,
      prospect.size_class,
      prospect.seniority};
  count_funnel(prospect, world, Funnel::desk_requests, event.time);
  count_series(world, Series::series_desk_requests, event.time);
  const std::uint32_t reference = book_reference(requester, desk, course.call_match);
  if (reference != no_account) {
    count_funnel(prospect, world, Funnel::desk_served, event.time);
    const double delay = sample_for(prospect.lineage, world, desk.call_delay_days, Decision::call_delay, number);
    course.reference = reference;
    course.call_time = event.time + std::max(0.0, delay);
    push(make_indexed_event(EventKind::call, course.call_time, event.account, event.index()));
  } else if (desk.capsules && use_capsule(requester, desk)) {
    count_funnel(prospect, world, Funnel::desk_capsules, event.time);
    prospect.flags &= static_cast<std::uint8_t>(~Prospect::credibility_gap);
    course.had_capsule = true;
  } else {
    count_funnel(prospect, world, Funnel::desk_unserved, event.time);
    count_series(world, Series::series_desk_unserved, event.time);
  }
}

void Batch::handle_call(Events events) {
  for (const Event& event : events) {
    Prospect& prospect = m_.prospects[event.index()];
    DealCourse& course = m_.courses[event.index()];
    const double time = event.time;
    course.call_time = model::infinite;
    if (hold_call(course.reference, time)) {
      count_funnel(prospect, world_of_deal(prospect, event.account), Funnel::deal_calls, time);
      prospect.flags &= static_cast<std::uint8_t>(~Prospect::credibility_gap);
      course.had_call = true;
      course.reference_match = course.call_match;
      delay_course(course, time);
    } else {
      course.decides = std::max(course.decides, time);
    }
    follow_course(event.index(), event.account);
  }
}

/// A held call brings the rest of the deal forward, or stalls it; later moments keep their share of what remains.
void Batch::delay_course(DealCourse& course, double time) const {
  const model::Desk& desk = manners_at(time).desk;
  const double remaining = std::max(0.0, course.decides - time);
  const double changed =
      desk.contingent_next_step ? remaining * model_.next_step_factor : remaining + model_.stall_days;
  course.decides = time + changed;
  for (std::size_t number = course.next_moment; number < model_.moments.size(); ++number)
    course.moments[number] = std::min(course.decides, time + (course.moments[number] - time) * (changed / remaining));
}

/// What the decision adds to the predictor that the deal's opening fixed.
double Batch::add_late_features(double eta, const Prospect& prospect, std::uint32_t index) const {
  for (const model::Weight& weight : chances_[static_cast<int>(OutcomeKind::win)].outcome->weights) {
    if (weight.feature < model::first_late_feature) continue;
    double value = 0.0;
    if (weight.feature == Feature::credibility_gap)
      value = (prospect.flags & Prospect::credibility_gap) != 0 ? 1.0 : 0.0;
    else if (weight.feature == Feature::access_gap)
      value = (prospect.flags & Prospect::access_gap) != 0 ? 1.0 : 0.0;
    else if (runs_desk_ && weight.feature == Feature::reference)
      value = m_.courses[index].had_call ? 1.0 : 0.0;
    else if (runs_desk_ && weight.feature == Feature::reference_match)
      value = m_.courses[index].reference_match;
    else if (runs_desk_ && weight.feature == Feature::capsule)
      value = m_.courses[index].had_capsule ? 1.0 : 0.0;
    eta += weight.weight * value;
  }
  return eta;
}

}  // namespace vouch::simulation
