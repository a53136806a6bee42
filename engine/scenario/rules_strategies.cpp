// SPDX-License-Identifier: Apache-2.0
#include "scenario/rules.hpp"

namespace vouch::scenario {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr Range any{};
constexpr Range not_negative{0.0};
constexpr Range amount{0.0, largest_amount};
constexpr Range positive{0.0, unbounded, true};
constexpr Range not_negative_or_inf{0.0, unbounded, false, true};
constexpr Range positive_or_inf{0.0, unbounded, true, true};
constexpr Range probability{0.0, 1.0};

constexpr auto none = Domain::none;
using S = Section;
using T = Type;

constexpr Rule table[] = {
    {S::strategy, "label", T::text, "", "\"\"", any, "", none, "Its name for people; empty: its key."},
    {S::strategy, "description", T::text, "", "\"\"", any, "", none, "What it does, in a sentence."},
    {S::strategy, "extends", T::text, "", "\"\"", any, "", Domain::strategy,
     "The strategy whose keys it takes over; its own win."},
    {S::strategy, "follow_up_days", T::real, "days", "0", not_negative, "", none,
     "How long any lead waits before its deal opens."},
    {S::strategy, "expansion", T::flag, "", "false", any, "", none, "Whether it tries to expand at each kept renewal."},

    {S::program, "when", T::choices, "", "false", any,
     "purchase value_realised testimonial renewal calendar referral_won survey willingness", none,
     "What occasions an ask. One chain an account: the first trigger starts it."},
    {S::program, "segments", T::names, "", "false", any, "", Domain::segment,
     "Whom it addresses; false: all segments."},
    {S::program, "reach", T::choice, "", "\"all\"", any, "all new existing", none,
     "Customers since the start, before it, or all."},
    {S::program, "delay_days", T::distribution, "days", "0", not_negative_or_inf, "", none,
     "From the trigger to the ask."},
    {S::program, "repeat_days", T::distribution, "days", "false", positive_or_inf, "", none,
     "From an attempt to the next; false: one attempt a trigger."},
    {S::program, "calendar_days", T::distribution, "days", "false", positive, "", none,
     "Of `calendar`: gaps of tenure between attempts."},
    {S::program, "survey_days", T::real, "days", "false", positive, "", none,
     "Of `survey`: a survey every so many days of tenure."},
    {S::program, "willingness_grid_days", T::real, "days", "1", positive, "", none,
     "Of `willingness`: the grid of tenure on which it is predicted."},
    {S::program, "threshold", T::real, "probability", "false", probability, "", none,
     "Of `survey` and `willingness`: asks where the predicted P(yes) reaches this."},
    {S::program,
     "max_asks",
     T::whole,
     "asks",
     "\"unlimited\"",
     {0.0, 1e9},
     "unlimited",
     none,
     "Asks of an account at most."},
    {S::program, "min_gap_days", T::real, "days", "0", not_negative, "", none,
     "No ask sooner after the account's last ask or mention by any program."},
    {S::program, "stop_after_no", T::flag, "", "false", any, "", none, "Whether a final no ends the asks."},
    {S::program, "stop_after_yes", T::flag, "", "false", any, "", none, "Whether a yes ends the asks."},
    {S::program, "guard", T::guard, "", "\"\"", any, "", none,
     "An attempt is skipped where this does not hold; empty: it always holds."},
    {S::program, "backlog", T::backlog, "", "\"skip\"", not_negative, "", none,
     "One-time triggers passed before the start: skipped, or fired once within so many days."},
    {S::program, "testimonial_delay_days", T::real, "days", "0", not_negative, "", none,
     "Of `testimonial`: from the first result to the first request."},
    {S::program,
     "testimonial_retry_days",
     T::real,
     "days",
     "inf",
     {0.0, unbounded, true, true},
     "",
     none,
     "From a complaint to the next request; inf: none."},
    {S::program, "recovery", T::flag, "", "false", any, "", none,
     "Whether a complaint is answered by a service recovery."},

    {S::program, "form", T::choice, "", "\"introduction\"", any, "introduction contact mention", none,
     "What is asked for: an introduction, a bare name, or nothing (we write in the referrer's name)."},
    {S::program, "second_ask", T::choice, "", "\"never\"", any, "never maybe maybe_or_no", none,
     "Which answers are pressed once more, at once."},
    {S::program, "positioning", T::flag, "", "false", any, "", none,
     "Whether we announce at the purchase that we mean to earn a referral."},
    {S::program, "names_per_yes", T::count, "people", "false", not_negative, "", none,
     "People named at a yes; false: as the segment says."},
    {S::program, "favours", T::favours, "days", "false", positive, "", none,
     "Favours: how often, and to whom (an empty guard: to all in reach)."},
    {S::program, "introduction_delay_days", T::distribution, "days", "0", not_negative_or_inf, "", none,
     "From the yes to the introduction."},
    {S::program,
     "chases",
     T::whole,
     "chases",
     "0",
     {0.0, 250.0},
     "",
     none,
     "Reminders to a referrer who has not introduced."},
    {S::program, "chase_spacing_days", T::distribution, "days", "7", not_negative_or_inf, "", none,
     "Between a failed chance and the chase after it."},
    {S::program, "fallback", T::choice, "", "\"none\"", any, "none contact", none,
     "After the last failure: the name is lost, or kept as a bare name."},
    {S::program, "mention_min_tie", T::real, "", "0", probability, "", none,
     "Of mentions: the least rep_tie of a referrer."},
    {S::program, "mention_needs_consent", T::flag, "", "false", any, "", none,
     "Of mentions: only of accounts that consent to be a reference."},
    {S::program, "conduct", T::numbers, "", "{}", any, "", Domain::any,
     "Named features of how asks are made, which weights may read."},
    {S::program, "thanks_for_promise_days", T::real, "days", "false", not_negative, "", none,
     "Thanks for the yes: days after it; false: none."},
    {S::program, "thank_you_days", T::real, "days", "false", not_negative, "", none,
     "Thanks for an introduction or name: days after it; false: none."},
    {S::program, "status_report_days", T::real, "days", "false", not_negative, "", none,
     "Report on an introduction or name: days after it; false: none."},
    {S::program, "win_thank_you_days", T::real, "days", "false", not_negative, "", none,
     "Thanks for a won deal: days after it; false: none."},
    {S::program, "recognition_days", T::real, "days", "false", not_negative, "", none,
     "Recognition for a won deal: days after it; false: none."},
    {S::program, "reward_days", T::real, "days", "false", not_negative, "", none,
     "The reward's touch: days after the win; false: none. Its money is paid at the win."},
    {S::program, "thanks_from_customer_days", T::real, "days", "false", not_negative, "", none,
     "Thanks of the new customer: days after the win; false: none."},
    {S::program, "reward_referrer", T::real, "currency", "0", amount, "", none, "Paid to the referrer at the win."},
    {S::program, "reward_customer", T::real, "currency", "0", amount, "", none, "Paid to the new customer at the win."},
    {S::program, "commission", T::real, "share", "0", not_negative, "", none,
     "Share of the first year's contract value paid at the win."},
    {S::program, "fee", T::real, "currency", "0", amount, "", none,
     "Paid for each name or introduction that qualifies."},
};

}  // namespace

std::span<const Rule> strategy_rules() { return table; }

}  // namespace vouch::scenario
