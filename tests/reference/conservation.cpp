// SPDX-License-Identifier: Apache-2.0
#include "reference/conservation.hpp"

#include <functional>
#include <initializer_list>

namespace vouch::reference {

using model::Funnel;
using model::Metric;
using model::Series;

namespace {

/// Checks one row.
class Ledger {
 public:
  Ledger(const model::Model& model, const model::ObservationLayout& layout, std::span<const std::int64_t> row)
      : model_(model), layout_(layout), row_(row) {}

  std::string check() {
    check_accounts();
    check_desk();
    check_deals();
    check_bystanders();
    check_curves();
    if (model_.start() == 0.0) {
      check_whole_lives();
      follow_names();
      follow_deals();
    }
    if (layout_.num_bins() > 0) {
      check_flows();
      check_levels();
    }
    return leaks_;
  }

 private:
  using Amount = std::int64_t;

  Amount get(Metric m, int segment, int cohort) const { return row_[layout_.metric(m, segment, cohort)]; }
  Amount get(Funnel f, int source, int segment, int cohort) const {
    return row_[layout_.funnel(f, source, segment, cohort)];
  }
  Amount get_total(Metric m) const {
    Amount sum = 0;
    for (int segment = 0; segment < layout_.num_segments(); ++segment) sum += get(m, segment, 0) + get(m, segment, 1);
    return sum;
  }
  Amount get_total(Funnel f, int source) const {
    Amount sum = 0;
    for (int segment = 0; segment < layout_.num_segments(); ++segment) {
      sum += get(f, source, segment, 0) + get(f, source, segment, 1);
    }
    return sum;
  }
  Amount get_total(Funnel f) const {
    Amount sum = 0;
    for (int source = 0; source < layout_.num_sources(); ++source) sum += get_total(f, source);
    return sum;
  }
  Amount get_total(Series s) const {
    Amount sum = 0;
    for (int bin = 0; bin < layout_.num_bins(); ++bin) sum += row_[layout_.series(s, bin)];
    return sum;
  }

  void require(bool holds, const std::string& what, Amount left, Amount right) {
    if (!holds) leaks_ += what + ": " + std::to_string(left) + " and " + std::to_string(right) + "\n";
  }
  void require_equal(const std::string& what, Amount left, Amount right) { require(left == right, what, left, right); }
  void require_at_most(const std::string& what, Amount left, Amount right) {
    require(left <= right, what, left, right);
  }

  /// In every cell, the metric is the sum of its parts.
  void require_sum(const std::string& what, Metric whole, std::initializer_list<Metric> parts) {
    for_each_cell([&](int segment, int cohort) {
      Amount sum = 0;
      for (const Metric part : parts) sum += get(part, segment, cohort);
      require_equal(what, get(whole, segment, cohort), sum);
    });
  }
  /// In every cell, the sum of the parts is at most the metric.
  void require_within(const std::string& what, std::initializer_list<Metric> parts, Metric whole) {
    for_each_cell([&](int segment, int cohort) {
      Amount sum = 0;
      for (const Metric part : parts) sum += get(part, segment, cohort);
      require_at_most(what, sum, get(whole, segment, cohort));
    });
  }
  void require_sum(const std::string& what, int source, int segment, Funnel whole,
                   std::initializer_list<Funnel> parts) {
    for (int cohort = 0; cohort < model::num_cohorts; ++cohort) {
      Amount sum = 0;
      for (const Funnel part : parts) sum += get(part, source, segment, cohort);
      require_equal(what + " of source " + std::to_string(source), get(whole, source, segment, cohort), sum);
    }
  }
  void for_each_cell(const std::function<void(int segment, int cohort)>& visit) const {
    for (int segment = 0; segment < layout_.num_segments(); ++segment) {
      for (int cohort = 0; cohort < model::num_cohorts; ++cohort) visit(segment, cohort);
    }
  }

