// SPDX-License-Identifier: Apache-2.0
// How a journal lies on the disk, in the machine's byte order:
//   header  "VOUCHJNL", u32 schema, u32 length of text, text (format_worlds), u64 checksum
//   record  u32 kind, u32 lane, u32 first replication, u32 count, u64 length of payload, payload, u64 checksum
// The payload of a record of rows is their code (row_codec); that of a description is write_identity's text, and lane,
// first and count are 0. A checksum is the first 8 bytes of the SHA-256 of all that stands before it in its header or
// record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "results/file_io.hpp"

namespace vouch::results {

inline constexpr std::uint32_t journal_schema_version = 2;

enum class RecordKind : std::uint32_t { rows = 0x43455256, description = 0x43534456 };  // "VREC", "VDSC"

struct JournalRecord {
  RecordKind kind = RecordKind::rows;
  std::uint32_t lane = 0;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Where it is not known; x 2^32 rows x 10 bytes still fits.
inline constexpr std::size_t any_row_size = std::size_t{1} << 28;

/// A whole record as it was read or is to be written.
class RecordBuffer {
 public:
  /// Starts a record; what is appended to payload() until seal() becomes its payload.
  std::vector<std::byte>& begin(const JournalRecord& record);
  void seal();

  /// Reads the record at `offset`; false if there is no whole one. `row_size` bounds what rows can take.
  bool load(const FileHandle& file, std::uint64_t offset, std::uint64_t file_size, std::size_t row_size);

  const JournalRecord& record() const noexcept { return record_; }
  std::span<const std::byte> bytes() const noexcept { return bytes_; }
  std::span<const std::byte> payload() const noexcept;

 private:
  JournalRecord record_;
  std::vector<std::byte> bytes_;
};

std::vector<std::byte> make_journal_header(const std::string& text);

enum class HeaderState { whole, foreign, other_schema, damaged };

/// The header of a file that may be a journal.
struct JournalHeader {
  HeaderState state = HeaderState::foreign;
  std::uint32_t schema = 0;
  std::string text;
  std::uint64_t size = 0;  ///< where the first record starts
};

JournalHeader read_journal_header(const FileHandle& file);

/// The header of a file that is to be a journal of ours. Throws Error (data), with what to do if it is something else,
/// or if it is none that this vouch can read.
JournalHeader require_journal_header(const FileHandle& file, const std::string& other_place,
                                     const std::string& restart);

}  // namespace vouch::results
