// SPDX-License-Identifier: Apache-2.0
// A small run made of known numbers: no simulation behind it.
#pragma once

#include <sys/resource.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "model/model.hpp"
#include "model/observations.hpp"
#include "results/journal.hpp"
#include "results/publish.hpp"
#include "results/run_identity.hpp"

namespace vouch::test {

struct SampleRun {
  model::Model model;
  model::ObservationLayout layout;
  results::RunIdentity identity;
  statistics::Metric metric;  ///< identity.metric

  /// Three strategies, two segments, two programs, 90 days in bins of 30.
  explicit SampleRun(std::uint32_t replications = 20);

  /// The same with three points: one key of numbers, one of texts.
  static SampleRun make_sweep(std::uint32_t replications);

  int num_lanes() const { return static_cast<int>(identity.num_lanes()); }
  int num_strategies() const { return static_cast<int>(identity.strategy_names.size()); }

  /// A world's row: value(lane, replication, element) for each element.
  std::vector<std::int64_t> row(int lane, std::uint32_t replication) const;
  static std::int64_t value(int lane, std::uint32_t replication, std::size_t element);

  /// Gives the sink replications first .. first + count - 1.
  void deliver(experiment::WorldSink& sink, int lane, std::uint32_t first, std::uint32_t count) const;

  /// Delivers every world that is not there yet, in blocks, and publishes.
  void run(const std::string& path, results::Detail detail = results::Detail::summary) const;

  void publish(const std::string& path, results::Journal& journal,
               results::Detail detail = results::Detail::summary) const;
};

/// A fresh folder, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> list() const;  ///< names, sorted

 private:
  std::string path_;
};

/// Files larger than this cannot be written while it lives: a full disk without a disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes);
  ~FileSizeLimit();
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

/// The Error that the action throws.
template <typename Action>
Error catch_error(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("no error");
}

std::vector<char> read_bytes(const std::string& path);
void write_bytes(const std::string& path, const std::vector<char>& bytes);

}  // namespace vouch::test
