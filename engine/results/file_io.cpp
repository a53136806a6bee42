// SPDX-License-Identifier: Apache-2.0
#include "results/file_io.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/error.hpp"
#include "results/temporary_name.hpp"

namespace vouch::results {
namespace {

int flags_of(FileHandle::Mode mode) {
  switch (mode) {
    case FileHandle::Mode::read:
      return O_RDONLY;
    case FileHandle::Mode::own_read_write:
      return O_RDWR | O_CREAT | O_NOFOLLOW;
    case FileHandle::Mode::own_append:
      return O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW;
    case FileHandle::Mode::append:
      return O_WRONLY | O_CREAT | O_APPEND;
    case FileHandle::Mode::create_new:
      return O_RDWR | O_CREAT | O_EXCL;
  }
  return O_RDONLY;
}

/// Some systems refuse or cut short a single transfer above 2 GB.
constexpr std::size_t largest_transfer = std::size_t{1} << 26;

[[noreturn]] void refuse_to_write(const std::string& path, int error_number) {
  throw_io_error("write", path, error_number, error_number == ENOENT ? "create its folder first" : "");
}

}  // namespace

void throw_io_error(const std::string& action, const std::string& path, int error_number, const std::string& remedy) {
  throw Error(ExitCode::io,
              fmt::format("cannot {} '{}': {}{}{}", action, path, std::generic_category().message(error_number),
                          remedy.empty() ? "" : "; ", remedy));
}

FileHandle::FileHandle(std::string path, Mode mode)
    // A pipe or device might never answer, so nothing is waited for.
    : path_(std::move(path)),
      descriptor_(::open(path_.c_str(), flags_of(mode) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0666)) {
  struct stat status {};
  if (mode == Mode::read && descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 && !S_ISREG(status.st_mode)) {
    ::close(descriptor_);
    throw Error(ExitCode::io, fmt::format("cannot read '{}': it is {}; name a file", path_,
                                          S_ISDIR(status.st_mode) ? "a folder" : "no regular file"));
  }
  if (descriptor_ >= 0) return;
  const int error_number = errno;
  if (mode == Mode::read) throw_io_error("open", path_, error_number);
  if (error_number == ELOOP && (flags_of(mode) & O_NOFOLLOW) != 0)
    throw Error(ExitCode::io, fmt::format("cannot write '{}': it is a symbolic link, which might lead anywhere; remove "
                                          "the link, or choose another output with -o",
                                          path_));
  refuse_to_write(path_, error_number);
}

FileHandle::FileHandle(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

FileHandle FileHandle::create_beside(const std::string& target, std::string& path) {
  for (int i = 0;; ++i) {
    path = fmt::format("{}.{}-{}.partial", target, ::getpid(), i);
    const int descriptor = ::open(path.c_str(), flags_of(Mode::create_new) | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {target, descriptor};
    if (errno != EEXIST) refuse_to_write(target, errno);
  }
}

FileHandle FileHandle::create_anew(const std::string& target, const std::string& path) {
  ::unlink(path.c_str());
  const int descriptor = ::open(path.c_str(), flags_of(Mode::create_new) | O_CLOEXEC, 0666);
  if (descriptor < 0) refuse_to_write(target, errno);
  return {target, descriptor};
}

FileHandle::~FileHandle() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileHandle::FileHandle(FileHandle&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

std::uint64_t FileHandle::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw_io_error("read", path_, errno);
  if (!S_ISREG(status.st_mode)) throw_io_error("use", path_, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
  return static_cast<std::uint64_t>(status.st_size);
}

std::size_t FileHandle::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const std::size_t wanted = std::min(bytes.size() - done, largest_transfer);
    const ssize_t got = ::pread(descriptor_, bytes.data() + done, wanted, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_io_error("read", path_, errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void FileHandle::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const std::size_t wanted = std::min(bytes.size() - done, largest_transfer);
    const ssize_t put = ::pwrite(descriptor_, bytes.data() + done, wanted, static_cast<off_t>(offset + done));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) throw_io_error("write", path_, put < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(put);
  }
}

void FileHandle::append(std::span<const std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) throw_io_error("write", path_, put < 0 ? errno : ENOSPC);
    done += static_cast<std::size_t>(put);
  }
}

void FileHandle::truncate(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) throw_io_error("write", path_, errno);
}

void FileHandle::sync() {
#if defined(__APPLE__)
  const int result = ::fsync(descriptor_);
#else
  const int result = ::fdatasync(descriptor_);
#endif
  if (result != 0) throw_io_error("write", path_, errno);
}

bool FileHandle::try_lock() {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno == EWOULDBLOCK) return false;
  // Some network file systems have no locks; running without one is better than not at all.
  return true;
}

bool FileHandle::is_locked_elsewhere() const {
  if (::flock(descriptor_, LOCK_SH | LOCK_NB) != 0) return errno == EWOULDBLOCK;
  ::flock(descriptor_, LOCK_UN);
  return false;
}

std::time_t FileHandle::written() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) throw_io_error("read", path_, errno);
  return status.st_mtime;
}

bool FileHandle::is_at_path() const {
  struct stat own {};
  struct stat there {};
  return ::fstat(descriptor_, &own) == 0 && ::stat(path_.c_str(), &there) == 0 && own.st_dev == there.st_dev &&
         own.st_ino == there.st_ino;
}

void FileHandle::close() {
  const int descriptor = std::exchange(descriptor_, -1);
  if (descriptor >= 0 && ::close(descriptor) != 0 && errno != EINTR) throw_io_error("write", path_, errno);
}

const std::string& check_target(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw Error(ExitCode::io, fmt::format("cannot write '{}': it is {}; name a file with -o", path,
                                          S_ISDIR(status.st_mode) ? "a folder" : "no regular file"));
  }
  return path;
}

void sync_folder_of(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that may be written to but not read
  const int result = ::fsync(descriptor);
  const int error_number = errno;
  ::close(descriptor);
  if (result != 0 && error_number != EINVAL) throw_io_error("write", folder, error_number);
}

void publish_bytes(const std::string& path, std::initializer_list<std::span<const std::byte>> parts, PartialName name) {
  check_target(path);
  std::string partial = path + ".partial";
  FileHandle file =
      name == PartialName::fixed ? FileHandle::create_anew(path, partial) : FileHandle::create_beside(path, partial);
  TemporaryName temporary(partial);
  try {
    std::uint64_t offset = 0;
    for (const std::span<const std::byte> part : parts) {
      file.write_at(offset, part);
      offset += part.size();
    }
    file.sync();
    file.close();
    if (const int error_number = temporary.rename_to(path); error_number != 0)
      throw_io_error("write", path, error_number);
  } catch (...) {
    ::unlink(partial.c_str());
    throw;
  }
  sync_folder_of(path);
}

}  // namespace vouch::results
