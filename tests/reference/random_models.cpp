// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "reference/dice.hpp"
#include "reference/model_parts.hpp"
#include "reference/models.hpp"
#include "reference/random_couplings.hpp"

namespace vouch::reference {

using model::Feature;
using model::Link;
using model::OutcomeKind;
using random::Distribution;
using random::Family;
using random::make_distribution;

namespace {

/// Builds one random case.
class Builder {
 public:
  Builder(std::uint64_t seed, std::uint32_t index, bool is_coupled)
      : dice_(seed, index), style_(static_cast<Style>(index % 3)), is_coupled_(is_coupled) {
    case_.name = (is_coupled ? "random coupled model " : "random model ") + std::to_string(index);
  }

  Case build() {
    add_frame();
    add_stocks();
    for (int i = 0; i < num_segments_; ++i) add_segment(i);
    for (model::Touch& touch : model().touches) touch = make_touch();
    const int num_programs = dice_.chance(0.1) ? 7 * dice_.pick(2) : 1 + dice_.pick(3);
    if (has_takeover_) add_program(model().start(), 0.0);
    for (int i = 0; i < num_programs; ++i) add_program(model().takeover_days, model::infinite);
    add_outcomes();
    strategy().manners = make_manners();
    strategy().warm_up_manners = has_takeover_ ? make_manners() : strategy().manners;
    if (is_coupled_) {
      Couplings couplings{dice_, [this](double mean) { return make_days(mean); }, style_ == Style::free};
      couplings.add(model(), strategy(), has_takeover_);
    }
    return case_;
  }

 private:
  /// Crowded models hardly know delays, so that most events fall on others; whole-day models let some fall together.
  enum class Style { crowded, whole_days, free };
  static constexpr double step_days = 5.0;

  model::Model& model() { return case_.model; }
  model::Strategy& strategy() { return case_.strategy; }

  /// Days about `mean`, perhaps none.
  Distribution make_days(double mean) {
    if (style_ == Style::crowded) return constant(step_days * dice_.pick(3));
    if (style_ == Style::whole_days) return constant(step_days * dice_.pick(static_cast<int>(mean / 2.5) + 1));
    switch (dice_.pick(6)) {
      case 0:
        return constant(dice_.chance(0.5) ? 0.0 : mean);
      case 1:
        return make_distribution(Family::uniform, 0.0, 2.0 * mean);
      case 2:
        return make_distribution(Family::exponential, mean);
      case 3:
        return make_distribution(Family::gamma, mean, dice_.uniform(0.5, 4.0));
      case 4:
        return make_distribution(Family::lognormal, mean, 0.6);
      default:
        return make_distribution(Family::normal, mean, mean);
    }
  }

  /// What recurs: every `days` if time goes in whole days.
  Distribution get_period(double days, const Distribution& otherwise) {
    if (style_ == Style::crowded) return constant(step_days * (1 + dice_.pick(2)));
    return style_ == Style::whole_days ? constant(days) : otherwise;
  }

  double make_delay(double mean) {
    if (style_ == Style::free) return dice_.chance(0.3) ? 0.0 : dice_.uniform(0.0, mean);
    return step_days * dice_.pick(style_ == Style::crowded ? 2 : 4);
  }

  Distribution make_count(double mean) {
    switch (dice_.pick(5)) {
      case 0:
        return constant(std::max(1.0, mean));
      case 1:
        return make_distribution(Family::poisson, mean);
      case 2:
        return make_distribution(Family::geometric, mean);
      case 3:
        return make_distribution(Family::zeta, 2.5, 30.0);
      default:
        return random::make_empirical({0.0, 1.0, 2.0}, {0.3, 0.4, 0.3});
    }
  }

  Distribution make_tie() {
    if (has_constant_traits_) return constant(dice_.uniform(-0.2, 1.2));
    return dice_.chance(0.5) ? make_distribution(Family::normal, 0.5, 0.5) : make_distribution(Family::beta, 2.0, 1.5);
  }

