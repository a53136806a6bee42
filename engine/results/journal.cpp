// SPDX-License-Identifier: Apache-2.0
// Layout, in the machine's byte order:
//   header  "VOUCHJNL", u32 schema, u32 length of text, text ("name=value" lines, see describe_worlds), u64 checksum
//   record  u32 'VREC', u32 strategy, u32 first replication, u32 count, u64 length of rows, rows (row_codec), u64
//   checksum
// A checksum is the first 8 bytes of the SHA-256 of all that stands before it in its header or record.
#include "results/journal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "results/row_codec.hpp"
#include "results/sha256.hpp"

namespace vouch::results {
namespace {

constexpr char magic[9] = "VOUCHJNL";
constexpr std::uint32_t record_magic = 0x43455256;
constexpr std::size_t record_head = 24;
constexpr std::size_t header_head = 16;
constexpr std::size_t checksum_size = 8;
constexpr std::uint64_t worlds_per_sync = 1000;

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

std::vector<std::byte> make_header(const std::vector<std::pair<std::string, std::string>>& worlds) {
  std::string text;
  for (const auto& [name, value] : worlds) text += fmt::format("{}={}\n", name, value);
  std::vector<std::byte> bytes(8);
  std::memcpy(bytes.data(), magic, 8);
  put(bytes, journal_schema_version);
  put(bytes, static_cast<std::uint32_t>(text.size()));
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
  put_checksum(bytes);
  return bytes;
}

std::string find_value(const std::string& text, const std::string& name) {
  const auto begin = ("\n" + text).find("\n" + name + "=");
  if (begin == std::string::npos) return "none";
  const auto value = begin + name.size() + 1;
  return text.substr(value, text.find('\n', value) - value);
}

/// What tells the journal's worlds from this run's, in words.
std::string describe_difference(const std::string& text,
                                const std::vector<std::pair<std::string, std::string>>& worlds) {
  for (const auto& [name, value] : worlds) {
    const std::string found = find_value(text, name);
    if (found == value) continue;
    if (name == "scenario") return "its scenario differs from this run's";
    if (name == "observations") return "it reports other quantities than this run";
    return fmt::format("its {} {} '{}', this run's '{}'", name, name == "strategies" ? "are" : "is", found, value);
  }
  return "it is written differently";
}

/// The open journal, locked, and surely the one that others find at its path: a run that ended in between opening and
/// locking has deleted it.
FileHandle open_locked(const std::string& path) {
  constexpr int most_attempts = 100;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    FileHandle file(path, FileHandle::Mode::read_write);
    if (!file.try_lock()) break;
    if (file.is_at_path()) return file;
  }
  throw Error(ExitCode::io, fmt::format("cannot write '{}': another run is writing it; wait for it, or choose another "
                                        "output with -o",
                                        path));
}

}  // namespace

Journal::Journal(const std::string& results_path, const RunIdentity& identity, const model::ObservationLayout& layout,
                 Start start)
    : row_size_(layout.size()),
      replications_(identity.replications),
      file_(open_locked(check_target(results_path) + ".journal")),
      records_(identity.strategy_names.size(), std::vector<std::uint64_t>(identity.replications, absent)),
      num_planned_(std::uint64_t{identity.replications} * identity.strategy_names.size()) {
  if (start == Start::afresh) file_.truncate(0);
  open_header(identity, layout);
  scan();
  num_resumed_ = num_synced_ = num_done_;
}

Journal::~Journal() = default;

void Journal::open_header(const RunIdentity& identity, const model::ObservationLayout& layout) {
  const auto worlds = describe_worlds(identity, layout);
  const std::vector<std::byte> wanted = make_header(worlds);
  const std::uint64_t size = file_.size();
  std::vector<std::byte> found(static_cast<std::size_t>(std::min<std::uint64_t>(size, wanted.size())));
  file_.read_at(0, found);
  end_ = wanted.size();
  if (found == wanted) return;
  if (std::equal(found.begin(), found.end(), wanted.begin())) {  // new, or killed while the header was written
    file_.write_at(0, wanted);
    file_.sync();
    sync_folder_of(path());
    return;
  }
  const auto refuse = [this](const std::string& what, const std::string& remedy) {
    throw Error(ExitCode::data, fmt::format("'{}' {}; {}", path(), what, remedy));
  };
  if (size < header_head || std::memcmp(found.data(), magic, 8) != 0) {
    refuse("is no journal of vouch", "move it away, or choose another output with -o");
  }
  const std::string restart = "delete it to start again, or choose another output with -o";
  const auto schema = get<std::uint32_t>(found, 8);
  if (schema != journal_schema_version) {
    refuse(fmt::format("is a journal of schema version {}, and this vouch writes version {}", schema,
                       journal_schema_version),
           restart);
  }
  const auto length = get<std::uint32_t>(found, 12);
  std::vector<std::byte> header(header_head);
  if (header_head + length + checksum_size <= size) header.resize(header_head + length + checksum_size);
  file_.read_at(0, header);
  const auto text_end = header.size() - std::min(header.size(), checksum_size);
  if (header.size() <= header_head + checksum_size ||
      get<std::uint64_t>(header, text_end) != compute_checksum(std::span(header).first(text_end))) {
    refuse("is damaged at its beginning", restart);
  }
  if (size == header.size()) {  // another run's, but without a world to lose
    file_.truncate(0);
    file_.write_at(0, wanted);
    file_.sync();
    return;
  }
  const std::string text(reinterpret_cast<const char*>(header.data()) + header_head, length);
  refuse("holds worlds of another run: " + describe_difference(text, worlds),
         "finish that run with its own command, choose another output with -o, or start anew with --force");
}

