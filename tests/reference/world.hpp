// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <queue>
#include <span>
#include <vector>

#include "model/observations.hpp"
#include "reference/account.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::reference {

/// One world while it is simulated.
class World {
 public:
  World(const model::Model& model, const model::Strategy& strategy, const model::ObservationLayout& layout,
        const simulation::WorldKey& key, std::span<std::int64_t> row);

  void simulate();

 private:
  using Read = std::function<double(model::Feature)>;
  enum class Booking { booked, free };

  // reference_engine.cpp: the clock and the draws.
  void schedule(Event event);
  static bool outlives_loss(const Event& event);
  void handle(const Event& event);
  std::uint64_t draw_word(random::Lineage lineage, random::Decision decision, std::uint32_t ordinal) const;
  double sample(const random::Distribution& distribution, random::Lineage lineage, random::Decision decision,
                std::uint32_t ordinal) const;
  double sample_positive(const random::Distribution& distribution, random::Lineage lineage, random::Decision decision,
                         std::uint32_t ordinal) const;
  bool draw_happens(random::Lineage lineage, random::Decision decision, std::uint32_t ordinal,
                    double probability) const;
  const model::Manners& manners_at(double t) const { return t < 0.0 ? strategy_.warm_up_manners : strategy_.manners; }
  const model::Conduct& conduct_of(const Prospect& prospect, double t) const;

  // population.cpp: who there is.
  void create_existing_accounts();
  void create_leads();
  void choose_categories(random::Lineage lineage, int segment, int& size_class, int& seniority) const;
  int find_territory(random::Lineage lineage) const;
  Account make_account(random::Lineage lineage, int segment, double purchase, bool referred) const;
  int add_account(Account account);
  void begin_life(int account, double from);
  void schedule_contract_end(int account, double previous_end, std::uint32_t contract, double not_before);
  void schedule_incident(int account, double t, std::uint32_t number);
  void schedule_organic_moment(int account, double t, std::uint32_t number);

  // account_events.cpp: what happens to an account without being asked.
  void end_contract(const Event& event);
  void lose(Account& account, double t);
  void purchase(const Event& event);
  void realise_value(const Event& event);
  void request_testimonial(const Event& event);
  void do_favour(const Event& event);
  void land_thanks(const Event& event);
  void meet_organic_moment(const Event& event);

  // programs.cpp: when a program acts.
  bool is_running(int program, double t) const;
  void start_programs(int account, double t);
  void start_program(int account, int program, double t);
  void start_backlog(int account, int program);
  void start_grids(int account, int program);
  void fire(int account, int program, double t);
  void schedule_attempt(int account, int program, double t, EventKind kind);
  void hold_survey(const Event& event);
  void look_for_willingness(const Event& event);
  double predict(const Account& account, int program, double t, double quality) const;

  // ask.cpp: an attempt and what follows.
  enum class Skip { made, queued, dropped, inactive, opted_out, no_peers, max_asks, min_gap, guard, nerve };
  enum class Chain { yes, no };
  void attempt(const Event& event);
  bool goes_on(const Account& account, int program, Skip skip) const;
  void continue_chain(int account, int program, double t);
  Skip attempt_now(int account, int program, double t, Chain chain = Chain::no);
  Skip find_skip(const Account& account, int program, double t) const;
  void count_skip(const Account& account, Skip skip, double t);
  enum class Answer { yes, maybe, no };
  void ask(int account, int program, double t);
  Answer draw_answer(const Account& account, int program, double t) const;
  Answer press(Account& account, int program, std::uint32_t ask_number, Answer first, double t);
  void refuse(Account& account, int program, std::uint32_t ask_number, double t);
  void count_attempt(Account& account, int program, double t);
  void report_ask(const Account& account, double t, bool yes);
  void mention(int account, int program, double t);
  void accept(int account, int program, std::uint32_t ask_number, double t);
  void return_maybe(const Event& event);

  // names.cpp: from a yes to a name or an introduction.
  void name_people(int account, int program, std::uint32_t ask_number, double t);
  int name_person(int account, int source, double t);
  void take_chance(const Event& event);

  // reps.cpp: who dares to ask, and when there is time for it.
  double count_reps(int territory, double t) const;
  bool is_brave(const Account& account, double t) const;
  bool dares_attempt(Account& account, double t);
  bool dares_second_ask(const Account& account, std::uint32_t ask_number, double t) const;
  double count_slots_left(int territory, double t) const;
  void take_slot(int territory, double t);
  void wait_for_slot(int account, int program, Chain chain, double t);
  void serve(const Event& event);
  void form_line(Territory& territory, double day) const;
  bool serve_next(Territory& territory, double day);

  // market.cpp: the companies of finite markets.
  void create_companies();
  int find_existing_company(int segment, std::uint32_t account) const;
  random::Lineage find_visitor(const Company& company) const;
  int find_company(const Prospect& prospect) const;
  void release_company(int company, double t);

