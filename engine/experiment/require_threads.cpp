// SPDX-License-Identifier: Apache-2.0
#include "experiment/require_threads.hpp"

#include <fmt/format.h>

#include <latch>
#include <new>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "core/error.hpp"

namespace vouch::experiment {

void require_threads(int num_threads, int num_asked) {
  std::latch release(1);
  std::vector<std::thread> threads;
  std::string failure;
  try {
    threads.reserve(static_cast<std::size_t>(num_threads));
    while (static_cast<int>(threads.size()) < num_threads - 1) {
      // They allocate too, so that the allocator's share for each thread is taken when TBB starts its own.
      threads.emplace_back([&release] {
        ::operator delete(::operator new(1, std::nothrow));
        release.wait();
      });
    }
  } catch (const std::system_error& error) {
    failure = error.code().message();
  } catch (const std::bad_alloc&) {
    failure = "out of memory";
  }
  release.count_down();
  for (std::thread& thread : threads) thread.join();
  if (!failure.empty())
    throw Error(ExitCode::resources,
                fmt::format("cannot start {} threads: {}; use fewer (--threads)", num_asked, failure));
}

}  // namespace vouch::experiment
