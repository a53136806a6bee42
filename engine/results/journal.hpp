// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "experiment/world_sink.hpp"
#include "model/observations.hpp"
#include "results/file_io.hpp"
#include "results/journal_format.hpp"
#include "results/run_identity.hpp"

namespace vouch::results {

/// Finished worlds, kept beside the results file until it is published: FILE.journal. Opening a journal of the same
/// worlds (see describe_worlds) resumes it, whatever its number of replications; a torn or damaged end is cut off.
/// Locked while open. Worlds are known by lane (point x strategies + strategy) and replication, also in the journal of
/// a part, which takes no more memory than its part needs. Not for use by two threads at once.
class Journal final : public experiment::WorldSink {
 public:
  /// `afresh` drops what the journal holds, whatever that is, but never that of a run that has it open.
  enum class Start { resume, afresh };

  /// Opens a journal to be read only, also while a run writes it: without a lock, its end left as it is.
  struct Reading {
    std::string journal_path;
  };

  /// Throws Error: io when it cannot be opened or written, or another process has it open; data when it belongs to
  /// other worlds or another part of them (the message names the difference) or is no journal.
  Journal(const std::string& results_path, const RunIdentity& identity, const model::ObservationLayout& layout,
          Start start = Start::resume);
  /// `identity` as read_journal_identity gives it. Throws Error: io; data.
  Journal(const Reading& reading, const RunIdentity& identity, const model::ObservationLayout& layout);
  ~Journal() override;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  bool is_done(experiment::WorldId world) const override;
  void accept(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows) override;

  /// As accept, for worlds that an earlier run simulated: they count as resumed.
  void import(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows);

  /// From now on worlds at or beyond these numbers of replications, by lane, are as if they were not there: what an
  /// earlier run left does not show in the results of one that asked for fewer. Not of a part.
  void limit(std::span<const std::uint32_t> num_replications);

  /// Forces what was accepted to the disk. Throws Error (io).
  void sync();

  /// Reads one world's row (layout.size() numbers). Throws Error: data if the record no longer matches its checksum.
  void read(experiment::WorldId world, std::span<std::int64_t> row) const override;

  const std::string& path() const noexcept { return file_.path(); }
  std::uint64_t num_done() const noexcept { return num_done_; }  ///< worlds within the planned replications
  std::uint64_t num_planned() const noexcept { return num_planned_; }
  std::uint64_t num_resumed() const noexcept { return num_resumed_; }      ///< found at opening, or imported
  std::uint64_t num_simulated() const noexcept { return num_simulated_; }  ///< accepted since
  std::uint64_t num_bytes_cut() const noexcept { return num_bytes_cut_; }  ///< of a torn or damaged end, at opening
  /// From the part's first to the last done, in whatever lane.
  std::uint32_t num_replications() const noexcept;

  /// Whether the file has worlds that this run does not: of one that asked for more.
  bool holds_more() const noexcept { return holds_more_; }

  /// Deletes the file: when its results have been published.
  void remove();

 private:
  static constexpr std::uint64_t absent = 0;  ///< no record starts at 0, where the header is

  void drop_all();
  void open_header(const std::string& text, const WorldsDescription& worlds);
  bool holds_worlds(std::uint64_t first_record) const;
  void scan(std::uint64_t size);
  void require_same_part(const RunIdentity& identity) const;
  void describe(const RunIdentity& identity);
  void index(const JournalRecord& record, std::uint64_t offset);
  void append_rows(int lane, std::uint32_t first_replication, std::span<const std::int64_t> rows);
  void write_record();
  [[noreturn]] void fail(const Error& error, std::uint64_t num_kept);

  std::size_t row_size_;
  std::uint32_t first_;            ///< replication of the part, or 0
  std::uint32_t end_replication_;  ///< worlds beyond are not this run's; no limit where a rule shares them out
  FileHandle file_;
  /// By lane and replication from first_ on: where its record starts; only as long as the lane has come.
  std::vector<std::vector<std::uint64_t>> records_;
  std::string description_;  ///< the last one's text
  bool has_rows_ = false;    ///< of whatever worlds
  bool holds_more_ = false;
  std::uint64_t end_ = 0;
  std::uint64_t num_done_ = 0;
  std::uint64_t num_planned_ = 0;
  std::uint64_t num_resumed_ = 0;
  std::uint64_t num_simulated_ = 0;
  std::uint64_t num_bytes_cut_ = 0;
  std::uint64_t num_unsynced_ = 0;
  std::uint64_t num_synced_ = 0;  ///< of num_done_
  RecordBuffer buffer_;

  // The record that was read last.
  mutable std::uint64_t cached_ = absent;
  mutable RecordBuffer cached_record_;
  mutable std::vector<std::int64_t> cached_rows_;
};

/// The refusal of a journal of other worlds than a run's. `difference`: in words, as of describe_difference.
Error make_other_worlds_error(const std::string& journal_path, const std::string& difference);

/// Whether the file begins as a journal does. False if it cannot be read.
bool is_journal(const std::string& path);

/// Deletes what a run left that was killed, or failed, between putting its results into place and deleting its journal:
/// if it was opened for this run last, holds no worlds beyond it, and is not open now. To be called when the results
/// are whole.
void remove_spent_journal(const std::string& results_path, const RunIdentity& identity);

/// The run that the journal was opened for last. Throws Error: io; data when it is no journal, damaged at its
/// beginning, or of another schema version.
RunIdentity read_journal_identity(const std::string& journal_path);

}  // namespace vouch::results