  void check_accounts() {
    require_sum("every ask has one answer", Metric::asks, {Metric::yes, Metric::maybe, Metric::no});
    require_sum("accepted", Metric::accepted, {Metric::yes, Metric::pressed_yes, Metric::returned_maybes});
    require_within("presses", {Metric::pressed_yes}, Metric::pressed);
    require_sum("testimonial requests", Metric::testimonial_requests, {Metric::testimonials, Metric::complaints});
    require_within("lost at contract ends", {Metric::lost_customers}, Metric::contract_ends);
    require_sum("new customers", Metric::new_customers,
                {Metric::referral_wins, Metric::partner_wins, Metric::cold_wins});
    require_sum("new value", Metric::new_value, {Metric::referral_value, Metric::partner_value, Metric::cold_value});
    require_within("active customers", {Metric::active_end}, Metric::customers);
    for_each_cell([this](int segment, int cohort) {
      require_equal("net value", get(Metric::net_value, segment, cohort),
                    get(Metric::revenue, segment, cohort) - get(Metric::touch_cost, segment, cohort) -
                        get(Metric::reward_cost, segment, cohort));
      require_at_most("pressed or not", get(Metric::pressed, segment, cohort) + get(Metric::unpressed, segment, cohort),
                      get(Metric::maybe, segment, cohort) + get(Metric::no, segment, cohort));
    });
    require_within("matched", {Metric::first_referral_90}, Metric::eligible_90);
    require_within("matched", {Metric::first_referral_180}, Metric::eligible_180);
    require_within("matched", {Metric::first_referral_365}, Metric::eligible_365);
  }

  void check_desk() {
    require_sum("desk asks", Metric::desk_asks, {Metric::desk_refusals, Metric::calls_booked});
    require_sum("renewal requests", Metric::renewal_requests,
                {Metric::renewal_served, Metric::renewal_capsules, Metric::renewal_unserved});
    require_within("references", {Metric::references_used}, Metric::calls_held);
    require_equal("calls booked", get_total(Metric::calls_booked),
                  get_total(Funnel::desk_served) + get_total(Metric::renewal_served));
    require_equal("capsules", get_total(Metric::capsules),
                  get_total(Funnel::desk_capsules) + get_total(Metric::renewal_capsules));
    require_at_most("calls in deals", get_total(Funnel::deal_calls), get_total(Metric::calls_held));
  }

  void check_deals() {
    for_each_cell([this](int segment, int cohort) {
      for (int source = 0; source < layout_.num_sources(); ++source) {
        const auto of = [&](Funnel f) { return get(f, source, segment, cohort); };
        require_equal("requests of deals", of(Funnel::desk_requests),
                      of(Funnel::desk_served) + of(Funnel::desk_capsules) + of(Funnel::desk_unserved));
        require_at_most("requests at gaps", of(Funnel::desk_requests), of(Funnel::credibility_gaps));
        require_at_most("resolved gaps", of(Funnel::access_resolved), of(Funnel::access_gaps));
        const Amount decided = of(Funnel::won) + of(Funnel::lost);
        require_at_most("credibility gaps at decisions", of(Funnel::credibility_open), decided);
        require_at_most("access gaps at decisions", of(Funnel::access_open), decided);
        require_at_most("deals closed in time", of(Funnel::close_wins), of(Funnel::won));
      }
      if (!model_.segments[static_cast<std::size_t>(segment)].is_finite) {
        for (int source = 0; source < layout_.num_sources(); ++source) {
          require_equal("duplicates without end", get(Funnel::duplicates, source, segment, cohort), 0);
        }
      }
    });
    require_equal("cold names", get_total(Funnel::named, 0), 0);
    check_wins();
  }

  /// By segment: a call may put off a cold deal beyond the takeover, and make its winner one of the new cohort.
  void check_wins() {
    for (int segment = 0; segment < layout_.num_segments(); ++segment) {
      const auto sum = [&](Metric m) { return get(m, segment, 0) + get(m, segment, 1); };
      Amount won = 0;
      Amount won_cold = 0;
      for (int source = 0; source < layout_.num_sources(); ++source) {
        won += get(Funnel::won, source, segment, 0) + get(Funnel::won, source, segment, 1);
        if (source == 0) won_cold = won;
      }
      require_equal("deals won and purchases", won, sum(Metric::new_customers));
      require_equal("cold deals won and purchases", won_cold, sum(Metric::cold_wins));
    }
  }

