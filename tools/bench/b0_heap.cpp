// SPDX-License-Identifier: Apache-2.0
#include "b0_heap.hpp"

#include <cmath>
#include <limits>
#include <queue>
#include <random>
#include <vector>

namespace vouch::bench {

namespace {

constexpr double horizon = 365.0;
constexpr double first_ask = 30.0;
constexpr double gap = 45.0;
constexpr double half_life = 60.0;
constexpr std::int32_t max_asks = 6;
constexpr std::int32_t purchase = -1;

struct Event {
  double time;
  std::int32_t account;  ///< or `purchase`: a deal is won
  bool operator<(const Event& other) const { return time > other.time; }
};

struct Account {
  double churn_time;
  double value_time;
  double fatigue;
  double fatigue_time;
  std::int32_t num_asks;
};

/// A heap whose memory stays when it is emptied.
class Agenda : public std::priority_queue<Event> {
 public:
  void clear() { c.clear(); }
};

}  // namespace

struct B0Heap::State {
  std::mt19937_64 engine;
  std::exponential_distribution<double> churn{0.15 / 365.0};
  std::lognormal_distribution<double> value{std::log(75.0), 0.5};
  std::lognormal_distribution<double> cycle{std::log(42.0), 0.6};
  std::poisson_distribution<int> names{0.8};
  std::uniform_real_distribution<double> unit{0.0, 1.0};
  std::vector<Account> accounts;
  Agenda agenda;
  B0Counts counts{};

  void add_account(double now) {
    const double churn_time = now + churn(engine);
    const double value_time = now + value(engine);
    accounts.push_back({churn_time, value_time, 0.0, now, 0});
    if (churn_time < horizon) ++counts[4];
    schedule(now + first_ask, static_cast<std::int32_t>(accounts.size()) - 1);
  }

  void schedule(double time, std::int32_t account) {
    if (time < horizon) agenda.push({time, account});
  }

  void ask(const Event& event) {
    Account& account = accounts[static_cast<std::size_t>(event.account)];
    if (account.churn_time <= event.time) return;
    ++counts[0];
    const double fatigue = account.fatigue * std::exp2((account.fatigue_time - event.time) / half_life);
    const double eta = -1.0 + (account.value_time <= event.time ? 1.2 : 0.0) - 0.9 * fatigue;
    account.fatigue = fatigue + 1.0;
    account.fatigue_time = event.time;
    if (unit(engine) < 1.0 / (1.0 + std::exp(-eta))) introduce(event.time);
    if (++account.num_asks < max_asks) schedule(event.time + gap, event.account);
  }

  void introduce(double now) {
    ++counts[1];
    const int num_names = names(engine);
    counts[2] += num_names;
    for (int i = 0; i < num_names; ++i) {
      if (unit(engine) < 0.65) schedule(now + cycle(engine), purchase);
    }
  }
};

B0Heap::B0Heap(std::uint64_t seed) : state_(new State) { state_->engine.seed(seed); }
B0Heap::~B0Heap() { delete state_; }

B0Counts B0Heap::simulate_world(int num_customers) {
  State& state = *state_;
  state.counts = {};
  state.accounts.clear();
  state.agenda.clear();
  for (int i = 0; i < num_customers; ++i) state.add_account(0.0);
  while (!state.agenda.empty()) {
    const Event event = state.agenda.top();
    state.agenda.pop();
    if (event.account == purchase) {
      ++state.counts[3];
      state.add_account(event.time);
    } else {
      state.ask(event);
    }
  }
  state.counts[5] = num_customers + state.counts[3] - state.counts[4];
  return state.counts;
}

}  // namespace vouch::bench
