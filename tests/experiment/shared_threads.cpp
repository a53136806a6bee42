// SPDX-License-Identifier: Apache-2.0
#include "experiment/shared_threads.hpp"

#include <atomic>
#include <exception>
#include <thread>
#include <vector>

#include "experiment/study.hpp"

using namespace vouch;
using test::MemorySink;
using test::Study;
using test::Worlds;
using namespace vouch::experiment;

namespace {

constexpr auto never = [] { return false; };

/// How many units are under way in all experiments, and the most that ever were.
struct Count {
  std::atomic<int> now{0};
  std::atomic<int> most{0};

  void enter() {
    const int n = ++now;
    for (int seen = most; n > seen && !most.compare_exchange_weak(seen, n);) {
    }
  }
  void leave() { --now; }
};

/// A unit is under way from the first question about it to its delivery, which the same thread makes.
class CountingSink final : public WorldSink {
 public:
  CountingSink(std::size_t row_size, Count& count) : kept_(row_size), count_(count) {}

  bool is_done(WorldId world) const override {
    if (!std::exchange(is_inside_, true)) count_.enter();
    return kept_.is_done(world);
  }
  void accept(int lane, std::uint32_t first, std::span<const std::int64_t> rows) override {
    if (std::exchange(is_inside_, false)) count_.leave();
    kept_.accept(lane, first, rows);
  }
  void read(WorldId world, std::span<std::int64_t> row) const override { kept_.read(world, row); }

  const Worlds& worlds() const { return kept_.worlds; }
  void limit(std::size_t size) { kept_.limit = size; }

 private:
  MemorySink kept_;
  Count& count_;
  static thread_local bool is_inside_;
};
thread_local bool CountingSink::is_inside_ = false;

struct Run {
  const Study& study;
  const model::ObservationLayout& layout;
  SharedThreads& shared;
  std::uint32_t replications;
  int rank;
  const std::atomic<bool>* stop = nullptr;

  Ending operator()(WorldSink& sink, const std::function<void(const Progress&)>& on_progress = {}) const {
    Plan plan = study.plan(layout, replications, 0);
    plan.shared = &shared;
    plan.rank = rank;
    return run_experiment(plan, sink, on_progress, stop);
  }
};

Worlds run_alone(const Study& study, const model::ObservationLayout& layout, std::uint32_t replications) {
  MemorySink sink(layout.size());
  run_experiment(study.plan(layout, replications, 1), sink);
  return std::move(sink.worlds);
}

}  // namespace