  void check_bystanders() {
    for (int segment = 0; segment < layout_.num_segments(); ++segment) {
      const model::Segment& s = model_.segments[static_cast<std::size_t>(segment)];
      require_equal("bystanders", get(Metric::bystanders, segment, 0), s.are_bystanders ? s.accounts : 0);
      require_equal("new bystanders", get(Metric::bystanders, segment, 1), 0);
      if (!s.are_bystanders) continue;
      for (const Metric m : {Metric::customers, Metric::active_end, Metric::new_customers, Metric::revenue,
                             Metric::active_days, Metric::fatigue_days, Metric::matched_accounts, Metric::eligible_90,
                             Metric::contract_ends, Metric::desk_asks, Metric::capsules}) {
        require_equal("bystanders as customers", get(m, segment, 0) + get(m, segment, 1), 0);
      }
    }
  }

  Amount sum_curve(model::Curve curve, int num_bands) const {
    Amount sum = 0;
    for (int band = 0; band < num_bands; ++band) sum += row_[layout_.curve(curve, band)];
    return sum;
  }

  void check_curves() {
    using model::Curve;
    Amount asks = 0;
    Amount yes = 0;
    for_each_cell([&](int segment, int cohort) {
      if (model_.segments[static_cast<std::size_t>(segment)].are_bystanders) return;
      asks += get(Metric::asks, segment, cohort);
      yes += get(Metric::yes, segment, cohort);
    });
    const auto require_curve = [this](const std::string& what, Curve curve, int num_bands, Amount expected) {
      require_equal(what, sum_curve(curve, num_bands), expected);
    };
    const Amount customers = get_total(Metric::customers);
    const Amount wins = get_total(Metric::referral_wins);
    const int profile = model::num_profile_bands;
    require_curve("asks by tenure", Curve::tenure_asks, model::num_tenure_bands, asks);
    require_curve("asks by fatigue", Curve::fatigue_asks, model::num_fatigue_bands, asks);
    require_curve("asks by generation", Curve::generation_asks, model::num_generations, asks);
    require_curve("asks by quality", Curve::quality_asks, profile, asks);
    require_curve("asks by peers", Curve::peers_asks, profile, asks);
    require_curve("yes by tenure", Curve::tenure_yes, model::num_tenure_bands, yes);
    require_curve("yes by fatigue", Curve::fatigue_yes, model::num_fatigue_bands, yes);
    require_curve("yes by generation", Curve::generation_yes, model::num_generations, yes);
    require_curve("yes by quality", Curve::quality_yes, profile, yes);
    require_curve("yes by peers", Curve::peers_yes, profile, yes);
    require_curve("customers by generation", Curve::generation_customers, model::num_generations, customers);
    require_curve("customers by quality", Curve::quality_accounts, profile, customers);
    require_curve("customers by peers", Curve::peers_accounts, profile, customers);
    require_curve("wins by tenure", Curve::tenure_wins, model::num_tenure_bands, wins);
    require_curve("wins by generation", Curve::generation_wins, model::num_generations, wins);
    require_curve("wins by quality", Curve::quality_wins, profile, wins);
    require_curve("wins by peers", Curve::peers_wins, profile, wins);
  }

  /// What holds where nothing happened before time 0.
  void check_whole_lives() {
    for_each_cell([this](int segment, int cohort) {
      const model::Segment& s = model_.segments[static_cast<std::size_t>(segment)];
      const Amount existing = cohort == 0 && !s.are_bystanders ? s.accounts : 0;
      // Who is lost at time 0 was no customer in [0, H).
      const Amount all = existing + get(Metric::new_customers, segment, cohort);
      require_at_most("customers", get(Metric::customers, segment, cohort), all);
      require_equal("customers at the end", get(Metric::active_end, segment, cohort),
                    all - get(Metric::lost_customers, segment, cohort));
      require_at_most("expansions",
                      get(Metric::expansions, segment, cohort) + get(Metric::lost_customers, segment, cohort),
                      get(Metric::contract_ends, segment, cohort));
    });
    require_within("calls", {Metric::calls_held, Metric::calls_cancelled}, Metric::calls_booked);
    require_within("those still waiting", {Metric::queued_end}, Metric::queued);
    require_within("maybes that return", {Metric::returned_maybes}, Metric::maybe);
  }

  void follow_names() {
    for (int source = 0; source < layout_.num_sources(); ++source) {
      for (int segment = 0; segment < layout_.num_segments(); ++segment) {
        require_sum("every name ends in one place", source, segment, Funnel::named,
                    {Funnel::introduced, Funnel::mentioned, Funnel::bare, Funnel::lost_refused, Funnel::lost_churned,
                     Funnel::lost_opted_out, Funnel::pending});
        if (source == 0) continue;
        require_sum("every name reaches us once", source, segment, Funnel::leads,
                    {Funnel::introduced, Funnel::mentioned, Funnel::bare});
      }
    }
  }

