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
  decision,
  survey,
  willingness,
  backlog,
  attempt,
  // Of no account:
  lead,
  cold_decision,
};
inline constexpr int num_event_kinds = static_cast<int>(EventKind::cold_decision) + 1;

/// Ties of time are broken by rank, then by order of creation. A backlog firing ranks with attempts.
inline int rank_of(EventKind kind) noexcept {
  return static_cast<int>(kind == EventKind::backlog ? EventKind::attempt : kind);
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
