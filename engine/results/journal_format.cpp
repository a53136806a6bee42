// SPDX-License-Identifier: Apache-2.0
#include "results/journal_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "results/sha256.hpp"

namespace vouch::results {
namespace {

constexpr char magic[9] = "VOUCHJNL";
constexpr std::size_t header_head = 16;
constexpr std::size_t record_head = 24;
constexpr std::size_t checksum_size = 8;
constexpr std::uint64_t largest_description = std::uint64_t{256} << 20;

template <typename T>
void put(std::vector<std::byte>& bytes, T value) {
  bytes.resize(bytes.size() + sizeof value);
  std::memcpy(bytes.data() + bytes.size() - sizeof value, &value, sizeof value);
}

template <typename T>
T get(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::uint64_t compute_checksum([[maybe_unused]] std::span<const std::byte> bytes) {
#ifdef VOUCH_FAULT_blind_checksum
  return 0;
#else
  Sha256 sha;
  sha.update(bytes);
  return get<std::uint64_t>(sha.finish(), 0);
#endif
}

void put_checksum(std::vector<std::byte>& bytes) { put(bytes, compute_checksum(bytes)); }

bool is_kind(std::uint32_t value) {
  return value == static_cast<std::uint32_t>(RecordKind::rows) ||
         value == static_cast<std::uint32_t>(RecordKind::description);
}

}  // namespace

std::vector<std::byte>& RecordBuffer::begin(const JournalRecord& record) {
  record_ = record;
  bytes_.clear();
  for (const std::uint32_t part : {static_cast<std::uint32_t>(record.kind), record.lane, record.first, record.count})
    put(bytes_, part);
  put(bytes_, std::uint64_t{0});
  return bytes_;
}

void RecordBuffer::seal() {
  const std::uint64_t size = bytes_.size() - record_head;
  std::memcpy(bytes_.data() + record_head - sizeof size, &size, sizeof size);
  put_checksum(bytes_);
}

bool RecordBuffer::load(const FileHandle& file, std::uint64_t offset, std::uint64_t file_size, std::size_t row_size) {
  constexpr std::uint64_t longest_number = 10;
  bytes_.resize(record_head);
  if (file.read_at(offset, bytes_) < record_head || !is_kind(get<std::uint32_t>(bytes_, 0))) return false;
  record_ = {static_cast<RecordKind>(get<std::uint32_t>(bytes_, 0)), get<std::uint32_t>(bytes_, 4),
             get<std::uint32_t>(bytes_, 8), get<std::uint32_t>(bytes_, 12)};
  const auto size = get<std::uint64_t>(bytes_, 16);
  const std::uint64_t most =
      record_.kind == RecordKind::rows ? record_.count * longest_number * row_size : largest_description;
  if (file_size < offset + record_head) return false;
  const std::uint64_t left = file_size - offset - record_head;
  if (size > left || left - size < checksum_size || size > most) return false;
  // A number takes a byte at least: no more memory is taken than the file is worth.
  if (record_.kind == RecordKind::rows && row_size < any_row_size && record_.count > size / row_size) return false;
  const std::size_t covered = record_head + static_cast<std::size_t>(size);
  bytes_.resize(covered + checksum_size);
  if (file.read_at(offset, bytes_) < bytes_.size()) return false;
  return get<std::uint64_t>(bytes_, covered) == compute_checksum(std::span(bytes_).first(covered));
}

std::span<const std::byte> RecordBuffer::payload() const noexcept {
  return std::span(bytes_).subspan(record_head, bytes_.size() - record_head - checksum_size);
}

std::vector<std::byte> make_journal_header(const std::string& text) {
  std::vector<std::byte> bytes(8);
  std::memcpy(bytes.data(), magic, 8);
  put(bytes, journal_schema_version);
  put(bytes, static_cast<std::uint32_t>(text.size()));
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
  put_checksum(bytes);
  return bytes;
}

JournalHeader read_journal_header(const FileHandle& file) {
  JournalHeader header;
  const std::uint64_t size = file.size();
  std::vector<std::byte> bytes(header_head);
  if (file.read_at(0, bytes) < header_head || std::memcmp(bytes.data(), magic, 8) != 0) return header;
  header.schema = get<std::uint32_t>(bytes, 8);
  header.state = header.schema == journal_schema_version ? HeaderState::damaged : HeaderState::other_schema;
  const std::uint64_t text_end = header_head + std::uint64_t{get<std::uint32_t>(bytes, 12)};
  if (header.state == HeaderState::other_schema || text_end + checksum_size > size) return header;
  bytes.resize(static_cast<std::size_t>(text_end) + checksum_size);
  if (file.read_at(0, bytes) < bytes.size()) return header;
  const auto covered = std::span(bytes).first(static_cast<std::size_t>(text_end));
  if (get<std::uint64_t>(bytes, covered.size()) != compute_checksum(covered)) return header;
  header.text.assign(reinterpret_cast<const char*>(bytes.data()) + header_head, covered.size() - header_head);
  header.size = bytes.size();
  header.state = HeaderState::whole;
  return header;
}

JournalHeader require_journal_header(const FileHandle& file, const std::string& other_place,
                                     const std::string& restart) {
  const auto refuse = [&](const std::string& what, const std::string& remedy) {
    throw Error(ExitCode::data, fmt::format("'{}' {}; {}", file.path(), what, remedy));
  };
  JournalHeader header = read_journal_header(file);
  switch (header.state) {
    case HeaderState::foreign:
      refuse("is no journal of vouch", other_place);
      break;
    case HeaderState::other_schema:
      refuse(fmt::format("is a journal of schema version {}, and this vouch writes version {}", header.schema,
                         journal_schema_version),
             restart);
      break;
    case HeaderState::damaged:
      refuse("is damaged at its beginning", restart);
      break;
    case HeaderState::whole:
      break;
  }
  return header;
}

}  // namespace vouch::results
