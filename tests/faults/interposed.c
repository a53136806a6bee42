// SPDX-License-Identifier: Apache-2.0
// A library for LD_PRELOAD that stands between a program and its files, for what lies in one folder: it counts the
// calls, records them with their bytes, and lets a chosen one fail, be cut short, or be the last that the process does.
//   VOUCH_FAULT_FOLDER  the folder, an absolute path; without it nothing is touched
//   VOUCH_FAULT_TRACE   a file outside of it, which every call is recorded in: see struct Record
//   VOUCH_FAULT_OPS     only these are counted and can fail, as in "write,sync": see op_names; default: all
//   VOUCH_FAULT_AT      the number, from 1, of the call that does not go well
//   VOUCH_FAULT_KIND    error: it fails with VOUCH_FAULT_ERRNO, a number. short: half of it is written, and told so.
//                       torn: the same, and the next write fails. kill, kill_torn, kill_after: SIGKILL before it, after
//                       half of the write, after it
//   VOUCH_FAULT_LASTING 1: all that are counted fail from then on
// The calls of a process's threads are put one after the other.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum Op {
  op_open,
  op_create,
  op_read,
  op_write,
  op_truncate,
  op_allocate,
  op_sync,
  op_rename,
  op_unlink,
  op_mkdir,
  op_close,
  op_lock,
  op_stat,
  num_ops
};
static const char* const op_names[num_ops] = {"open",   "create", "read",  "write", "truncate", "allocate", "sync",
                                              "rename", "unlink", "mkdir", "close", "lock",     "stat"};
enum { num_descriptors = 1024, longest_path = 512 };

