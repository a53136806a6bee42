// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <initializer_list>
#include <span>
#include <string>

namespace vouch::results {

/// An open file. Every failure is an Error (io) that names the path and the system's reason.
class FileHandle {
 public:
  /// Files that belong to a results file (`own`) are not written through a symbolic link: it may lead anywhere.
  enum class Mode { read, own_read_write, own_append, append, create_new };

  FileHandle() = default;
  FileHandle(std::string path, Mode mode);
  /// A new file beside `target` under a name that nobody has, which is put into `path`. Errors name the target.
  static FileHandle create_beside(const std::string& target, std::string& path);
  /// A new file at `path` in place of what is there. Errors name the target.
  static FileHandle create_anew(const std::string& target, const std::string& path);
  ~FileHandle();
  FileHandle(FileHandle&& other) noexcept;
  FileHandle& operator=(FileHandle&& other) noexcept;

  const std::string& path() const noexcept { return path_; }
  bool is_open() const noexcept { return descriptor_ >= 0; }
  std::uint64_t size() const;
  /// Returns how many bytes were read: fewer than asked for only at the end of the file.
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> bytes) const;
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  void append(std::span<const std::byte> bytes);
  void truncate(std::uint64_t size);
  void sync();      ///< fdatasync
  bool try_lock();  ///< false if another process holds it
  /// Whether another has it locked now, in this process or elsewhere. Locks it for a moment.
  bool is_locked_elsewhere() const;
  std::time_t written() const;  ///< when it was changed last
  /// False if the file was deleted or replaced since it was opened, so that its path leads elsewhere.
  bool is_at_path() const;
  void close();  ///< reports what the destructor would have to ignore

 private:
  FileHandle(std::string path, int descriptor);

  std::string path_;
  int descriptor_ = -1;
};

/// Forces a folder's entries (a rename, a deletion) to the disk.
void sync_folder_of(const std::string& path);

/// The path itself, if results may be put there: nothing is there yet, or a regular file. Throws Error (io).
const std::string& check_target(const std::string& path);

/// How a file is called while it is written.
enum class PartialName {
  own,   ///< as no other process calls its own: any number may publish the same path at once
  fixed  ///< PATH.partial, over what a killed process left there: for who alone may write PATH
};

/// Puts the bytes, one part behind the other, at `path`, whole or not at all: written beside it, synced, renamed,
/// folder synced. Throws Error (io): what was at `path` is then untouched, and nothing else is left.
void publish_bytes(const std::string& path, std::initializer_list<std::span<const std::byte>> parts,
                   PartialName name = PartialName::own);

/// "cannot write 'PATH': REASON", from errno.
[[noreturn]] void throw_io_error(const std::string& action, const std::string& path, int error_number,
                                 const std::string& remedy = {});

}  // namespace vouch::results