bool Journal::load_record(std::uint64_t offset, std::uint64_t file_size, Record& record,
                          std::vector<std::byte>& bytes) const {
  constexpr std::uint64_t longest_number = 10;
  bytes.resize(record_head);
  if (file_.read_at(offset, bytes) < record_head || get<std::uint32_t>(bytes, 0) != record_magic) return false;
  record = {get<std::uint32_t>(bytes, 4), get<std::uint32_t>(bytes, 8), get<std::uint32_t>(bytes, 12),
            get<std::uint64_t>(bytes, 16)};
  const std::uint64_t left = file_size - offset - record_head;
  if (record.payload > left || left - record.payload < checksum_size ||
      record.payload > record.count * longest_number * row_size_) {
    return false;
  }
  const std::size_t covered = record_head + static_cast<std::size_t>(record.payload);
  bytes.resize(covered + checksum_size);
  if (file_.read_at(offset, bytes) < bytes.size()) return false;
  return get<std::uint64_t>(bytes, covered) == compute_checksum(std::span(bytes).first(covered));
}

void Journal::scan() {
  const std::uint64_t size = file_.size();
  Record record{};
  while (end_ < size && load_record(end_, size, record, buffer_)) {
    if (record.strategy >= records_.size()) break;
    index(record, end_);
    end_ += buffer_.size();
  }
  if (end_ < size) {
    num_bytes_cut_ = size - end_;
    file_.truncate(end_);
    file_.sync();
  }
}

void Journal::index(const Record& record, std::uint64_t offset) {
  std::vector<std::uint64_t>& own = records_[record.strategy];
  for (std::uint64_t i = record.first; i < std::uint64_t{record.first} + record.count && i < replications_; ++i) {
    if (own[static_cast<std::size_t>(i)] == absent) ++num_done_;
    own[static_cast<std::size_t>(i)] = offset;
  }
}

bool Journal::is_done(experiment::WorldId world) const {
  return records_[static_cast<std::size_t>(world.strategy)][world.replication] != absent;
}

void Journal::accept(int strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  const Record record{static_cast<std::uint32_t>(strategy), first_replication,
                      static_cast<std::uint32_t>(rows.size() / row_size_), 0};
  buffer_.clear();
  for (const std::uint32_t part : {record_magic, record.strategy, record.first, record.count}) put(buffer_, part);
  put(buffer_, std::uint64_t{0});
  encode_numbers(rows, buffer_);
  const std::uint64_t payload = buffer_.size() - record_head;
  std::memcpy(buffer_.data() + 16, &payload, sizeof payload);
  put_checksum(buffer_);
  try {
    file_.write_at(end_, buffer_);
  } catch (const Error& error) {
    if (::truncate(path().c_str(), static_cast<off_t>(end_)) != 0) {
      // The torn record stays; the next opening cuts it off.
    }
    fail(error, num_done_);
  }
  index(record, end_);
  end_ += buffer_.size();
  num_unsynced_ += record.count;
  if (num_unsynced_ >= worlds_per_sync) sync();
}

void Journal::sync() {
  try {
    file_.sync();
  } catch (const Error& error) {
    fail(error, num_synced_);
  }
  num_unsynced_ = 0;
  num_synced_ = num_done_;
}

void Journal::fail(const Error& error, std::uint64_t num_kept) {
  throw Error(error.code(),
              fmt::format("{}; {} of {} worlds are kept; free space and run the same command again to resume",
                          error.what(), num_kept, num_planned_));
}

void Journal::read(experiment::WorldId world, std::span<std::int64_t> row) const {
  const std::uint64_t offset = records_[static_cast<std::size_t>(world.strategy)][world.replication];
  if (offset != cached_) {
    cached_ = absent;
    bool whole = load_record(offset, end_, cached_record_, cached_bytes_);
    if (whole) {
      cached_rows_.resize(cached_record_.count * row_size_);
      const std::span<const std::byte> record = cached_bytes_;
      whole =
          decode_numbers(record.subspan(record_head, static_cast<std::size_t>(cached_record_.payload)), cached_rows_);
    }
    if (!whole) {
      throw Error(ExitCode::data,
                  fmt::format("'{}' was damaged while it was in use; run the same command again: what is "
                              "whole is kept",
                              path()));
    }
    cached_ = offset;
  }
  const std::size_t i = world.replication - cached_record_.first;
  std::copy_n(cached_rows_.begin() + static_cast<std::ptrdiff_t>(i * row_size_), row_size_, row.begin());
}

void Journal::remove() {
  if (::unlink(path().c_str()) != 0 && errno != ENOENT) throw_io_error("delete", path(), errno);
  sync_folder_of(path());
}

}  // namespace vouch::results
