// SPDX-License-Identifier: Apache-2.0
#include "results/journal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <thread>

#include "results/identity_json.hpp"
#include "results/journal_survey.hpp"
#include "results/row_codec.hpp"

namespace vouch::results {
namespace {

constexpr std::uint64_t worlds_per_sync = 1000;
constexpr const char* move_away = "move it away, or choose another output with -o";

/// The open journal, locked, and surely the one that others find at its path: a run that ended in between opening and
/// locking has deleted it.
FileHandle open_locked(const std::string& path) {
  constexpr int most_attempts = 100;
  int num_refusals = 0;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    FileHandle file(path, FileHandle::Mode::own_read_write);
    if (file.try_lock()) {
      if (file.is_at_path()) return file;
      continue;
    }
    if (++num_refusals > 3) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // who looks whether it is locked, locks it shortly
  }
  throw Error(ExitCode::io, fmt::format("cannot write '{}': another run is writing it; wait for it, or choose another "
                                        "output with -o",
                                        path));
}

std::uint32_t find_limit(const RunIdentity& identity) {
  return identity.stopping.aim.empty() ? identity.covered().end() : std::numeric_limits<std::uint32_t>::max();
}

/// "replications 201 to 300", counted from 1 as people do.
std::string name_part(const std::optional<Part>& part) {
  return part ? fmt::format("replications {} to {}", std::uint64_t{part->first} + 1, part->end())
              : std::string("the whole run");
}

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& remedy) {
  throw Error(ExitCode::data, fmt::format("'{}' {}; {}", path, what, remedy));
}

}  // namespace

Journal::Journal(const std::string& results_path, const RunIdentity& identity, const model::ObservationLayout& layout,
                 Start start)
    : row_size_(layout.size()),
      first_(identity.covered().first),
      end_replication_(find_limit(identity)),
      file_(open_locked(check_target(results_path) + ".journal")),
      records_(identity.num_lanes()),
      num_planned_(identity.num_planned()) {
  if (start == Start::afresh) drop_all();
  const WorldsDescription worlds = describe_worlds(identity, layout);
  open_header(format_worlds(worlds), worlds);
  const std::uint64_t size = file_.size();
  scan(size);
  require_same_part(identity);
  if (end_ < size) {
    num_bytes_cut_ = size - end_;
    file_.truncate(end_);
    file_.sync();
  }
  num_resumed_ = num_synced_ = num_done_;
  describe(identity);
}

Journal::Journal(const Reading& reading, const RunIdentity& identity, const model::ObservationLayout& layout)
    : row_size_(layout.size()),
      first_(identity.covered().first),
      end_replication_(find_limit(identity)),
      file_(reading.journal_path, FileHandle::Mode::read),
      records_(identity.num_lanes()),
      num_planned_(identity.num_planned()) {
  const JournalHeader header = require_readable_journal(file_);
  const WorldsDescription worlds = describe_worlds(identity, layout);
  if (header.text != format_worlds(worlds)) {
    refuse(path(), "holds worlds of another vouch: " + describe_difference(header.text, worlds),
           "read it with the vouch that wrote it");
  }
  end_ = header.size;
  scan(file_.size());
  num_resumed_ = num_synced_ = num_done_;
}

Journal::~Journal() = default;

/// Only what vouch wrote: no file that has come under the journal's name by mistake.
void Journal::drop_all() {
  if (file_.size() > 0 && read_journal_header(file_).state == HeaderState::foreign)
    refuse(path(), "is no journal of vouch", move_away);
  file_.truncate(0);
}

void Journal::open_header(const std::string& text, const WorldsDescription& worlds) {
  const std::vector<std::byte> wanted = make_journal_header(text);
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
  const JournalHeader header =
      require_journal_header(file_, move_away, "delete it to start again, or choose another output with -o");
  if (!holds_worlds(header.size)) {  // another run's, but without a world to lose
    file_.truncate(0);
    file_.write_at(0, wanted);
    file_.sync();
    return;
  }
  throw make_other_worlds_error(path(), describe_difference(header.text, worlds));
}

