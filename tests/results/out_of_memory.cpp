// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <new>

#include "core/error.hpp"
#include "results/results_file.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::results;

namespace {

/// How many more allocations succeed before the one that does not; below 0: all do.
long num_allocations_left = -1;

void* allocate(std::size_t size) {
  if (num_allocations_left >= 0 && num_allocations_left-- == 0) throw std::bad_alloc();
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

enum Ending : int { published, refused, surprised };

/// In a process of its own, since HDF5 is left as it is.
int publish_in_a_child(const test::SampleRun& sample, const std::string& path, Journal& journal, long num_allocations) {
  const pid_t child = ::fork();
  if (child == 0) {
    Ending ending = published;
    num_allocations_left = num_allocations;
    try {
      sample.publish(path, journal);
    } catch (const Error& error) {
      ending = error.code() == ExitCode::resources ? refused : surprised;
    } catch (...) {
      ending = surprised;
    }
    ::_exit(ending);
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
// Spelled out, since a sanitizer brings one of its own that would not go with our delete.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size == 0 ? 1 : size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("memory that runs out at any point of publishing is told, and the finished worlds are kept") {
  const test::TemporaryFolder folder;
  const test::SampleRun sample(4);
  const std::string path = folder / "r.h5";
  Journal journal(path, sample.identity, sample.layout);
  for (int strategy = 0; strategy < sample.num_strategies(); ++strategy) sample.deliver(journal, strategy, 0, 4);
  int num_refused = 0;
  for (long num_allocations = 0;; num_allocations += 1 + num_allocations / 4) {
    const int ending = publish_in_a_child(sample, path, journal, num_allocations);
    if (ending == published) break;
    REQUIRE(ending == refused);
    REQUIRE(folder.list() == std::vector<std::string>{"r.h5.journal"});
    ++num_refused;
  }
  CHECK(num_refused > 10);
  CHECK_NOTHROW(open_results(path));
}
