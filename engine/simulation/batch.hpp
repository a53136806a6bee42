// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/error.hpp"
#include "random/lanes.hpp"
#include "simulation/ledger.hpp"
#include "simulation/memory.hpp"
#include "simulation/prepared.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::simulation {

/// Several worlds of one strategy, simulated as one population, a day at a time: the events of a day are sorted
/// into rounds that hold each account at most once, and a round's events of one kind are handled together.
/// semantics.md says what each handler does.
class Batch : private Shortcuts {
 public:
  Batch(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
        std::span<const WorldKey> keys, std::span<const WorldResult> results, Workspace::Impl& memory,
        const std::atomic<bool>* stop);

  void run();

 private:
  using Events = std::span<const Event>;

  const model::Manners& manners_at(double time) const {
    return time < 0.0 ? strategy_.warm_up_manners : strategy_.manners;
  }

  // batch.cpp: set-up and the day loop
  void prepare();
  void prepare_reads();
  void prepare_plans();
  void prepare_shortcuts();
  void prepare_calendar();
  Landing prepare_landing(const model::Touch& touch) const;
  Conduct prepare_conduct(const model::Conduct& conduct) const;
  Chance prepare_chance(model::OutcomeKind kind) const;
  void run_day(std::size_t day);
  void run_rounds();
  void select(const std::vector<Event>& pending);
  void dispatch_lists();
  void dispatch(int kind, Events events);
  void apply_cut(const Cut& cut);
  void push(Event event) {
    if (!(event.time < horizon_)) return;
    const auto day = static_cast<std::size_t>(static_cast<std::int64_t>(event.time - origin_));
    if (day != today_)
      m_.calendar.add(day, event);
    else
      (event.time < cut_ ? m_.next : m_.later).push_back(event);
  }
  void check_stop(std::size_t num_events);

  // drawing.cpp: words, features, probabilities, variates
  const random::StreamKey& key_of(const Account& account) const { return keys_[account.world]; }
  void set_row(Rows& rows, int i, random::Lineage lineage, std::uint16_t world, std::uint32_t ordinal) const {
    rows.lineage[i] = lineage;
    rows.replication[i] = replications_[world];
    rows.ordinal[i] = ordinal;
    rows.world[i] = world;
  }
  void add_row(Group& group, std::uint32_t account, double time, int source, std::uint32_t ordinal) const {
    const Account& acting = m_.accounts[account];
    const int i = group.size++;
    set_row(group, i, acting.lineage, acting.world, ordinal);
    group.account[i] = account;
    group.source[i] = static_cast<std::uint8_t>(source);
    group.segment[i] = acting.segment;
    group.time[i] = time;
  }
  void copy_row(Group& to, const Group& from, int i) const;
  void draw_words(const Rows& rows, random::Decision decision, std::uint64_t* words) const;
  void read_stocks(Group& group, std::uint32_t stocks) const;
  double read_stock(std::uint32_t account, int stock, double time) const;
  void compute_eta(const Chance& chance, Group& group, double* eta);
  void compute_probability(const Chance& chance, Group& group, double* probability);
  void apply_link(model::Link link, int n, const double* eta, double* probability) const;
  const double* feature_values(model::Feature feature, const Group& group);
  double feature_value(model::Feature feature, std::uint32_t account, double time) const;
  bool guard_holds(const model::Guard& guard, std::uint32_t account, double time) const;
  double seen_quality(std::uint32_t account, std::uint64_t word) const;
  /// out[i] is a variate of *families_[i] for rows[i].
  void sample_rows(const Rows& rows, random::Decision decision, double* out);
  double sample_delay(const random::Distribution& distribution, const Account& account, random::Decision decision,
                      std::uint32_t ordinal) const;
  double quality_of(std::uint32_t account) const;
  double rep_tie_of(std::uint32_t account) const;
  Money contract_value_of(std::uint32_t account) const;
  double sample_for(random::Lineage lineage, std::uint16_t world, const random::Distribution& distribution,
                    random::Decision decision, std::uint32_t ordinal) const;
  std::uint8_t choose_category(const std::vector<double>& cumulative, std::uint16_t world, random::Lineage lineage,
                               random::Decision decision) const;
  double read_quality_seen(std::uint32_t account) const;
  /// An outcome of one account; `read` gives its features. `source` is the row of Outcome::base.
  template <typename Read>
  double compute_one(model::OutcomeKind kind, int source, std::uint32_t account, const Read& read) const {
    const model::Outcome& outcome = strategy_.outcome(kind);
    double eta = outcome.base[static_cast<std::size_t>(source) * num_segments_ + m_.accounts[account].segment];
    for (const model::Weight& weight : outcome.weights) eta += weight.weight * read(weight.feature);
    return model::apply_link(outcome.link, eta);
  }

