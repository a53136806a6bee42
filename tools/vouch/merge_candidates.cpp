// SPDX-License-Identifier: Apache-2.0
#include "merge_candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "report/number.hpp"
#include "report/text.hpp"
#include "results/journal.hpp"
#include "results/results_file.hpp"
#include "results/sha256.hpp"

namespace vouch::cli {
namespace {

/// What files of one run have in common.
struct Run {
  std::string worlds;  ///< format_worlds
  std::string scenario_digest;
  std::uint32_t replications = 0;
  std::string baseline;
  std::string metric;
  double confidence = 0.95;

  std::string key() const { return worlds + scenario_digest; }
};

Run read_run(const results::ResultsFile& file) {
  const results::RunIdentity& identity = file.identity();
  return {file.worlds(),         results::compute_sha256_hex(identity.scenario_text),
          identity.replications, identity.baseline,
          identity.metric,       identity.confidence};
}

/// format_worlds turned round.
results::WorldsDescription parse_worlds(const std::string& text) {
  results::WorldsDescription worlds;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t equals = std::min(text.find('=', begin), end);
    worlds.emplace_back(text.substr(begin, equals - begin), text.substr(std::min(equals + 1, end), end - equals - 1));
    begin = end + 1;
  }
  return worlds;
}

/// "its seed is '7', this run's '8'".
std::string describe_stranger(const Run& stranger, const Run& run) {
  if (stranger.worlds != run.worlds) return results::describe_difference(stranger.worlds, parse_worlds(run.worlds));
  const auto tell = [](const char* name, const auto& found, const auto& wanted) {
    return fmt::format("its {} is '{}', this run's '{}'", name, found, wanted);
  };
  if (stranger.replications != run.replications)
    return tell("number of replications", stranger.replications, run.replications);
  if (stranger.metric != run.metric) return tell("metric", stranger.metric, run.metric);
  if (stranger.baseline != run.baseline) return tell("baseline", stranger.baseline, run.baseline);
  if (stranger.confidence != run.confidence) return tell("confidence", stranger.confidence, run.confidence);
  return "its scenario differs in words or in what files keep, such as title, labels or detail";
}

std::uint64_t count_missing(const results::ResultsFile& file) {
  std::uint64_t missing = 0;
  for (int lane = 0; lane < file.num_lanes(); ++lane) missing += file.num_replications() - file.count_completed(lane);
  return missing;
}

/// Collects what the files are, one after the other.
class Reading {
 public:
  void read(const std::string& path) {
    try {
      if (!is_new(path)) return complain(ExitCode::usage, fmt::format("'{}' is given twice", path));
      if (results::is_journal(path)) return refuse_journal(fmt::format("'{}' is a run that is not over", path), path);
      if (!exists(path) && results::is_journal(path + ".journal"))
        return refuse_journal(fmt::format("'{}' is not there, since its run is not over", path), path + ".journal");
      take(results::open_results(path));
    } catch (const Error& error) {
      complain(error.code(), error.what());
    }
  }

  Candidates finish() {
    if (entries_.empty()) return std::move(candidates_);
    const Run& run = find_commonest();
    std::string sample;
    for (const Entry& entry : entries_)
      if (sample.empty() && runs_[entry.run].run.key() == run.key()) sample = entry.file.path;
    for (Entry& entry : entries_) {
      const Run& own = runs_[entry.run].run;
      if (own.key() == run.key())
        candidates_.files.push_back(std::move(entry.file));
      else
        complain(ExitCode::data, fmt::format("'{}' is of another run than '{}': {}", entry.file.path, sample,
                                             describe_stranger(own, run)));
    }
    std::sort(candidates_.files.begin(), candidates_.files.end(), [](const PartFile& a, const PartFile& b) {
      return std::pair(a.part.first, a.part.end()) < std::pair(b.part.first, b.part.end());
    });
    return std::move(candidates_);
  }

 private:
  struct Entry {
    PartFile file;
    std::size_t run;  ///< in runs_
  };
  struct Known {
    Run run;
    std::size_t num_files = 0;
  };

  static bool exists(const std::string& path) {
    std::error_code failure;
    return std::filesystem::exists(path, failure);
  }

  bool is_new(const std::string& path) {
    std::error_code failure;
    const auto canonical = std::filesystem::weakly_canonical(path, failure);
    return given_.insert(failure ? path : canonical.string()).second;
  }

  void complain(ExitCode code, const std::string& what, const std::string& remedy = {}) {
    Problem& problem = candidates_.problems.emplace_back();
    problem.what = what;
    problem.remedy = remedy;
    const auto weigh = [](ExitCode one) { return one == ExitCode::data ? 3 : one == ExitCode::usage ? 1 : 2; };
    if (candidates_.code == ExitCode::success || weigh(code) > weigh(candidates_.code)) candidates_.code = code;
  }

  void refuse_journal(const std::string& what, const std::string& journal) {
    complain(ExitCode::data, what, "finish it first with vouch resume " + report::quote_for_shell(journal));
  }

  void take(const results::ResultsFile& file) {
    const results::RunIdentity& identity = file.identity();
    if (!identity.part)
      return complain(ExitCode::usage, fmt::format("'{}' holds a whole run, not a part of one", file.path()));
    if (const std::uint64_t missing = count_missing(file);
        missing > 0 || file.num_replications() != identity.part->count)
      return complain(
          ExitCode::data,
          fmt::format("'{}' is not finished: {} of its worlds are missing", file.path(), report::format_count(missing)),
          "run its shard again");
    entries_.push_back({{file.path(), *identity.part}, find_run(read_run(file))});
  }

  std::size_t find_run(Run run) {
    const auto [found, is_new] = places_.emplace(run.key(), runs_.size());
    if (is_new) runs_.push_back({std::move(run), 0});
    ++runs_[found->second].num_files;
    return found->second;
  }

  /// Of those that are as common, the one whose key is least: the order in which files are given does not matter.
  const Run& find_commonest() const {
    const Known* best = nullptr;
    for (const auto& [key, place] : places_)
      if (best == nullptr || runs_[place].num_files > best->num_files) best = &runs_[place];
    return best->run;
  }

  Candidates candidates_;
  std::set<std::string> given_;
  std::vector<Entry> entries_;
  std::vector<Known> runs_;
  std::map<std::string, std::size_t> places_;  ///< in runs_, by key
};

}  // namespace

Candidates read_candidates(const std::vector<std::string>& paths) {
  Reading reading;
  for (const std::string& path : paths) reading.read(path);
  return reading.finish();
}

}  // namespace vouch::cli
