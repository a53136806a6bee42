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
    days_.resize(num_days, Day{none, none, 0});
    blocks_.clear();
    free_ = none;
  }

  void add(std::size_t day, const Event& event) {
    Day& list = days_[day];
    if (list.tail == none || list.used == Block::capacity) {
      const std::uint32_t fresh = allocate();
      if (list.tail == none) list.head = fresh;
      else blocks_[list.tail].next = fresh;
      list.tail = fresh;
      list.used = 0;
    }
    blocks_[list.tail].events[list.used++] = event;
  }

  bool is_empty(std::size_t day) const noexcept { return days_[day].tail == none; }

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
    list = {none, none, 0};
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
    std::uint32_t used;  ///< of the tail block
  };

  std::uint32_t allocate() {
    std::uint32_t block = free_;
    if (block != none) {
      free_ = blocks_[block].next;
    } else {
      block = static_cast<std::uint32_t>(blocks_.size());
      blocks_.resize(blocks_.size() + 1);
    }
    blocks_[block].next = none;
    return block;
  }

  Column<Day> days_;
  Column<Block> blocks_;
  std::uint32_t free_ = none;
};

}  // namespace vouch::simulation