  // touching.cpp: touches, money, integrals
  void land(const Landing& landing, Group& group, int i);
  void land_group(const Landing& landing, Group& group);
  void land_simple(const Landing& landing, Group& group);
  void book_fatigue_group(const Group& group, const double* readings);
  void land_alone(const Landing& landing, std::uint32_t account, double time, bool silently);
  void add_impulse(std::uint32_t index, int stock, double before, double after, double time, bool silently) {
    StockState& state = m_.stocks[static_cast<std::size_t>(index) * num_stocks_ + stock];
    if (stock == model_.fatigue) add_fatigue(m_.accounts[index], state, before, after, time, silently);
    state = {after, time};
  }
  void add_fatigue(Account& account, const StockState& state, double before, double after, double time, bool silently);
  void book_touch(const Landing& landing, const Account& account, double time);
  void book_fatigue(const Account& account, const StockState& state, double until, double reading);
  void pay(std::uint32_t account, double currency, double time);
  void add_checked(std::int64_t& sum, std::int64_t amount) const {
    if (__builtin_add_overflow(sum, amount, &sum)) fail_money();
  }
  void add_money(const Account& account, model::Metric metric, Money amount) const {
    add_checked(rows_[account.world][static_cast<std::size_t>(metric) * metric_stride_ + account.cell], amount);
  }
  Money to_checked_money(double amount) const;
  double discount(double time) const;
  double integrate_discount(double time) const;
  Money compute_margin(std::uint32_t account, double from, double to, bool with_expansions) const;
  void close(std::uint32_t account, double end, double fatigue);
  bool counts_as_matched(const Account& account, double time) const;

  // together.cpp: worlds whose accounts meet
  void prepare_coupling();
  void reset_coupling();
  std::uint16_t draw_territory(std::uint16_t world, random::Lineage lineage) const;
  std::size_t territory_index(const Event& event) const;
  std::uint64_t identity_of(const Event& event) const;
  void draw_todays_leads();
  void handle_arrival(Events events);
  void run_in_order();

  // market.cpp: finite markets
  void create_market();
  void sort_by_territory(std::uint16_t world, int segment);
  std::uint32_t choose_company(std::uint16_t world, int segment, std::uint16_t territory,
                               random::Lineage lineage) const;
  Company& company_at(std::uint16_t world, int segment, std::uint32_t company);
  random::Lineage compute_visit_lineage(std::uint16_t world, int segment, std::uint32_t company);
  void meet_company(std::uint32_t prospect, std::uint16_t world);
  void release_company(std::uint16_t world, int segment, std::uint32_t company, double time);

