/* SPDX-License-Identifier: Apache-2.0
 * Preloaded into a program, counts the allocations that its main makes, on all threads, and fails some: the one of
 * number FAULT_ALLOCATION, and with FAULT_ONWARDS every one after it. FAULT_COUNT names a file that gets their number
 * when the program ends. What was allocated before main (by the loader and by constructors) is neither counted nor
 * failed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's own, under the names it keeps for such libraries. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static atomic_int is_counting;
static atomic_ulong number;
static unsigned long failing;
static int onwards;

static int must_fail(void) {
  if (!atomic_load_explicit(&is_counting, memory_order_relaxed)) return 0;
  const unsigned long mine = atomic_fetch_add(&number, 1) + 1;
  if (failing == 0 || (onwards ? mine < failing : mine != failing)) return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size) { return must_fail() ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return must_fail() ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return must_fail() ? NULL : __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { return must_fail() ? NULL : __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return must_fail() ? NULL : __libc_memalign(alignment, size); }

int posix_memalign(void **where, size_t alignment, size_t size) {
  if (must_fail()) return ENOMEM;
  void *made = __libc_memalign(alignment, size);
  if (made == NULL) return ENOMEM;
  *where = made;
  return 0;
}

void *mmap(void *start, size_t size, int protection, int flags, int descriptor, off_t offset) {
  if (must_fail()) return MAP_FAILED;
  return (void *)syscall(SYS_mmap, start, size, protection, flags, descriptor, offset);
}
void *mmap64(void *start, size_t size, int protection, int flags, int descriptor, off_t offset) {
  return mmap(start, size, protection, flags, descriptor, offset);
}

static int (*real_main)(int, char **, char **);

static int counted_main(int count, char **words, char **environment) {
  const char *const wanted = getenv("FAULT_ALLOCATION");
  failing = wanted != NULL ? strtoul(wanted, NULL, 10) : 0;
  onwards = getenv("FAULT_ONWARDS") != NULL;
  atomic_store(&is_counting, 1);
  return real_main(count, words, environment);
}

int __libc_start_main(int (*program)(int, char **, char **), int count, char **words, void (*init)(void),
                      void (*fini)(void), void (*loader_fini)(void), void *stack_end) {
  int (*const start)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void), void (*)(void),
                     void *) = dlsym(RTLD_NEXT, "__libc_start_main");
  real_main = program;
  return start(counted_main, count, words, init, fini, loader_fini, stack_end);
}

__attribute__((destructor)) static void tell_count(void) {
  atomic_store(&is_counting, 0);
  const char *const path = getenv("FAULT_COUNT");
  if (path == NULL) return;
  FILE *const file = fopen(path, "w");
  if (file == NULL) return;
  fprintf(file, "%lu\n", atomic_load(&number));
  fclose(file);
}