/// True also for what cannot be read as records.
bool Journal::holds_worlds(std::uint64_t first_record) const {
  const std::uint64_t size = file_.size();
  RecordBuffer buffer;
  std::uint64_t offset = first_record;
  while (offset < size && buffer.load(file_, offset, size, row_size_) &&
         buffer.record().kind == RecordKind::description) {
    offset += buffer.bytes().size();
  }
  return offset < size;
}

void Journal::scan(std::uint64_t size) {
  while (end_ < size && buffer_.load(file_, end_, size, row_size_)) {
    if (buffer_.record().kind == RecordKind::rows) {
      if (buffer_.record().lane >= records_.size()) break;
      index(buffer_.record(), end_);
      has_rows_ = true;
    } else {
      description_.assign(reinterpret_cast<const char*>(buffer_.payload().data()), buffer_.payload().size());
    }
    end_ += buffer_.bytes().size();
  }
}

/// Another number of replications is no other run; another part is: its journal stays for the shard that left it.
void Journal::require_same_part(const RunIdentity& identity) const {
  const std::optional<RunIdentity> found = has_rows_ ? read_identity(description_) : std::nullopt;
  if (!found || (!found->part && !identity.part)) return;
  if (found->part && identity.part && found->part->has_same_worlds(*identity.part)) return;
  refuse(path(),
         fmt::format("holds another part of this run: it is of {}, and this is of {}", name_part(found->part),
                     name_part(identity.part)),
         "finish that part with its own command, choose another output with -o, or start anew with --force");
}

/// Tells readers what run this is, unless the last record of that kind says so.
void Journal::describe(const RunIdentity& identity) {
  std::string text = write_identity(identity);
  if (text == description_) return;
  const auto bytes = std::as_bytes(std::span(text));
  std::vector<std::byte>& record = buffer_.begin({RecordKind::description, 0, 0, 0});
  record.insert(record.end(), bytes.begin(), bytes.end());
  write_record();
  sync();
  description_ = std::move(text);
}

void Journal::index(const JournalRecord& record, std::uint64_t offset) {
  std::vector<std::uint64_t>& own = records_[record.lane];
  const std::uint64_t begin = std::max<std::uint64_t>(record.first, first_);
  const std::uint64_t end = std::min<std::uint64_t>(std::uint64_t{record.first} + record.count, end_replication_);
  if (record.first < first_ || std::uint64_t{record.first} + record.count > end_replication_) holds_more_ = true;
  if (begin >= end) return;
  if (own.size() < end - first_) own.resize(static_cast<std::size_t>(end - first_), absent);
  for (std::uint64_t i = begin - first_; i < end - first_; ++i) {
    if (own[static_cast<std::size_t>(i)] == absent) ++num_done_;
    own[static_cast<std::size_t>(i)] = offset;
  }
}

bool Journal::is_done(experiment::WorldId world) const {
  const std::vector<std::uint64_t>& own = records_[static_cast<std::size_t>(world.strategy)];
  const std::uint32_t place = world.replication - first_;  // those before the part wrap round
  return place < own.size() && own[place] != absent;
}

std::uint32_t Journal::num_replications() const noexcept {
  std::size_t furthest = 0;
  for (const auto& own : records_) {
    const auto last = std::find_if(own.rbegin(), own.rend(), [](std::uint64_t offset) { return offset != absent; });
    furthest = std::max(furthest, static_cast<std::size_t>(own.rend() - last));
  }
  return static_cast<std::uint32_t>(furthest);
}

void Journal::limit(std::span<const std::uint32_t> num_replications) {
  num_done_ = 0;
  for (std::size_t lane = 0; lane < records_.size(); ++lane) {
    std::vector<std::uint64_t>& own = records_[lane];
    if (own.size() > num_replications[lane]) {
      own.resize(num_replications[lane]);
      holds_more_ = true;
    }
    num_done_ += static_cast<std::uint64_t>(
        std::count_if(own.begin(), own.end(), [](std::uint64_t offset) { return offset != absent; }));
  }
}

