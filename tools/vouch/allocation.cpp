// SPDX-License-Identifier: Apache-2.0
// The program's malloc: the C library's, or a preloaded one's, which ends the program where memory is required. Only
// glibc is known to let a program stand before it like this; sanitizers have an allocator of their own.
#include <features.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define VOUCH_OTHER_ALLOCATOR
#endif
#endif
// Before 2.34 glibc's dlsym itself allocates.
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34) && !defined(VOUCH_OTHER_ALLOCATOR) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <dlfcn.h>

#include <cstddef>

#include "core/required_memory.hpp"
#include "out_of_memory.hpp"

namespace {

struct Allocator {
  void* (*malloc)(std::size_t) = nullptr;
  void* (*calloc)(std::size_t, std::size_t) = nullptr;
  void* (*realloc)(void*, std::size_t) = nullptr;
};

template <typename Function>
void find(Function& function, const char* name) {
  function = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

/// Found at the first allocation, which is made before any thread.
const Allocator& allocator() noexcept {
  static constinit Allocator found;
  if (found.malloc == nullptr) {
    find(found.realloc, "realloc");
    find(found.calloc, "calloc");
    find(found.malloc, "malloc");
  }
  return found;
}

void* check(void* allocated, std::size_t size) noexcept {
  if (allocated == nullptr && size > 0)
    if (const vouch::RequiredMemory* const required = vouch::RequiredMemory::current())
      vouch::cli::end_without_memory(required->words());
  return allocated;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) noexcept { return check(allocator().malloc(size), size); }

void* calloc(std::size_t count, std::size_t size) noexcept {
  return check(allocator().calloc(count, size), count == 0 ? 0 : size);
}

void* realloc(void* old, std::size_t size) noexcept { return check(allocator().realloc(old, size), size); }
}

#endif