TEST_CASE("as many permits are out at a time as there are threads, and all of them come back") {
  SharedThreads shared(3, 4);
  Count count;
  std::vector<std::thread> threads;
  for (int t = 0; t < 12; ++t) {
    threads.emplace_back([&, rank = t % 4] {
      for (int i = 0; i < 200; ++i) {
        const auto permit = shared.acquire(rank, never);
        count.enter();
        std::this_thread::yield();
        count.leave();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(count.most <= 3);
  std::vector<SharedThreads::Permit> all;
  for (int i = 0; i < 3; ++i) all.push_back(*shared.acquire(0, never));
  int num_asked = 0;
  CHECK_FALSE(shared.acquire(0, [&] { return ++num_asked == 1; }));  // none is left
}

TEST_CASE("who waits gets a permit by rank, whoever came first") {
  SharedThreads shared(1, 3);
  auto held = std::make_unique<SharedThreads::Permit>(*shared.acquire(0, never));
  std::vector<int> order;  // written by who has the only permit
  std::vector<std::thread> threads;
  for (const int rank : {2, 0, 1}) {
    std::atomic<bool> waits{false};
    threads.emplace_back([&shared, &order, &waits, rank] {
      const auto permit = shared.acquire(rank, [&waits, has_asked = false]() mutable {
        if (!std::exchange(has_asked, true)) waits = true;
        return false;
      });
      order.push_back(rank);
    });
    while (!waits) std::this_thread::yield();
  }
  held.reset();
  for (std::thread& thread : threads) thread.join();
  CHECK((order == std::vector<int>{0, 1, 2}));
}

TEST_CASE("who waits for nothing any more goes away without a permit, and the next is called") {
  SharedThreads shared(1, 3);
  auto held = std::make_unique<SharedThreads::Permit>(*shared.acquire(0, never));
  std::atomic<int> num_waiting{0};
  std::atomic<bool> is_over{false};
  std::atomic<int> num_got{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, gives_up = t < 3] {
      const auto permit = shared.acquire(gives_up ? 1 : 2, [&, has_asked = false]() mutable {
        if (!std::exchange(has_asked, true)) ++num_waiting;
        return gives_up && is_over;
      });
      if (permit) ++num_got;
    });
  }
  while (num_waiting < 6) std::this_thread::yield();
  is_over = true;
  shared.wake();
  held.reset();
  for (std::thread& thread : threads) thread.join();
  CHECK(num_got == 3);
}

TEST_CASE("experiments at the same time share the threads and give the worlds of each alone") {
  const Study first(3);
  const Study second(5);
  const model::ObservationLayout layout_of_first(first.model, 0);
  const model::ObservationLayout layout_of_second(second.model, 0);
  const Worlds alone_first = run_alone(first, layout_of_first, 300);
  const Worlds alone_second = run_alone(second, layout_of_second, 200);
  for (const int num_threads : {1, 2, 5}) {
    CAPTURE(num_threads);
    SharedThreads shared(num_threads, 2);
    Count count;
    CountingSink sink_of_first(layout_of_first.size(), count);
    CountingSink sink_of_second(layout_of_second.size(), count);
    Ending ending = Ending::stopped;
    std::thread other([&] { ending = Run{second, layout_of_second, shared, 200, 1}(sink_of_second); });
    CHECK((Run{first, layout_of_first, shared, 300, 0}(sink_of_first) == Ending::finished));
    other.join();
    CHECK(ending == Ending::finished);
    CHECK(count.most <= num_threads);
    CHECK(count.now == 0);
    CHECK((sink_of_first.worlds() == alone_first));
    CHECK((sink_of_second.worlds() == alone_second));
  }
}

TEST_CASE("an experiment that fails gives its threads back to the other") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Worlds alone = run_alone(study, layout, 300);
  for (const int failing_rank : {0, 2}) {
    SharedThreads shared(2, 2);
    Count count;
    CountingSink full(layout.size(), count);
    full.limit(40);
    CountingSink whole(layout.size(), count);
    std::exception_ptr failure;
    std::thread other([&] {
      try {
        Run{study, layout, shared, 1000, failing_rank}(full);
      } catch (...) {
        failure = std::current_exception();
      }
    });
    CHECK((Run{study, layout, shared, 300, 1}(whole) == Ending::finished));
    other.join();
    REQUIRE(failure);
    CHECK_THROWS_WITH(std::rethrow_exception(failure), "the sink is full");
    CHECK((whole.worlds() == alone));
  }
}

TEST_CASE("one flag stops all, and they go on to the same end") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  const Worlds alone = run_alone(study, layout, 500);
  SharedThreads shared(2, 2);
  std::atomic<bool> stop{false};
  MemorySink first(layout.size());
  MemorySink second(layout.size());
  const auto run_both = [&] {
    Ending ending = Ending::finished;  // of the second, which may have come to its end before it is stopped
    std::thread other([&] { ending = Run{study, layout, shared, 500, 1, &stop}(second); });
    const Ending own = Run{study, layout, shared, 500, 0, &stop}(first, [&](const Progress& progress) {
      if (progress.num_resumed == 0 && progress.num_done >= 100) stop = true;
    });
    other.join();
    return std::pair(own, ending);
  };
  CHECK(run_both().first == Ending::stopped);
  CHECK(first.worlds.size() < alone.size());
  stop = false;
  CHECK((run_both() == std::pair(Ending::finished, Ending::finished)));
  CHECK((first.worlds == alone));
  CHECK((second.worlds == alone));
}

TEST_CASE("an experiment asks for no more threads than are shared") {
  const Study study;
  const model::ObservationLayout layout(study.model, 0);
  SharedThreads shared(2, 1);
  Count count;
  CountingSink sink(layout.size(), count);
  Plan plan = study.plan(layout, 100, 7);
  plan.shared = &shared;
  CHECK(run_experiment(plan, sink) == Ending::finished);
  CHECK(count.most <= 2);
  CHECK((sink.worlds() == run_alone(study, layout, 100)));
}
