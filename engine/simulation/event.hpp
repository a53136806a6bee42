// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace vouch::simulation {

/// Kinds of events, in the order in which those of one account and time happen (semantics.md, Order).
enum class EventKind : std::uint8_t {
  contract_end,
  purchase,
  value_realised,
  incident,
  positioning,
  favour,
  testimonial_request,
  thanks,
  organic_moment,
  introduction,
  maybe_return,
  opening,  ///< of a deal in a coupled world, after follow_up_days
  moment,
  call,
  renewal_call,
  decision,
  serving,
  survey,
  willingness,
  backlog,
  attempt,
  // Of no account, as are servings, and what happens to cold deals:
  lead,     ///< the first of some that are drawn together
  arrival,  ///< of a lead in a coupled world
  cold_decision,
};
inline constexpr int num_event_kinds = static_cast<int>(EventKind::cold_decision) + 1;

/// Ties of time are broken by rank first.
inline int rank_of(EventKind kind) noexcept {
  if (kind == EventKind::backlog) kind = EventKind::attempt;
  if (kind == EventKind::renewal_call) kind = EventKind::call;
  if (kind == EventKind::cold_decision) kind = EventKind::decision;
  if (kind == EventKind::arrival) kind = EventKind::lead;
  return static_cast<int>(kind);
}

inline constexpr std::uint32_t no_account = 0xffffffff;

/// Something that will happen to an account. What else it needs is packed behind its kind: either
/// (program, detail, ordinal) or the index of a prospect.
struct Event {
  double time;
  std::uint32_t account;
  std::uint32_t info;

  EventKind kind() const noexcept { return static_cast<EventKind>(info & 31); }
  int program() const noexcept { return static_cast<int>(info >> 5 & 7); }
  std::uint32_t detail() const noexcept { return info >> 8 & 255; }
  std::uint32_t ordinal() const noexcept { return info >> 16; }
  std::uint32_t index() const noexcept { return info >> 5; }
};

inline Event make_event(EventKind kind, double time, std::uint32_t account, int program = 0, std::uint32_t detail = 0,
                        std::uint32_t ordinal = 0) noexcept {
  return {time, account,
          static_cast<std::uint32_t>(kind) | static_cast<std::uint32_t>(program) << 5 | detail << 8 | ordinal << 16};
}

inline constexpr std::uint32_t max_index = (1u << 27) - 1;

inline Event make_indexed_event(EventKind kind, double time, std::uint32_t account, std::uint32_t index) noexcept {
  return {time, account, static_cast<std::uint32_t>(kind) | index << 5};
}

}  // namespace vouch::simulation