  void add_frame() {
    num_segments_ = 1 + dice_.pick(3);
    has_categories_ = dice_.chance(0.5);
    has_takeover_ = dice_.chance(0.4);
    has_constant_traits_ = dice_.chance(0.3);
    model::Model& m = model();
    m.horizon_days = style_ == Style::crowded      ? 80.0
                     : style_ == Style::whole_days ? 365.0
                     : dice_.chance(0.1)           ? dice_.uniform(1.0, 40.0)
                                                   : dice_.uniform(150.0, 600.0);
    m.warm_up_days = has_takeover_ || dice_.chance(0.3) ? 5.0 * (1 + dice_.pick(50)) : 0.0;
    m.takeover_days = has_takeover_ ? 0.0 : m.start();
    m.max_accounts = 1000;
    m.bin_days = dice_.chance(0.5) ? 30.0 : dice_.uniform(5.0, 100.0);
    m.follow_up_days = dice_.chance(0.5) ? 120.0 : dice_.uniform(0.0, 700.0);
    m.fatigue_limit = dice_.uniform(0.5, 3.0);
    m.series = dice_.chance(0.9);
    m.maybe_margin = dice_.chance(0.7) ? dice_.uniform(0.0, 1.5) : 0.0;
    m.maybe_returns = dice_.uniform(0.0, 1.0);
    m.maybe_delay_days = make_days(20.0);
    m.survey_noise = dice_.chance(0.5) ? 0.7 : 0.0;
    m.match = {dice_.uniform(0.0, 1.0), dice_.uniform(0.0, 1.0), dice_.uniform(0.0, 1.0)};
    m.margin = dice_.uniform(0.1, 1.0);
    m.discount_rate = dice_.chance(0.6) ? dice_.uniform(0.0, 0.2) : 0.0;
    m.referral_value_factor = dice_.chance(0.5) ? dice_.uniform(0.5, 2.0) : 1.0;
    m.expansion_value = dice_.uniform(0.0, 0.3);
    m.referral_cycle_factor = dice_.chance(0.5) ? dice_.uniform(0.3, 1.5) : 1.0;
  }

  void add_stocks() {
    const int num_stocks = dice_.chance(0.05) ? model::max_stocks : dice_.pick(5);
    for (int i = 0; i < num_stocks; ++i) {
      const double half_life = dice_.chance(0.2) ? model::infinite : dice_.uniform(3.0, 200.0);
      model().stocks.push_back({half_life, dice_.chance(0.4) ? dice_.uniform(0.5, 5.0) : model::infinite});
    }
    model().fatigue = num_stocks > 0 && dice_.chance(0.9) ? dice_.pick(num_stocks) : -1;
  }

  void add_segment(int i) {
    model::Segment s = make_segment("segment" + std::to_string(i), 1000u + static_cast<unsigned>(i), i, num_segments_,
                                    static_cast<std::uint32_t>(1 + dice_.pick(30)));
    s.tenure_days = dice_.chance(0.2) ? constant(0.0) : make_days(200.0);
    s.leads_per_day = dice_.chance(0.6) ? dice_.uniform(0.0, 0.1) : 0.0;
    s.pipeline_days = make_delay(120.0);
    const double value = dice_.uniform(100.0, 20000.0);
    s.contract_value = dice_.chance(0.4) ? constant(value) : make_distribution(Family::lognormal, value, 0.8);
    s.contract_days = dice_.chance(0.2)   ? constant(model::infinite)
                      : dice_.chance(0.1) ? make_days(20.0)
                                          : constant(90.0);
    if (dice_.chance(0.5)) s.contract_days = get_period(60.0, make_distribution(Family::gamma, 150.0, 3.0));
    s.time_to_value_days = make_days(60.0);
    s.value_probability = dice_.chance(0.5) ? 1.0 : dice_.uniform(0.0, 1.0);
    const double quality = dice_.uniform(-1.0, 1.0);
    s.quality = has_constant_traits_ ? constant(quality) : make_distribution(Family::normal, quality, 1.0);
    s.unlimited_peers = dice_.chance(0.3);
    s.peers = make_count(4.0);
    s.names_per_yes = make_count(1.2);
    s.peer_segments = make_even(num_segments_);
    s.cycle_days = make_days(40.0);
    s.incidents_per_day = dice_.chance(0.5) ? dice_.uniform(0.0, 0.02) : 0.0;
    s.incident_quality = dice_.uniform(-0.5, 1.0);
    s.organic_per_day = dice_.chance(0.5) ? dice_.uniform(0.0, 0.01) : 0.0;
    s.reference_consent = dice_.uniform(0.0, 1.0);
    if (has_categories_) {
      s.size_class = make_even(2);
      s.seniority = make_even(3);
    }
    s.rep_tie = make_tie();
    s.peer_tie = make_tie();
    model().segments.push_back(s);
    model().segment_order.insert(model().segment_order.begin(),
                                 static_cast<std::uint8_t>(model().segment_order.size()));
  }

  model::Touch make_touch() {
    model::Touch touch;
    const int n = model().num_stocks();
    for (int stock = 0; stock < n; ++stock) {
      if (dice_.chance(0.5)) continue;
      // Multipliers make no circles but those that damp, since stocks would explode.
      const int times = dice_.chance(0.3) ? dice_.pick(stock + 1) : -1;
      const double amount = dice_.uniform(-0.4, times == stock ? 0.0 : 0.8);
      touch.impulses.push_back({static_cast<std::int8_t>(stock), static_cast<std::int8_t>(times), amount});
    }
    if (dice_.chance(0.7)) touch.minutes = dice_.uniform(0.0, 60.0);
    if (dice_.chance(0.7)) touch.cost = dice_.uniform(0.0, 100.0);
    return touch;
  }