void Journal::accept(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  append_rows(lane, first_replication, rows);
  num_simulated_ += rows.size() / row_size_;
}

void Journal::append_rows(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  const JournalRecord record{RecordKind::rows, static_cast<std::uint32_t>(lane), first_replication,
                             static_cast<std::uint32_t>(rows.size() / row_size_)};
  encode_numbers(rows, buffer_.begin(record));
  const std::uint64_t offset = end_;
  write_record();
  index(record, offset);
  num_unsynced_ += record.count;
  if (num_unsynced_ >= worlds_per_sync) sync();
}

void Journal::import(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) {
  const std::uint64_t before = num_done_;
  append_rows(lane, first_replication, rows);
  num_resumed_ += num_done_ - before;
}

void Journal::write_record() {
  buffer_.seal();
  try {
    file_.write_at(end_, buffer_.bytes());
  } catch (const Error& error) {
    if (::truncate(path().c_str(), static_cast<off_t>(end_)) != 0) {
      // The torn record stays; the next opening cuts it off.
    }
    fail(error, num_done_);
  }
  end_ += buffer_.bytes().size();
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
  const std::uint64_t offset = records_[static_cast<std::size_t>(world.strategy)][world.replication - first_];
  if (offset != cached_) {
    cached_ = absent;
    bool whole = cached_record_.load(file_, offset, end_, row_size_);
    if (whole) {
      cached_rows_.resize(cached_record_.record().count * row_size_);
      whole = decode_numbers(cached_record_.payload(), cached_rows_);
    }
    if (!whole) {
      throw Error(ExitCode::data,
                  fmt::format("'{}' was damaged while it was in use; run the same command again: what is "
                              "whole is kept",
                              path()));
    }
    cached_ = offset;
  }
  const std::size_t i = world.replication - cached_record_.record().first;
  std::copy_n(cached_rows_.begin() + static_cast<std::ptrdiff_t>(i * row_size_), row_size_, row.begin());
}

void Journal::remove() {
  if (::unlink(path().c_str()) != 0 && errno != ENOENT) throw_io_error("delete", path(), errno);
  sync_folder_of(path());
}

Error make_other_worlds_error(const std::string& journal_path, const std::string& difference) {
  return {ExitCode::data, fmt::format("'{}' holds worlds of another run: {}; finish that run with its own command or "
                                      "vouch, choose another output with -o, or start anew with --force",
                                      journal_path, difference)};
}

bool is_journal(const std::string& path) {
  try {
    return read_journal_header(FileHandle(path, FileHandle::Mode::read)).state != HeaderState::foreign;
  } catch (const Error&) {
    return false;
  }
}

void remove_spent_journal(const std::string& results_path, const RunIdentity& identity) {
  const std::string path = results_path + ".journal";
  if (!is_journal(path)) return;
  try {
    const JournalSurvey survey = survey_journal(path);
    if (survey.holds_more || !survey.identity || write_identity(*survey.identity) != write_identity(identity)) return;
    FileHandle file(path, FileHandle::Mode::read);
    if (!file.try_lock() || !file.is_at_path() || file.size() != survey.num_bytes) return;
    ::unlink((results_path + ".partial").c_str());
    ::unlink(path.c_str());
    sync_folder_of(path);
  } catch (const Error&) {
    // It is of no use any more, and in nobody's way.
  }
}

RunIdentity read_journal_identity(const std::string& journal_path) {
  JournalSurvey survey = survey_journal(journal_path);
  if (!survey.identity)
    refuse(journal_path, "does not say yet what run it is of, which was stopped as it began",
           "give the command again that began it");
  return *std::move(survey.identity);
}

}  // namespace vouch::results