  void follow_deals() {
    for (int segment = 0; segment < layout_.num_segments(); ++segment) {
      const int first = model_.segments[static_cast<std::size_t>(segment)].pipeline_days > 0.0 ? 1 : 0;
      for (int source = first; source < layout_.num_sources(); ++source) {
        require_sum("every lead ends in one place", source, segment, Funnel::leads,
                    {Funnel::unqualified, Funnel::duplicates, Funnel::waiting, Funnel::opened});
        require_sum("every deal ends in one place", source, segment, Funnel::opened,
                    {Funnel::won, Funnel::lost, Funnel::open_end});
      }
    }
  }

  void check_flows() {
    const auto require_series = [this](const std::string& what, Series s, Amount expected) {
      require_equal("over time: " + what, get_total(s), expected);
    };
    require_series("asks", Series::series_asks, get_total(Metric::asks) + get_total(Metric::mentions));
    require_series("accepted", Series::series_accepted, get_total(Metric::accepted));
    require_series("introduced", Series::series_introduced, get_total(Funnel::introduced) + get_total(Funnel::bare));
    require_series("referral wins", Series::series_referral_wins, get_total(Metric::referral_wins));
    require_series("partner wins", Series::series_partner_wins, get_total(Metric::partner_wins));
    require_series("cold wins", Series::series_cold_wins, get_total(Metric::cold_wins));
    require_series("lost customers", Series::series_lost_customers, get_total(Metric::lost_customers));
    require_series("opt-outs", Series::series_opt_outs, get_total(Metric::opt_outs));
    require_series("requests", Series::series_desk_requests,
                   get_total(Funnel::desk_requests) + get_total(Metric::renewal_requests));
    require_series("requests unserved", Series::series_desk_unserved,
                   get_total(Funnel::desk_unserved) + get_total(Metric::renewal_unserved));
    require_series("calls", Series::series_calls, get_total(Metric::calls_held));
    require_series("leads", Series::series_leads, get_total(Funnel::leads));
    require_series("duplicates", Series::series_duplicates, get_total(Funnel::duplicates));
  }

  void check_levels() {
    using model::SourceSeries;
    Amount market = 0;
    for (const model::Segment& segment : model_.segments) market += segment.is_finite ? segment.market : 0;
    for (int bin = 0; bin < layout_.num_bins(); ++bin) {
      const auto level = [&](Series s) { return row_[layout_.series(s, bin)]; };
      const Amount cold = row_[layout_.source_series(SourceSeries::series_source_open_deals, bin, 0)];
      Amount all = 0;
      for (int source = 0; source < layout_.num_sources(); ++source) {
        all += row_[layout_.source_series(SourceSeries::series_source_open_deals, bin, source)];
      }
      require_equal("open deals by source", all, level(Series::series_open_deals));
      require_equal("open deals by referrals", all - cold, level(Series::series_open_referral_deals));
      require_at_most("free companies", level(Series::series_market_free), market);
    }
    const auto last = [this](Series s) { return row_[layout_.series(s, layout_.num_bins() - 1)]; };
    require_equal("active customers at the horizon", last(Series::series_active), get_total(Metric::active_end));
    require_equal("queued at the horizon", last(Series::series_queue), get_total(Metric::queued_end));
    require_equal("open deals at the horizon", last(Series::series_open_deals), get_total(Funnel::open_end));
    for (int source = 0; source < layout_.num_sources(); ++source) {
      require_equal("open deals at the horizon by source",
                    row_[layout_.source_series(SourceSeries::series_source_open_deals, layout_.num_bins() - 1, source)],
                    get_total(Funnel::open_end, source));
    }
  }

  const model::Model& model_;
  const model::ObservationLayout& layout_;
  std::span<const std::int64_t> row_;
  std::string leaks_;
};

}  // namespace

std::string describe_leaks(const model::Model& model, const model::ObservationLayout& layout,
                           std::span<const std::int64_t> row) {
  return Ledger(model, layout, row).check();
}

}  // namespace vouch::reference