  model::Thanks make_thanks() {
    if (dice_.chance(0.5)) return {};
    return {true, make_delay(40.0), make_touch()};
  }

  model::Conduct make_conduct() {
    model::Conduct c;
    for (model::Thanks* thanks :
         {&c.promise, &c.introduction, &c.status_report, &c.win, &c.recognition, &c.reward, &c.from_customer}) {
      *thanks = make_thanks();
    }
    c.acknowledges = dice_.chance(0.5);
    return c;
  }

  model::Manners make_manners() {
    model::Manners manners;
    manners.organic = make_conduct();
    manners.follow_up_days = make_delay(10.0);
    manners.expansion = dice_.chance(0.5);
    return manners;
  }

  model::Guard make_guard() {
    using Op = model::GuardStep::Op;
    if (dice_.chance(0.4)) return {};
    model::Guard guard;
    guard.steps.push_back(
        {dice_.chance(0.5) ? Op::less : Op::greater_equal, Feature::quality, dice_.uniform(-1.0, 1.0)});
    if (dice_.chance(0.3)) guard.steps.push_back({Op::not_});
    if (model().num_stocks() > 0) {
      guard.steps.push_back({Op::less_equal, Feature::first_stock, dice_.uniform(0.0, 2.0)});
      guard.steps.push_back({dice_.chance(0.5) ? Op::and_ : Op::or_});
    }
    if (dice_.chance(0.5)) {
      const int first = static_cast<int>(Feature::quality);
      const auto trait = static_cast<Feature>(first + dice_.pick(static_cast<int>(Feature::opted_out) + 1 - first));
      guard.steps.push_back({static_cast<Op>(dice_.pick(6)), trait, static_cast<double>(dice_.pick(4))});
      guard.steps.push_back({dice_.chance(0.5) ? Op::and_ : Op::or_});
    }
    return guard;
  }

  void add_program(double from_days, double until_days) {
    model::Program p = make_program("program" + std::to_string(strategy().programs.size()), num_segments_);
    for (std::uint8_t& addressed : p.addresses_segment) addressed = dice_.chance(0.85);
    p.reach = static_cast<model::Reach>(dice_.chance(0.5) ? 0 : dice_.pick(3));
    p.from_days = from_days;
    p.until_days = until_days;
    for (int trigger = 1; trigger <= model::by_willingness; trigger *= 2) {
      if (dice_.chance(0.35)) p.triggers = static_cast<std::uint16_t>(p.triggers | trigger);
    }
    if (p.triggers == 0) p.triggers = model::on_purchase;
    add_timing(p);
    p.form = dice_.chance(0.5) ? model::Form::introduction : static_cast<model::Form>(dice_.pick(3));
    p.second_ask = static_cast<model::SecondAsk>(dice_.pick(3));
    p.positioning = dice_.chance(0.5);
    p.has_names_per_yes = dice_.chance(0.3);
    p.names_per_yes = make_count(0.8);
    p.introduction_delay_days = make_days(10.0);
    p.chases = dice_.pick(4);
    p.chase_spacing_days = make_days(7.0);
    p.fallback = static_cast<model::Fallback>(dice_.pick(2));
    p.mention_min_tie = dice_.chance(0.5) ? 0.4 : 0.0;
    p.mention_needs_consent = dice_.chance(0.5);
    p.conduct = make_conduct();
    if (dice_.chance(0.6)) p.conduct.reward_referrer = dice_.uniform(0.0, 300.0);
    if (dice_.chance(0.6)) p.conduct.reward_customer = dice_.uniform(0.0, 300.0);
    if (dice_.chance(0.4)) p.conduct.commission = dice_.uniform(0.0, 0.2);
    if (dice_.chance(0.4)) p.conduct.fee = dice_.uniform(0.0, 50.0);
    strategy().programs.push_back(p);
  }