  // reps.cpp: slots and nerve
  std::uint32_t count_reps(const model::Reps& reps, std::size_t territory) const;
  bool has_brave_rep(std::uint32_t account, const model::Reps& reps) const;
  bool dares(std::uint32_t account, double time);
  bool shows_nerve(const Event& event);
  bool dares_to_press(std::uint32_t account, std::uint32_t ask, double time) const;
  Territory& territory_of(std::uint32_t account);
  std::int64_t count_slots_left(Territory& territory, double time) const;
  bool takes_slot(const Event& event);
  void schedule_serving(Territory& territory, double time);
  double predict_yes(std::uint32_t account, int program, double time) const;
  void order_queue(Territory& territory, double day);
  bool serve_next(Territory& territory, double day, Event& served);
  void finish_serving(Territory& territory, double day, bool has_served);
  void handle_serving(Events events);
  void report_queues();

  // desk.cpp: references
  void enlist_reference(std::uint32_t account);
  void expire_calls(Territory& territory, double time);
  template <typename Use>
  void for_peers(std::vector<std::uint32_t>& peers, const Requester& requester, const Use& use);
  bool may_be_asked(std::uint32_t account, double match, const Requester& requester, const model::Desk& desk) const;
  template <typename Add>
  void find_ranked(Ranking& ranking, const Requester& requester, const model::Desk& desk, const Add& add);
  void find_candidates(const Requester& requester, const model::Desk& desk);
  std::uint32_t book_reference(const Requester& requester, const model::Desk& desk, double& match);
  void occupy(std::uint32_t account, const model::Desk& desk, double time);
  bool use_capsule(const Requester& requester, const model::Desk& desk);
  bool hold_call(std::uint32_t account, double time);
  void request_for_renewal(std::uint32_t account, std::uint32_t contract, double time);
  std::uint32_t allocate_renewal_call();
  void handle_renewal_call(Events events);
  void expand(std::uint32_t account, std::uint32_t contract, double time, double reference, double match,
              bool has_capsule);

  // moments.cpp: gaps and calls of deals
  std::uint16_t world_of_deal(const Prospect& prospect, std::uint32_t referrer) const;
  void meet_access_gap(Prospect& prospect, std::uint16_t world, std::uint32_t number, double time) const;
  bool meet_credibility_gap(Prospect& prospect, std::uint16_t world, std::uint32_t number, double time) const;
  void meet_gaps_ahead(Prospect& prospect, std::uint16_t world, double opened, double length) const;
  void begin_course(std::uint32_t prospect, std::uint32_t referrer, double opened, double length);
  void follow_course(std::uint32_t prospect, std::uint32_t referrer);
  void handle_moment(Events events);
  void request_for_deal(const Event& event, std::uint32_t number);
  void handle_call(Events events);
  void delay_course(DealCourse& course, double time) const;
  double add_late_features(double eta, const Prospect& prospect, std::uint32_t index) const;

  // population.cpp: who there is
  void create_existing();
  std::uint32_t create_member(int segment, std::uint32_t member, std::uint16_t world);
  void begin_bystanders(std::span<const std::uint32_t> accounts);
  std::uint32_t add_account();
  void enter_account(std::uint32_t account);
  std::uint32_t create_winner(const Prospect& prospect, std::uint32_t referrer, std::uint16_t world, double time);
  void begin_accounts(std::span<const std::uint32_t> accounts);
  void draw_traits(std::span<const std::uint32_t> accounts);
  void schedule_value(std::span<const std::uint32_t> accounts);
  void schedule_contract(std::span<const std::uint32_t> accounts);
  void start_leads();

  // lifecycle.cpp
  void buy(std::span<const std::uint32_t> winners);
  void handle_contract_end(Events events);
  void keep_contracts(Group& kept);
  void expand_group(Group& kept);
  void book_expansion(std::uint32_t account, double time);
  Money expansion_value_of(std::uint32_t account) const;
  Money expanded_value_of(std::uint32_t account) const;
  void handle_value_realised(Events events);
  void handle_incident(Events events);
  void handle_touch_only(Events events);  ///< positioning, favour, thanks
  void schedule_gap(EventKind kind, random::Decision decision, const Account& account, std::uint32_t index, double time,
                    std::uint32_t ordinal);

