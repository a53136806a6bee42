// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/guard.hpp"
#include "model/outcome.hpp"
#include "model/touch.hpp"
#include "random/distribution.hpp"

namespace vouch::model {

inline constexpr int max_programs = 8;
inline constexpr double infinite = std::numeric_limits<double>::infinity();

enum class Reach : std::uint8_t { all, new_customers, existing };
enum class Form : std::uint8_t { introduction, contact, mention };
enum class SecondAsk : std::uint8_t { never, maybe, maybe_or_no };
enum class Fallback : std::uint8_t { none, contact };

/// Moments that start a program's chain of attempts, as bits of Program::triggers.
enum Trigger : std::uint16_t {
  on_purchase = 1,
  on_value_realised = 2,
  on_testimonial = 4,
  on_renewal = 8,
  on_referral_won = 16,
  by_calendar = 32,
  by_survey = 64,
  by_willingness = 128,
};

/// One kind of thanks: the touch with its impulses already weakened by the delay.
struct Thanks {
  bool enabled = false;
  double delay_days = 0.0;
  Touch touch;
};

/// How a program's (or, for organic referrals, a strategy's) referrers and their referrals are treated.
struct Conduct {
  Thanks promise;                ///< thanks_for_promise: from the yes
  Thanks introduction;           ///< thank_you: from the introduction or bare name
  Thanks status_report;          ///< from the introduction or bare name
  Thanks win;                    ///< thank_you: from the win
  Thanks recognition;            ///< from the win
  Thanks reward;                 ///< touch `reward`, from the win
  Thanks from_customer;          ///< thanks_from_customer, from the win
  double reward_referrer = 0.0;  ///< currency, paid at the win
  double reward_customer = 0.0;  ///< currency, paid at the win
  double commission = 0.0;       ///< share of the first year's contract value, paid at the win
  double fee = 0.0;              ///< currency, paid for each name or introduction that opens a deal
  /// Whether anything thanks the referrer within 30 days of a win; if not, `unacknowledged` lands then.
  bool acknowledges = false;
};

/// One way of asking, to the accounts it reaches.
struct Program {
  std::string name;
  std::vector<std::uint8_t> addresses_segment;  ///< by segment: 1 if addressed
  Reach reach = Reach::all;                     ///< bought since or before `from_days`
  double from_days = 0.0;        ///< the program runs in [from_days, until_days): the start or the takeover,
  double until_days = infinite;  ///< and, for a warm-up strategy's programs, the takeover

  // When.
  std::uint16_t triggers = 0;
  random::Distribution delay_days;  ///< from a trigger to its attempt
  bool repeats = false;
  random::Distribution repeat_days;    ///< from an attempt of the chain to the next
  random::Distribution calendar_days;  ///< by_calendar: gaps of tenure
  double survey_days = 0.0;            ///< by_survey: grid of tenure
  double willingness_grid_days = 1.0;  ///< by_willingness: grid of tenure
  double threshold = 0.0;              ///< predicted P(yes) at which a survey or willingness asks
  int max_asks = std::numeric_limits<int>::max();
  double min_gap_days = 0.0;
  bool stop_after_no = false;
  bool stop_after_yes = false;
  Guard guard;
  double backlog_spread_days = -1.0;  ///< negative: one-time triggers passed before the start are skipped
  double testimonial_delay_days = 0.0;
  double testimonial_retry_days = infinite;  ///< infinite: a complaint ends the requests
  bool recovery = false;

  // How.
  Form form = Form::introduction;
  SecondAsk second_ask = SecondAsk::never;
  bool positioning = false;
  bool has_names_per_yes = false;  ///< overrides the segment's
  random::Distribution names_per_yes;
  double favour_gap_days = 0.0;  ///< 0: no favours
  Guard favour_guard;
  random::Distribution introduction_delay_days;
  int chases = 0;
  random::Distribution chase_spacing_days;
  Fallback fallback = Fallback::none;
  double mention_min_tie = 0.0;
  bool mention_needs_consent = false;
  Conduct conduct;
};

/// In which order the attempts that wait for a slot are served.
enum class Priority : std::uint8_t { fifo, most_likely_yes, most_valuable };

/// The reps who ask, all territories together.
struct Reps {
  bool are_limited = false;  ///< otherwise nobody waits for a slot
  std::uint32_t count = 0;
  double asks_per_week = 0.0;  ///< of each rep
  Priority priority = Priority::fifo;
  double brave_share = 1.0;  ///< of the reps
  double nerve = 1.0;        ///< probability that a brave rep dares an attempt or a second ask
};

/// Whom the desk asks first.
enum class Rotation : std::uint8_t { least_recently_used, least_fatigued, random, favourite };

/// The reference desk: who serves a deal's credibility gap, and how.
struct Desk {
  bool runs = false;
  Rotation rotation = Rotation::least_recently_used;
  std::uint32_t calls_cap = std::numeric_limits<std::uint32_t>::max();  ///< calls of an account that count at once
  random::Distribution calls_window_days;                               ///< how long a call counts, from its acceptance
  double max_fatigue = infinite;
  double min_match = 0.0;
  std::uint32_t max_tries = 1;           ///< accounts asked for one gap
  random::Distribution call_delay_days;  ///< from acceptance to the call
  bool capsules = false;                 ///< whether a written or recorded quote serves where nobody takes a call
  bool contingent_next_step = false;     ///< a dated next step after the call; otherwise momentum stalls
  bool renewals = false;                 ///< whether it serves each kept renewal too, before `expand`
};

/// What a strategy does whatever the program.
struct Manners {
  Conduct organic;                     ///< how unasked referrals are treated; pays no rewards, commission or fee
  double follow_up_days = 0.0;         ///< from a lead's qualifying to its deal
  bool expansion = false;              ///< whether `expand` is drawn at each kept renewal
  bool introduces_internally = false;  ///< whether access gaps may be resolved
  Reps reps;
  Desk desk;
};

/// A strategy compiled against the assumptions: flat and read-only. With a warm-up strategy, its programs
/// stand first, in every strategy alike, and end at the takeover.
struct Strategy {
  std::string name;
  std::vector<Program> programs;
  std::array<Outcome, num_outcomes> outcomes;
  Manners manners;
  Manners warm_up_manners;  ///< before time 0

  const Outcome& outcome(OutcomeKind kind) const noexcept { return outcomes[static_cast<std::size_t>(kind)]; }
};

}  // namespace vouch::model