  void add_timing(model::Program& p) {
    p.delay_days = make_days(25.0);
    p.repeats = dice_.chance(0.5);
    p.repeat_days = dice_.chance(0.1) ? make_days(2.0) : make_distribution(Family::uniform, 20.0, 60.0);
    p.repeat_days = get_period(30.0, p.repeat_days);
    p.calendar_days = get_period(45.0, make_distribution(Family::gamma, 60.0, 2.0));
    p.survey_days = style_ == Style::free ? dice_.uniform(10.0, 100.0) : style_ == Style::crowded ? step_days : 30.0;
    p.willingness_grid_days = style_ == Style::free ? dice_.uniform(0.5, 10.0) : step_days;
    p.threshold = dice_.uniform(0.05, 0.6);
    if (dice_.chance(0.8)) p.max_asks = dice_.pick(7);
    p.min_gap_days = dice_.chance(0.5) ? make_delay(60.0) : 0.0;
    if (p.triggers & model::by_willingness) p.min_gap_days = std::max(p.min_gap_days, 10.0);
    p.stop_after_no = dice_.chance(0.3);
    p.stop_after_yes = dice_.chance(0.3);
    p.guard = make_guard();
    if (dice_.chance(0.6)) p.backlog_spread_days = dice_.chance(0.3) ? 0.0 : dice_.uniform(0.0, 150.0);
    p.testimonial_delay_days = make_delay(30.0);
    p.testimonial_retry_days = dice_.chance(0.6) ? 5.0 * (1 + dice_.pick(20)) : model::infinite;
    p.recovery = dice_.chance(0.5);
    p.favour_gap_days = dice_.chance(0.5) ? 5.0 * (1 + dice_.pick(20)) : 0.0;
    p.favour_guard = make_guard();
  }

  void add_outcomes() {
    fill_outcomes(strategy(), num_segments_);
    const auto is_of_deal = [](OutcomeKind kind) { return kind == OutcomeKind::qualify || kind == OutcomeKind::win; };
    for (int k = 0; k < model::num_outcomes; ++k) {
      const auto kind = static_cast<OutcomeKind>(k);
      model::Outcome& outcome = strategy().outcomes[static_cast<std::size_t>(k)];
      if (dice_.chance(0.15)) {
        const double sure = get_lift(kind) < 0.0 ? 0.0 : static_cast<double>(dice_.pick(4) > 0);
        outcome = make_outcome(Link::identity, sure, static_cast<int>(strategy().programs.size()), num_segments_);
        continue;
      }
      outcome.link = static_cast<Link>(dice_.pick(3));
      const double centre = outcome.link == Link::logit ? -0.5 : outcome.link == Link::log ? -1.2 : 0.3;
      const double scale = outcome.link == Link::logit ? 0.6 : 0.15;
      for (double& base : outcome.base) base = centre + scale * (get_lift(kind) + dice_.uniform(-1.0, 1.0));
      for (int f = 0; f < model::num_features; ++f) {
        const auto feature = static_cast<Feature>(f);
        if (can_read(kind, feature, is_of_deal(kind)) && dice_.chance(0.4)) {
          const double size = feature == Feature::peers_left        ? 2e-7
                              : feature == Feature::customer_reward ? 0.1 * scale
                                                                    : scale;
          outcome.weights.push_back({feature, dice_.uniform(-size, size)});
        }
      }
    }
  }

  /// What keeps accounts renewing, asks coming and populations from exploding.
  static double get_lift(OutcomeKind kind) {
    switch (kind) {
      case OutcomeKind::renew:
      case OutcomeKind::qualify:
        return 4.0;
      case OutcomeKind::win:
        return -1.0;
      case OutcomeKind::opt_out:
        return -4.0;
      default:
        return 0.0;
    }
  }

  bool can_read(OutcomeKind kind, Feature feature, bool is_of_deal) {
    switch (feature) {
      case Feature::referred:
      case Feature::rep_tie:
        return true;
      case Feature::peer_tie:
        return is_of_deal || kind == OutcomeKind::introduce;
      case Feature::chases:
      case Feature::reminded:
        return kind == OutcomeKind::introduce;
      case Feature::referrer_active:
        return kind == OutcomeKind::renew;
      case Feature::answered_maybe:
        return kind == OutcomeKind::second_ask;
      case Feature::reference:
      case Feature::reference_match:
      case Feature::capsule:
        return kind == OutcomeKind::win || kind == OutcomeKind::expand;
      case Feature::credibility_gap:
      case Feature::access_gap:
        return kind == OutcomeKind::win;
      case Feature::introduced:
      case Feature::mentioned:
      case Feature::match:
      case Feature::referrer_quality:
      case Feature::customer_reward:
        return is_of_deal;
      default:
        break;
    }
    if (is_of_deal) return false;
    return !model::is_stock(feature) || model::stock_index(feature) < model().num_stocks();
  }

  Dice dice_;
  Style style_;
  bool is_coupled_;
  int num_segments_ = 1;
  bool has_categories_ = false;
  bool has_takeover_ = false;
  bool has_constant_traits_ = false;
  Case case_;
};

}  // namespace

Case make_random(std::uint64_t seed, std::uint32_t index) { return Builder(seed, index, false).build(); }

Case make_random_coupled(std::uint64_t seed, std::uint32_t index) { return Builder(seed, index, true).build(); }

}  // namespace vouch::reference
