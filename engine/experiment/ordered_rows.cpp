// SPDX-License-Identifier: Apache-2.0
#include "experiment/ordered_rows.hpp"

#include <utility>

namespace vouch::experiment {

OrderedRows::OrderedRows(const WorldSink& sink, Director& director, std::size_t row_size, std::size_t most_kept)
    : sink_(sink), director_(director), row_size_(row_size), most_kept_(most_kept) {}

void OrderedRows::start(const Round& round) {
  round_ = &round;
  next_ = 0;
}

void OrderedRows::finish(const Unit& unit, std::vector<std::int64_t>& rows) {
  if (unit.index == next_) {
    show(unit, rows);
    show_waiting();
    return;
  }
  if (num_kept_ == most_kept_) {
    finish(unit);
    return;
  }
  std::vector<std::int64_t> other;
  if (!spare_.empty()) {
    other = std::move(spare_.back());
    spare_.pop_back();
  }
  other.resize(rows.size());
  rows.swap(other);
  waiting_.emplace(unit.index, std::move(other));
  ++num_kept_;
}

void OrderedRows::finish(const Unit& unit) {
  if (unit.index != next_) {
    waiting_.emplace(unit.index, std::vector<std::int64_t>());
    return;
  }
  show(unit, {});
  show_waiting();
}

void OrderedRows::show_waiting() {
  while (!waiting_.empty() && waiting_.begin()->first == next_) {
    std::vector<std::int64_t> rows = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    show(round_->unit(next_), rows);
    if (rows.empty()) continue;
    --num_kept_;
    spare_.push_back(std::move(rows));
  }
}

void OrderedRows::show(const Unit& unit, std::span<const std::int64_t> rows) {
  ++next_;
  if (unit.count == 0) return;
  const std::size_t size = unit.count * row_size_;
  if (rows.empty()) {
    read_back_.resize(size);
    for (std::uint32_t i = 0; i < unit.count; ++i)
      sink_.read({unit.lane, unit.first + i}, std::span(read_back_).subspan(i * row_size_, row_size_));
    rows = read_back_;
  }
  director_.observe(unit.lane, unit.first, rows.first(size));
}

}  // namespace vouch::experiment