  // deals.cpp: from a name to a customer.
  void refer(int prospect, double t);
  void reach_us(int prospect, double t);
  void open_deal(int prospect, double t);
  void schedule_of_deal(int prospect, double t, Rank rank, EventKind kind, Call call = {});
  double read_deal_feature(const Prospect& prospect, model::Feature feature) const;
  double compute_deal_probability(model::OutcomeKind kind, const Prospect& prospect) const;
  void decide_deal(const Event& event);
  void win_deal(int prospect, double t);
  void report_win(Account& referrer, Money value, double t);
  void acknowledge_win(const Prospect& prospect, double t);
  void pay(Account& referrer, double amount, double t);
  void schedule_thanks(int account, const model::Thanks& thanks, model::TouchKind touch, double t);

  // referral_close.cpp: what happens while a deal is open, and at a renewal that the desk serves.
  void plan_moments(int prospect, double length);
  void schedule_next_step(int prospect);
  void meet_moment(const Event& event);
  void request_for_deal(int prospect, std::uint32_t moment, double t);
  void hold_deal_call(const Event& event);
  void hold_call(Account& reference, double t);
  void move_plan(Prospect& deal, double t) const;
  void renew_with_desk(int account, std::uint32_t contract, double t);
  void hold_renewal_call(const Event& event);
  void offer_expansion(Account& account, std::uint32_t contract, double t, const Proof& proof);

  // desk.cpp: who takes a reference call.
  struct Request {
    int segment, size_class, seniority;
    random::Lineage lineage;
    int territory;
    int account;   ///< that renews; of a deal nobody
    int referrer;  ///< of the deal
    random::Decision order;
    random::Decision call_delay;
    std::uint32_t ordinal;
  };
  enum class Service { booked, capsule, unserved };
  struct Response {
    Service service;
    Call call;         ///< if booked
    double call_time;  ///< likewise
  };
  Response answer(const Request& request, double t);
  bool is_candidate(int account, const Request& request, const model::Desk& desk, double t) const;
  std::vector<int> order_candidates(const Request& request, const model::Desk& desk, double t) const;
  bool asks_for_call(Account& account, const model::Desk& desk, double t);
  int find_capsule(const Request& request, const model::Desk& desk) const;
  double compute_match(const Request& request, const Account& account) const;

  // touch.cpp: stocks, features and outcomes.
  double read_stock(const Account& account, int stock, double t) const;
  double read_fatigue(const Account& account, double t) const;
  double read_feature(const Account& account, model::Feature feature, double t, double quality) const;
  bool guard_holds(const model::Guard& guard, const Account& account, double t) const;
  double compute_predictor(model::OutcomeKind kind, int source, int segment, const Read& read) const;
  double compute_probability(model::OutcomeKind kind, int source, int segment, const Read& read) const;
  double compute_account_probability(model::OutcomeKind kind, const Account& account, int source, double t) const;
  void land(Account& account, const model::Touch& touch, double t, Booking booking = Booking::booked);
  void land(Account& account, model::TouchKind kind, double t, Booking booking = Booking::booked);

  // report.cpp: the row.
  void add(model::Metric metric, const Account& account, std::int64_t amount);
  void count(model::Metric metric, const Account& account, double t, std::int64_t amount = 1);
  void count(model::Funnel funnel, const Prospect& prospect, double t, std::int64_t amount = 1);
  void count(model::Series series, double t, std::int64_t amount = 1);
  void count(model::SourceSeries series, const Prospect& prospect, double t);
  void count(model::Curve curve, int band, double t);
  double compute_discount(double t) const;
  double compute_annuity(double t) const;
  Money compute_margin(const Account& account, double from, double to) const;
  Money compute_revenue(const Account& account) const;
  void report_fatigue_to(Account& account, double t);
  void report_levels_before(double t);
  void report_levels(int bin, double end);
  void report_fatigue_levels(int bin, std::vector<std::int64_t> levels);
  void report_open_deals(int bin);
  void report_account(Account& account);
  void report_customer(Account& account);
  void report_tenures(const Account& account, double from, double end);
  void report_deal(const Prospect& prospect);
  void report_queues();
  bool is_matched(const Account& account) const;
  void report_first_referral(const Account& account);
  void report_matched();
  double end_of(const Account& account) const { return account.is_active() ? horizon_ : account.lost_time; }

  const model::Model& model_;
  const model::Strategy& strategy_;
  const model::ObservationLayout& layout_;
  const random::StreamKey key_;
  const std::span<std::int64_t> row_;
  const double start_;
  const double horizon_;

  std::vector<Account> accounts_;
  std::vector<Prospect> prospects_;
  std::vector<Company> companies_;
  std::vector<Territory> territories_;
  std::uint64_t num_queued_ = 0;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::uint64_t num_events_created_ = 0;
  int next_bin_ = 0;
};

double read_proof(const Proof& proof, model::Feature feature);
int compute_band(const double (&edges)[4], double x);
int compute_tenure_band(double tenure);

}  // namespace vouch::reference