  // programs.cpp: when to ask
  bool runs_for(const model::Program& program, const Account& account, double time) const;
  void start_programs(std::uint32_t account, double time, bool at_purchase);
  void start_program(int p, std::uint32_t account, double time, bool at_purchase);
  void start_backlog(int p, std::uint32_t account, std::uint16_t triggers);
  void take_over();
  void fire(int p, std::uint32_t account, double time);
  void fire_all(std::uint16_t trigger, std::uint32_t account, double time);
  void handle_backlog(Events events);
  void handle_testimonial_request(Events events);
  void handle_predicted(Events events);  ///< survey and willingness
  void predict_group(EventKind kind);
  void handle_attempt(Events events);
  bool admit(const Event& event);
  void ask_made();
  bool is_plainly_admitted(const Event& event) const;
  bool may_mention(const model::Program& program, std::uint32_t account, double time) const;
  void continue_attempts(const Event& event);

  // asking.cpp: an ask and its answers
  void ask_group();
  bool may_press(std::uint32_t account, std::uint32_t ask, double time) const;
  void press_group();
  void refuse_group();
  void leave_maybe(std::uint32_t account, int program, std::uint32_t ask, double time);
  void accept(std::uint32_t account, int program, std::uint32_t ask, double time, bool mention);
  void draw_answers(Group& group);
  void tally_asks(const Group& group);
  void mention(const Event& event);
  void handle_maybe_return(Events events);

  // referrals.cpp: from a name to a deal
  void say_yes();
  void add_naming(double time, std::uint32_t account, std::uint8_t source, bool is_mention);
  void add_arrival(double time, std::uint32_t account, std::uint32_t prospect);
  void name_people();
  void name_group(std::span<const Naming> namings);
  void await_chance(const Event& chance);
  void handle_introduction(Events events);
  void add_introduction(const Event& event);
  void introduce_group();
  void chase_later(std::uint32_t prospect, std::uint32_t referrer, double time);
  void receive(std::uint32_t prospect, std::uint32_t referrer, double time, bool introduced);
  void handle_organic(Events events);
  void handle_lead(Events events);
  void receive_leads(const Event& event);
  void reach();
  void reach_group(std::span<const Arrival> arrivals);
  void await_opening(const Arrival& arrival);
  void give_up_waiting(std::uint32_t prospect, std::uint16_t world);
  void handle_opening(Events events);
  void open_known(std::uint32_t prospect, std::uint32_t referrer, double opened);
  bool open_deal(std::uint32_t prospect, std::uint32_t referrer, double opened, double cycle_days);
  void report_opening(const Prospect& prospect, std::uint16_t world, double opened, double decided) const;
  void report_decision(const Prospect& prospect, std::uint16_t world, double time) const;
  void change_open_deals(const Prospect& prospect, std::uint16_t world, double time, int change) const;
  std::int64_t compute_open_days(double opened, double until) const;
  double compute_deal_eta(const Chance& chance, const Arrival& arrival) const;
  double deal_feature(model::Feature feature, const Arrival& arrival) const;
  void handle_decision(Events events);
  void win(const Prospect& prospect, std::uint32_t referrer, std::uint16_t world, double time);
  Money draw_referred_value(const Prospect& prospect, std::uint16_t world) const;
  std::uint32_t allocate_prospect();
  void thank(std::uint32_t account, const model::Thanks& thanks, ThanksKind kind, int conduct, double time);
  int conduct_of(int source, double time) const;

  Tally tally_of(const Account& account) const { return {rows_[account.world] + account.cell, metric_stride_}; }

