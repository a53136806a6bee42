// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "results/run_identity.hpp"

namespace vouch::results {

/// One per-world quantity of a file.
struct MetricInfo {
  std::string name;
  std::string unit;  ///< "1", "currency", "days", "minutes"
  std::string description;
  bool by_source = false;  ///< of the funnel: also known for each source
  /// Of a world in total, known in closed form and the same under every strategy: by point, NaN where it is not known.
  /// Empty: not known at all.
  std::vector<double> expectation = {};
};

/// A series over time.
struct SeriesInfo {
  std::string name;
  std::string unit;  ///< as of MetricInfo
  std::string description;
  bool by_source = false;  ///< also over the file's sources, which then vary faster than bins
};

/// What a curve runs along, in bands.
struct CurveAxis {
  std::string name;           ///< "tenure", "fatigue", "generation", "quality", "peers"
  std::string unit;           ///< as of MetricInfo
  std::vector<double> lower;  ///< edges; -infinity of a first band that is open. The last is open
};

/// How a series or curve is summed up over worlds.
enum class Statistic { mean, variance, difference_mean, difference_variance };

/// Part of every world: all of it, or one segment or cohort, and one source of those metrics that are known by source.
struct Slice {
  std::optional<int> segment = {};
  std::optional<int> cohort = {};  ///< not besides a segment
  std::optional<int> source = {};
};

/// Consecutive replications, counted from the first that the file has; by default all.
struct Replications {
  std::uint32_t first = 0;
  std::uint32_t count = std::numeric_limits<std::uint32_t>::max();  ///< at most those that there are
};

/// How far a run has come that is not over.
struct Unfinished {
  std::uint64_t num_done = 0;     ///< worlds
  std::uint64_t num_planned = 0;  ///< at most, if a rule may stop it earlier
};

/// A published results file, open for reading. Its checksum was verified before anything else was read.
/// Everything is in units (money in currency, durations in days); missing worlds are NaN, see completed().
/// Of a part (identity().part) it has that part's replications, and all positions are counted from its first.
/// A lane is one strategy of one point of a sweep: point x num_strategies() + strategy; without a sweep a strategy.
class ResultsFile {
 public:
  struct Impl;
  explicit ResultsFile(std::unique_ptr<Impl> impl);  ///< for open_results and open_unfinished
  ~ResultsFile();
  ResultsFile(ResultsFile&&) noexcept;
  ResultsFile& operator=(ResultsFile&&) noexcept;

  const std::string& path() const noexcept;
  const RunIdentity& identity() const noexcept;                  ///< as written; worlds_text is empty
  const std::string& worlds() const noexcept;                    ///< format_worlds of the run
  const std::string& worlds_digest() const noexcept;             ///< compute_worlds_digest of the run
  const std::optional<Unfinished>& unfinished() const noexcept;  ///< of a journal; empty for a published file
  std::string created() const;                                   ///< from SOURCE_DATE_EPOCH at writing, else ""
  int num_strategies() const noexcept;
  int num_points() const noexcept { return static_cast<int>(identity().num_points()); }
  int num_lanes() const noexcept { return num_points() * num_strategies(); }
  std::uint32_t num_replications() const noexcept;  ///< that the file has, of the lane that has most
  const std::vector<MetricInfo>& metrics() const noexcept;
  const std::vector<std::string>& source_names() const noexcept;          ///< "cold", "organic", "program_1", ...
  const std::vector<std::string>& cohort_names() const noexcept;          ///< "existing", "new"
  const MetricInfo* find_metric(const std::string& name) const noexcept;  ///< nullptr if there is none

  /// By replication: 1 if the world is there.
  std::vector<std::uint8_t> completed(int lane, Replications replications = {}) const;

  std::uint32_t count_completed(int lane) const;

  // By replication, of a lane. `name` must be one of metrics() (else Error usage, with the nearest name).
  std::vector<double> read_metric(const std::string& name, int lane, const Slice& slice = {},
                                  Replications replications = {}) const;

  /// What worlds reported, as it was simulated: num_elements() whole numbers for each replication; 0 of missing worlds.
  std::size_t num_elements() const;
  std::vector<std::int64_t> read_rows(int lane, Replications replications) const;

  /// Names in /series ("active", "asks" ...) and /curves ("tenure_yes" ...).
  std::vector<std::string> series_names() const;
  std::vector<std::string> curve_names() const;
  std::vector<SeriesInfo> series() const;
  std::vector<double> read_series(const std::string& name, int lane,
                                  Statistic statistic) const;  ///< by bin (and source)
  std::vector<double> read_curve(const std::string& name, int lane, Statistic statistic) const;  ///< by band
  std::vector<double> bin_starts() const;  ///< days from the start of counting
  CurveAxis curve_axis(const std::string& name) const;
  /// Over worlds, [bin (x source) x quantile]; the probabilities of quantiles().
  std::vector<double> read_series_quantiles(const std::string& name, int lane) const;
  std::vector<double> quantiles() const;

 private:
  const MetricInfo& require_metric(const std::string& name) const;
  Replications clip(Replications replications) const noexcept;
  void require_summary(const std::string& group, const std::string& name) const;
  std::vector<double> read_summary(const std::string& group, const std::string& name, int lane,
                                   const std::string& suffix) const;

  std::unique_ptr<Impl> impl_;
};

/// Throws Error: io when the file cannot be opened or read; data when it is damaged, no results file, or of another
/// schema version (the message says what to do).
ResultsFile open_results(const std::string& path);

/// True if the file is there, whole, and is what this run, or this part of it, would give: every world (or those at
/// which the same rule stopped), and the same scenario text, which decides its title, metric, confidence and detail
/// too. A file that is not whole gives false. Throws Error (io) for one that cannot be read now, but perhaps later.
bool find_completed(const std::string& path, const RunIdentity& identity, const model::ObservationLayout& layout);

}  // namespace vouch::results
