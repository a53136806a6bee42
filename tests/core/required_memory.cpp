// SPDX-License-Identifier: Apache-2.0
#include "core/required_memory.hpp"

#include <thread>

#include "support/catch.hpp"

using vouch::RequiredMemory;

TEST_CASE("the innermost requirement of memory speaks, on its own thread only") {
  CHECK(RequiredMemory::current() == nullptr);
  {
    const RequiredMemory outer("outer");
    {
      const RequiredMemory inner("inner");
      CHECK(RequiredMemory::current()->words() == "inner");
      const RequiredMemory* elsewhere = &inner;
      std::thread([&] { elsewhere = RequiredMemory::current(); }).join();
      CHECK(elsewhere == nullptr);
    }
    CHECK(RequiredMemory::current()->words() == "outer");
  }
  CHECK(RequiredMemory::current() == nullptr);
}
