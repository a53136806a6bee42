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
#include "results/run_identity.hpp"

namespace vouch::results {

inline constexpr std::uint32_t journal_schema_version = 1;

/// Finished worlds, kept beside the results file until it is published: FILE.journal. Opening a journal of the same
/// worlds (see describe_worlds) resumes it, whatever its number of replications; a torn or damaged end is cut off.
/// Locked while open. Not for use by two threads at once.
class Journal final : public experiment::WorldSink {
 public:
  /// `afresh` drops what the journal holds, whatever that is, but never that of a run that has it open.
  enum class Start { resume, afresh };

  /// Throws Error: io when it cannot be opened or written, or another process has it open; data when it belongs to
  /// other worlds (the message names the difference) or is no journal.
  Journal(const std::string& results_path, const RunIdentity& identity, const model::ObservationLayout& layout,
          Start start = Start::resume);
  ~Journal() override;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  bool is_done(experiment::WorldId world) const override;
  void accept(int strategy, std::uint32_t first_replication, std::span<const std::int64_t> rows) override;

  /// Forces what was accepted to the disk. Throws Error (io).
  void sync();

  /// Reads one world's row (layout.size() numbers). Throws Error: data if the record no longer matches its checksum.
  void read(experiment::WorldId world, std::span<std::int64_t> row) const;

  const std::string& path() const noexcept { return file_.path(); }
  std::uint64_t num_done() const noexcept { return num_done_; }  ///< worlds within the planned replications
  std::uint64_t num_planned() const noexcept { return num_planned_; }
  std::uint64_t num_resumed() const noexcept { return num_resumed_; }      ///< of num_done, found at opening
  std::uint64_t num_bytes_cut() const noexcept { return num_bytes_cut_; }  ///< of a torn or damaged end, at opening

  /// Deletes the file: when its results have been published.
  void remove();

 private:
  struct Record {
    std::uint32_t strategy;
    std::uint32_t first;
    std::uint32_t count;
    std::uint64_t payload;  ///< bytes
  };
  static constexpr std::uint64_t absent = 0;  ///< no record starts at 0, where the header is

  void open_header(const RunIdentity& identity, const model::ObservationLayout& layout);
  void scan();
  /// The record at `offset`, its code in `bytes`; false if there is no whole one.
  bool load_record(std::uint64_t offset, std::uint64_t file_size, Record& record, std::vector<std::byte>& bytes) const;
  void index(const Record& record, std::uint64_t offset);
  [[noreturn]] void fail(const Error& error, std::uint64_t num_kept);

  std::size_t row_size_;
  std::uint32_t replications_;
  FileHandle file_;
  std::vector<std::vector<std::uint64_t>> records_;  ///< by strategy and replication: where its record starts
  std::uint64_t end_ = 0;
  std::uint64_t num_done_ = 0;
  std::uint64_t num_planned_ = 0;
  std::uint64_t num_resumed_ = 0;
  std::uint64_t num_bytes_cut_ = 0;
  std::uint64_t num_unsynced_ = 0;
  std::uint64_t num_synced_ = 0;  ///< of num_done_
  std::vector<std::byte> buffer_;

  // The record that was read last.
  mutable std::uint64_t cached_ = absent;
  mutable Record cached_record_{};
  mutable std::vector<std::byte> cached_bytes_;
  mutable std::vector<std::int64_t> cached_rows_;
};

}  // namespace vouch::results