/// One in the trace, followed by the path, the other path and the bytes written.
struct Record {
  uint32_t op;
  int32_t error;    ///< errno; 0: it went well
  uint64_t number;  ///< 0: not counted
  uint64_t offset;  ///< of a read or write; of an opening the flags
  uint64_t size;    ///< what was read or written; the new length; of an opening 1 if it made the file
  uint32_t path_size;
  uint32_t other_size;
  uint64_t data_size;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char paths[num_descriptors][longest_path];  // by descriptor; "" for what is not in the folder
static const char* folder;
static const char* ops;
static const char* kind = "";
static uint64_t fail_at;
static int fail_with;
static int lasting;
static int is_torn;  // so the next write fails
static uint64_t num_calls;
static int trace = -1;

static const char* read_setting(const char* name, const char* fallback) {
  const char* value = getenv(name);
  return value != NULL ? value : fallback;
}

__attribute__((constructor)) static void set_up(void) {
  folder = getenv("VOUCH_FAULT_FOLDER");
  ops = getenv("VOUCH_FAULT_OPS");
  kind = read_setting("VOUCH_FAULT_KIND", "");
  fail_at = strtoull(read_setting("VOUCH_FAULT_AT", "0"), NULL, 10);
  fail_with = atoi(read_setting("VOUCH_FAULT_ERRNO", "5"));
  lasting = atoi(read_setting("VOUCH_FAULT_LASTING", "0"));
  const char* name = getenv("VOUCH_FAULT_TRACE");
  if (name != NULL) trace = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

/// Copies the absolute form of `path` if it lies in the folder; false if not.
static int find_path(const char* path, char* found) {
  found[0] = '\0';
  if (folder == NULL || path == NULL) return 0;
  char whole[2 * longest_path];
  if (path[0] == '/') {
    snprintf(whole, sizeof whole, "%s", path);
  } else {
    char here[longest_path];
    if (getcwd(here, sizeof here) == NULL) return 0;
    snprintf(whole, sizeof whole, "%s/%s", here, path);
  }
  size_t length = strlen(whole);
  if (length >= 2 && strcmp(whole + length - 2, "/.") == 0) whole[length - 2] = '\0';
  const size_t start = strlen(folder);
  if (strncmp(whole, folder, start) != 0 || (whole[start] != '/' && whole[start] != '\0')) return 0;
  if (strlen(whole) >= longest_path) return 0;
  strcpy(found, whole);
  return 1;
}

static const char* path_of(int descriptor) {
  return folder != NULL && descriptor >= 0 && descriptor < num_descriptors ? paths[descriptor] : "";
}

static int is_counted(enum Op op) {
  if (ops == NULL) return 1;
  const size_t length = strlen(op_names[op]);
  for (const char* at = strstr(ops, op_names[op]); at != NULL; at = strstr(at + 1, op_names[op]))
    if ((at == ops || at[-1] == ',') && (at[length] == ',' || at[length] == '\0')) return 1;
  return 0;
}

static void die(void) {
  for (;;) kill(getpid(), SIGKILL);
}

enum Verdict { passes, fails, is_halved };

struct Call {
  enum Op op;
  uint64_t number;
  const char* path;
  const char* other;
  enum Verdict verdict;
};

/// Waits for its turn and says how the call is to go; errno is set if it fails.
static struct Call begin(enum Op op, const char* path, const char* other) {
  pthread_mutex_lock(&mutex);
  struct Call call = {op, 0, path, other, passes};
  if (!is_counted(op)) return call;
  call.number = ++num_calls;
  const int is_it = call.number == fail_at;
  const int is_write = op == op_write;
  if (is_it && strcmp(kind, "kill") == 0) die();
  if ((is_it && strcmp(kind, "error") == 0) || (lasting && fail_at != 0 && call.number > fail_at)) call.verdict = fails;
  if (is_torn && is_write) call.verdict = fails;
  if (is_torn && is_write) is_torn = 0;
  if (is_it && is_write && (strcmp(kind, "short") == 0 || strstr(kind, "torn") != NULL)) call.verdict = is_halved;
  if (call.verdict == is_halved && strcmp(kind, "torn") == 0) is_torn = 1;
  if (call.verdict == fails) errno = fail_with;
  return call;
}

static void put(const void* bytes, size_t size) {
  const char* at = bytes;
  while (size > 0) {
    const long done = syscall(SYS_write, trace, at, size);
    if (done <= 0) abort();
    at += done;
    size -= (size_t)done;
  }
}

/// Records the call, and lets the next one come. `data` are the bytes written, `size` of them, or null.
static void end(struct Call call, int is_well, uint64_t offset, uint64_t size, const void* data) {
  const int error = is_well ? 0 : errno;
  if (trace >= 0) {
    const char* other = call.other != NULL ? call.other : "";
    const struct Record record = {call.op,
                                  error,
                                  call.number,
                                  offset,
                                  size,
                                  (uint32_t)strlen(call.path),
                                  (uint32_t)strlen(other),
                                  data != NULL && is_well ? size : 0};
    put(&record, sizeof record);
    put(call.path, record.path_size);
    put(other, record.other_size);
    put(data, record.data_size);
  }
  if (call.number != 0 && call.number == fail_at &&
      (strcmp(kind, "kill_after") == 0 || (call.op == op_write && strcmp(kind, "kill_torn") == 0)))
    die();
  pthread_mutex_unlock(&mutex);
  errno = error;
}

#define FIND_REAL(name)                 \
  static __typeof__(name)* real = NULL; \
  if (real == NULL) real = (__typeof__(name)*)dlsym(RTLD_NEXT, #name)

static int open_at(int at, const char* name, int flags, mode_t mode) {
  char path[longest_path];
  if (at != AT_FDCWD || !find_path(name, path)) return (int)syscall(SYS_openat, at, name, flags, mode);
  const int is_new = (flags & O_CREAT) != 0 && syscall(SYS_faccessat, AT_FDCWD, name, F_OK) != 0;
  struct Call call = begin(is_new ? op_create : op_open, path, NULL);
  const int result = call.verdict == fails ? -1 : (int)syscall(SYS_openat, at, name, flags, mode);
  if (result >= 0 && result < num_descriptors) strcpy(paths[result], path);
  end(call, result >= 0, (uint64_t)flags, (uint64_t)is_new, NULL);
  return result;
}

static mode_t read_mode(int flags, va_list* list) {
  return (flags & (O_CREAT | O_TMPFILE)) ? va_arg(*list, mode_t) : 0;
}

#define DEFINE_OPEN(name)                        \
  int name(const char* path, int flags, ...) {   \
    va_list list;                                \
    va_start(list, flags);                       \
    const mode_t mode = read_mode(flags, &list); \
    va_end(list);                                \
    return open_at(AT_FDCWD, path, flags, mode); \
  }
#define DEFINE_OPENAT(name)                            \
  int name(int at, const char* path, int flags, ...) { \
    va_list list;                                      \
    va_start(list, flags);                             \
    const mode_t mode = read_mode(flags, &list);       \
    va_end(list);                                      \
    return open_at(at, path, flags, mode);             \
  }
DEFINE_OPEN(open)
DEFINE_OPEN(open64)
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)
int creat(const char* path, mode_t mode) { return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }
int creat64(const char* path, mode_t mode) { return creat(path, mode); }

int close(int descriptor) {
  FIND_REAL(close);
  const char* path = path_of(descriptor);
  if (path[0] == '\0') return real(descriptor);
  struct Call call = begin(op_close, path, NULL);
  int result = real(descriptor);  // as Linux: whatever it says, the descriptor is gone
  if (call.verdict == fails) {
    result = -1;
    errno = fail_with;
  }
  end(call, result == 0, 0, 0, NULL);
  paths[descriptor][0] = '\0';
  return result;
}

static ssize_t finish_write(struct Call call, ssize_t result, uint64_t offset, const void* data) {
  end(call, result >= 0, offset, result >= 0 ? (uint64_t)result : 0, data);
  return result;
}

ssize_t write(int descriptor, const void* data, size_t size) {
  FIND_REAL(write);
  const char* path = path_of(descriptor);
  if (path[0] == '\0') return real(descriptor, data, size);
  struct Call call = begin(op_write, path, NULL);
  if (call.verdict == fails) return finish_write(call, -1, 0, data);
  const ssize_t result = real(descriptor, data, call.verdict == is_halved ? size / 2 : size);
  const long after = syscall(SYS_lseek, descriptor, 0L, SEEK_CUR);
  return finish_write(call, result, result >= 0 ? (uint64_t)(after - result) : 0, data);
}

static ssize_t write_at(int descriptor, const void* data, size_t size, off_t offset) {
  struct Call call = begin(op_write, path_of(descriptor), NULL);
  if (call.verdict == fails) return finish_write(call, -1, (uint64_t)offset, data);
  const size_t part = call.verdict == is_halved ? size / 2 : size;
  return finish_write(call, syscall(SYS_pwrite64, descriptor, data, part, offset), (uint64_t)offset, data);
}

#define DEFINE_PWRITE(name)                                                          \
  ssize_t name(int descriptor, const void* data, size_t size, off_t offset) {        \
    FIND_REAL(name);                                                                 \
    if (path_of(descriptor)[0] == '\0') return real(descriptor, data, size, offset); \
    return write_at(descriptor, data, size, offset);                                 \
  }
DEFINE_PWRITE(pwrite)
DEFINE_PWRITE(pwrite64)

static ssize_t finish_read(struct Call call, ssize_t result, uint64_t offset) {
  end(call, result >= 0, offset, result >= 0 ? (uint64_t)result : 0, NULL);
  return result;
}

ssize_t read(int descriptor, void* data, size_t size) {
  FIND_REAL(read);
  if (path_of(descriptor)[0] == '\0') return real(descriptor, data, size);
  struct Call call = begin(op_read, path_of(descriptor), NULL);
  return finish_read(call, call.verdict == fails ? -1 : real(descriptor, data, size), 0);
}

#define DEFINE_PREAD(name)                                                                                         \
  ssize_t name(int descriptor, void* data, size_t size, off_t offset) {                                            \
    FIND_REAL(name);                                                                                               \
    if (path_of(descriptor)[0] == '\0') return real(descriptor, data, size, offset);                               \
    struct Call call = begin(op_read, path_of(descriptor), NULL);                                                  \
    return finish_read(call, call.verdict == fails ? -1 : real(descriptor, data, size, offset), (uint64_t)offset); \
  }
DEFINE_PREAD(pread)
DEFINE_PREAD(pread64)

/// Calls that a descriptor or a path is given to, and that succeed with 0.
#define DEFINE_BY_DESCRIPTOR(op, name, size, more, ...)                           \
  int name(int descriptor more) {                                                 \
    FIND_REAL(name);                                                              \
    if (path_of(descriptor)[0] == '\0') return real(descriptor __VA_ARGS__);      \
    struct Call call = begin(op, path_of(descriptor), NULL);                      \
    const int result = call.verdict == fails ? -1 : real(descriptor __VA_ARGS__); \
    end(call, result == 0, 0, (uint64_t)(size), NULL);                            \
    return result;                                                                \
  }
#define WITH(...) , __VA_ARGS__
DEFINE_BY_DESCRIPTOR(op_sync, fsync, 0, )
DEFINE_BY_DESCRIPTOR(op_sync, fdatasync, 0, )
DEFINE_BY_DESCRIPTOR(op_truncate, ftruncate, length, WITH(off_t length), WITH(length))
DEFINE_BY_DESCRIPTOR(op_truncate, ftruncate64, length, WITH(off_t length), WITH(length))
DEFINE_BY_DESCRIPTOR(op_lock, flock, 0, WITH(int how), WITH(how))
DEFINE_BY_DESCRIPTOR(op_stat, fstat, 0, WITH(struct stat* status), WITH(status))
DEFINE_BY_DESCRIPTOR(op_stat, fstat64, 0, WITH(struct stat64* status), WITH(status))

#define DEFINE_BY_PATH(op, name, size, more, ...)                            \
  int name(const char* named more) {                                         \
    FIND_REAL(name);                                                         \
    char path[longest_path];                                                 \
    if (!find_path(named, path)) return real(named __VA_ARGS__);             \
    struct Call call = begin(op, path, NULL);                                \
    const int result = call.verdict == fails ? -1 : real(named __VA_ARGS__); \
    end(call, result == 0, 0, (uint64_t)(size), NULL);                       \
    return result;                                                           \
  }
DEFINE_BY_PATH(op_unlink, unlink, 0, )
DEFINE_BY_PATH(op_truncate, truncate, length, WITH(off_t length), WITH(length))
DEFINE_BY_PATH(op_mkdir, mkdir, 0, WITH(mode_t mode), WITH(mode))
DEFINE_BY_PATH(op_stat, stat, 0, WITH(struct stat* status), WITH(status))
DEFINE_BY_PATH(op_stat, stat64, 0, WITH(struct stat64* status), WITH(status))

int rename(const char* from, const char* to) {
  FIND_REAL(rename);
  char path[longest_path];
  char other[longest_path];
  if (!find_path(from, path) || !find_path(to, other)) return real(from, to);
  struct Call call = begin(op_rename, path, other);
  const int result = call.verdict == fails ? -1 : real(from, to);
  end(call, result == 0, 0, 0, NULL);
  return result;
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
  FIND_REAL(posix_fallocate);
  if (path_of(descriptor)[0] == '\0') return real(descriptor, offset, length);
  struct Call call = begin(op_allocate, path_of(descriptor), NULL);
  const int result = call.verdict == fails ? fail_with : real(descriptor, offset, length);
  errno = result;
  end(call, result == 0, (uint64_t)offset, (uint64_t)length, NULL);
  return result;
}
