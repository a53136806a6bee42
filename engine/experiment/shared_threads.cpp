// SPDX-License-Identifier: Apache-2.0
#include "experiment/shared_threads.hpp"

#include <tbb/global_control.h>

#include "experiment/require_threads.hpp"

namespace vouch::experiment {

class SharedThreads::Limit {
 public:
  explicit Limit(int num_threads)
      : control_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(num_threads)) {}

 private:
  tbb::global_control control_;
};

SharedThreads::SharedThreads(int num_threads, int num_experiments) : num_threads_(num_threads), num_free_(num_threads) {
  require_threads(num_threads * num_experiments, num_threads);
  limit_ = std::make_unique<Limit>(num_threads * num_experiments);
}

SharedThreads::~SharedThreads() = default;

std::optional<SharedThreads::Permit> SharedThreads::acquire(int rank, const std::function<bool()>& is_over) {
  std::unique_lock lock(mutex_);
  const auto queue = queues_.try_emplace(rank).first;
  ++queue->second.num_waiting;
  bool starts = false;
  queue->second.turn.wait(lock, [&] {
    if (is_over()) return true;
    starts = num_free_ > 0 && is_first(rank);
    return starts;
  });
  leave(queue);
  if (starts) --num_free_;
  call_next();  // several may have become free, or the call was not needed here
  return starts ? std::optional<Permit>(std::in_place, *this) : std::nullopt;
}

void SharedThreads::wake() {
  const std::lock_guard lock(mutex_);
  for (auto& [rank, queue] : queues_) queue.turn.notify_all();
}

void SharedThreads::leave(std::map<int, Queue>::iterator queue) {
  if (--queue->second.num_waiting == 0) queues_.erase(queue);
}

void SharedThreads::call_next() {
  if (num_free_ > 0 && !queues_.empty()) queues_.begin()->second.turn.notify_one();
}

void SharedThreads::give_back() {
  const std::lock_guard lock(mutex_);
  ++num_free_;
  call_next();
}

}  // namespace vouch::experiment