  // reporting.cpp
  std::int64_t* row_of(const Account& account) const { return rows_[account.world]; }
  void count(const Account& account, model::Metric metric, double time, std::int64_t amount = 1) const {
    if (time >= 0.0) rows_[account.world][static_cast<std::size_t>(metric) * metric_stride_ + account.cell] += amount;
  }
  void count_funnel(const Prospect& prospect, std::uint16_t world, model::Funnel stage, double time,
                    std::int64_t amount = 1) const {
    ledger_.note(world, static_cast<int>(stage), amount);
    if (time >= 0.0)
      rows_[world][funnel_base_ + (static_cast<std::size_t>(stage) * num_sources_ + prospect.source) * metric_stride_ +
                   prospect.cell] += amount;
  }
  int bin_of(double time) const { return std::min(static_cast<int>(std::max(time, 0.0) / bin_days_), num_bins_ - 1); }
  void count_series(std::uint16_t world, model::Series series, double time, std::int64_t amount = 1) const;
  void count_source_series(std::uint16_t world, model::SourceSeries series, int source, double time) const;
  void change_level(std::uint16_t world, model::Series series, double time, std::int64_t change) const;
  void report_fatigue(int bin, double time);
  void close_active();
  void report_accounts();
  void report_tenures(const Account& account, double end) const;
  void check_totals() const;
  void accumulate_levels();
  void tally_first_referral(const Account& account, double time) const;

  [[noreturn]] void fail_ordinal(const char* what,
                                 const char* remedy = "ask or repeat less often, or shorten the horizon") const;
  [[noreturn]] void fail_accounts(double time) const;
  [[noreturn]] void fail_money() const;

  const model::Model& model_;
  const model::Strategy& strategy_;
  const model::ObservationLayout& layout_;
  std::span<const WorldKey> world_keys_;
  std::span<const WorldResult> results_;
  Workspace::Impl& m_;
  const std::atomic<bool>* stop_;
  const random::Lanes& lanes_;
  Ledger ledger_;

  int num_segments_;
  int num_stocks_;
  int num_programs_;
  int num_sources_;
  std::size_t metric_stride_;
  std::size_t funnel_base_;
  double start_;
  double horizon_;
  double bin_days_;
  int num_bins_;
  double matched_until_;                    ///< purchases in [0, this] are matched
  std::vector<std::size_t> market_offset_;  ///< by segment: its companies' place among its world's
  std::size_t market_size_ = 0;             ///< companies of a world
  std::vector<random::StreamKey> keys_;
  std::vector<std::uint32_t> replications_;
  std::vector<std::int64_t*> rows_;
  std::array<Chance, model::num_outcomes> chances_;
  std::array<Landing, model::num_touches> landings_;
  std::vector<Plan> plans_;
  std::vector<Conduct> conducts_;  ///< 0 manners, 1 + program, last warm-up manners
  double fatigue_tau_ = 0.0;       ///< half-life / ln 2; infinite: the stock never fades
  std::uint32_t ask_reads_ = 0;
  std::uint32_t thanks_reads_ = 0;
  std::vector<Cut> cuts_;
  std::size_t next_cut_ = 0;
  double cut_ = model::infinite;  ///< events of today at or after it wait
  double origin_ = 0.0;           ///< day 0 of the calendar
  std::size_t today_ = 0;
  std::size_t num_days_ = 0;
  std::uint32_t epoch_ = 0;
  std::size_t since_check_ = 0;

  // Scratch of the group at hand.
  const double* special_[model::num_features] = {};  ///< overrides feature_values
  alignas(64) double feature_[group_size];
  alignas(64) double eta_[group_size];
  alignas(64) double probability_[group_size];
  alignas(64) double probability_maybe_[group_size];
  alignas(64) std::uint64_t words_[group_size];
  alignas(64) double variates_[group_size];
  const random::Distribution* families_[group_size];
  Event made_[group_size];
  // Beside the accounts that may introduce somebody: whom, and what its chance depends on.
  std::uint32_t named_[group_size];
  alignas(64) double chases_[group_size];
  alignas(64) double reminded_[group_size];
  alignas(64) double peer_tie_[group_size] = {};
  int answers_[group_size];
  alignas(64) double answered_maybe_[group_size];
};

}  // namespace vouch::simulation
