// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "simulation/column.hpp"
#include "simulation/event.hpp"

namespace vouch::simulation {

/// Future events, one list a day, in order of creation. Lists are chains of small blocks from one pool, so that
/// memory follows the number of events that are pending, not of all that ever were.
class Calendar {
 public:
  void reset(std::size_t num_days) {
    days_.clear();
    days_.resize(num_days, empty_day);
    blocks_.clear();
    free_ = none;
  }

  void add(std::size_t day, Event event) {
    Day& list = days_[day];
    if (list.used == Block::capacity) extend(list);
    blocks_[list.tail].events[list.used++] = event;
  }

  bool is_empty(std::size_t day) const noexcept { return days_[day].head == none; }

  /// Moves the day's events to the end of `out`.
  void drain(std::size_t day, std::vector<Event>& out) {
    Day& list = days_[day];
    for (std::uint32_t block = list.head; block != none;) {
      const std::uint32_t count = block == list.tail ? list.used : Block::capacity;
      out.insert(out.end(), blocks_[block].events, blocks_[block].events + count);
      const std::uint32_t next = blocks_[block].next;
      blocks_[block].next = free_;
      free_ = block;
      block = next;
    }
    list = empty_day;
  }

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  struct Block {
    static constexpr std::uint32_t capacity = 31;
    Event events[capacity];
    std::uint32_t next;
  };
  struct Day {
    std::uint32_t head;
    std::uint32_t tail;
    std::uint32_t used;  ///< of the tail block; an empty day counts as full
  };
  static constexpr Day empty_day = {none, none, Block::capacity};

  void extend(Day& list) {
    std::uint32_t block = free_;
    if (block != none)
      free_ = blocks_[block].next;
    else
      block = blocks_.grow();
    blocks_[block].next = none;
    if (list.head == none)
      list.head = block;
    else
      blocks_[list.tail].next = block;
    list.tail = block;
    list.used = 0;
  }

  Column<Day> days_;
  Column<Block> blocks_;
  std::uint32_t free_ = none;
};

}  // namespace vouch::simulation
