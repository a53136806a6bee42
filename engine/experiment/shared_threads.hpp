// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace vouch::experiment {

/// Threads that experiments running at the same time share: a permit for each unit of work, as many at a time as there
/// are threads, the lower rank first. An experiment of a higher rank gets what the others leave: between their rounds
/// and at their ends. Every experiment has threads of its own to wait with, so it can take all that become free.
/// For use by any number of threads.
class SharedThreads {
 public:
  /// For at most `num_experiments` at the same time, on `num_threads` threads each. TBB's limit, which is the whole
  /// process's, is raised for as long as this lives: an experiment that has no share in it must not run meanwhile.
  /// Throws Error (resources) if so many threads cannot be started.
  SharedThreads(int num_threads, int num_experiments);
  ~SharedThreads();
  SharedThreads(const SharedThreads&) = delete;
  SharedThreads& operator=(const SharedThreads&) = delete;

  int num_threads() const noexcept { return num_threads_; }

  /// Leave to work on one unit; given back when it is destroyed.
  class Permit {
   public:
    explicit Permit(SharedThreads& owner) : owner_(&owner) {}
    ~Permit() {
      if (owner_ != nullptr) owner_->give_back();
    }
    Permit(Permit&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Permit& operator=(Permit&&) = delete;

   private:
    SharedThreads* owner_;
  };

  /// Waits until it is this rank's turn. Nothing if `is_over`, which is asked under a lock, says that there is nothing
  /// to start any more; who makes that so while others wait calls wake, unless permits are given back anyway.
  std::optional<Permit> acquire(int rank, const std::function<bool()>& is_over);
  void wake();

 private:
  class Limit;  // TBB's
  struct Queue {
    std::condition_variable turn;
    int num_waiting = 0;
  };

  bool is_first(int rank) const { return queues_.begin()->first == rank; }
  void leave(std::map<int, Queue>::iterator queue);
  void call_next();
  void give_back();

  int num_threads_;
  std::unique_ptr<Limit> limit_;
  std::mutex mutex_;             ///< guards what follows
  int num_free_;                 ///< permits
  std::map<int, Queue> queues_;  ///< by rank; those in which somebody waits
};

}  // namespace vouch::experiment
