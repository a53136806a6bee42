// SPDX-License-Identifier: Apache-2.0
#include "report/world_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "core/money.hpp"
#include "model/observations.hpp"

namespace vouch::report {
namespace {

using statistics::Source;
using statistics::Term;
using statistics::WorldValue;

constexpr std::uint32_t slab = 4096;  // replications that are read at once; whole groups

/// How many whole numbers make one of an observation's unit.
double divisor_of(std::string_view observation) { return model::divisor_of(model::find_unit(observation)); }

/// Of a world, in the metric's unit; empty if it is not known.
std::optional<double> find_expectation(const results::MetricInfo& info, int point) {
  const auto p = static_cast<std::size_t>(point);
  if (p >= info.expectation.size() || std::isnan(info.expectation[p])) return std::nullopt;
  return info.expectation[p];
}

/// Whether a strategy's leads of a source are `from` there.
bool is_from(const results::ResultsFile& file, int strategy, std::size_t source, const std::string& from) {
  const std::string& name = file.source_names()[source];
  if (from == "referral") return name != "cold";
  if (from == "cold" || from == "organic") return name == from;
  constexpr std::size_t first_program = model::first_program_source;
  const auto& programs = file.identity().program_names.at(static_cast<std::size_t>(strategy));
  return source >= first_program && source - first_program < programs.size() &&
         programs[source - first_program] == from;
}

/// The sources of a strategy that are `from` there; a file has as many as the strategy with most programs.
std::vector<int> find_sources(const results::ResultsFile& file, int strategy, const std::string& from) {
  std::vector<int> sources;
  for (std::size_t s = 0; s < file.source_names().size(); ++s)
    if (is_from(file, strategy, s, from)) sources.push_back(static_cast<int>(s));
  return sources;
}

const char* name_of(Source source) { return source == Source::cold ? "cold" : "referral"; }

int lane_of(const results::ResultsFile& file, int strategy, int point) {
  return point * file.num_strategies() + strategy;
}

/// Reads one strategy's worlds as whole numbers.
class WorldReader {
 public:
  WorldReader(const results::ResultsFile& file, const statistics::Metric& metric, const WorldChoice& choice,
              int strategy)
      : file_(file),
        metric_(metric),
        choice_(choice),
        strategy_(strategy),
        lane_(lane_of(file, strategy, choice.point)),
        has_part_(choice.part.from.empty() || !find_sources(file, strategy, choice.part.from).empty()) {}

  bool has_part() const noexcept { return has_part_; }

  /// By replication, empty where the world is not there.
  std::vector<std::optional<WorldValue>> read(results::Replications replications) const {
    std::vector<std::optional<WorldValue>> values(replications.count);
    const std::vector<std::uint8_t> completed = file_.completed(lane_, replications);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (completed.at(i) != 0) values[i] = WorldValue{0, has_part_ && metric_.denominator.empty() ? 1 : 0, {}};
    if (has_part_) {
      for (const Term& term : metric_.numerator) add(term, replications, values, &WorldValue::numerator);
      for (const Term& term : metric_.denominator) add(term, replications, values, &WorldValue::denominator);
    }
    for (std::size_t c = 0; c < choice_.controls.size(); ++c)
      add_values(choice_.controls[c], {}, replications, values,
                 [c](WorldValue& world, std::int64_t value) { world.controls[c] += value; });
    return values;
  }

 private:
  void add(const Term& term, results::Replications replications, std::vector<std::optional<WorldValue>>& values,
           std::int64_t WorldValue::*member) const {
    const Part& part = choice_.part;
    const std::string from = term.source == Source::all ? part.from : name_of(term.source);
    std::vector<std::optional<int>> sources{std::nullopt};
    if (!from.empty()) {
      const std::vector<int> found = find_sources(file_, strategy_, from);
      sources.assign(found.begin(), found.end());
    }
    const int sign = term.factor < 0.0 ? -1 : 1;
    for (const std::optional<int> source : sources)
      add_values(term.observation, {part.segment, part.cohort, source}, replications, values,
                 [&](WorldValue& world, std::int64_t value) { world.*member += sign * value; });
  }

  template <typename Add>
  void add_values(const std::string& observation, const results::Slice& slice, results::Replications replications,
                  std::vector<std::optional<WorldValue>>& values, const Add& add_to) const {
    const double divisor = divisor_of(observation);
    const std::vector<double> read = file_.read_metric(observation, lane_, slice, replications);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i]) add_to(*values[i], std::llround(read[i] * divisor));
  }

  const results::ResultsFile& file_;
  const statistics::Metric& metric_;
  const WorldChoice& choice_;
  int strategy_;
  int lane_;
  bool has_part_;
};

statistics::EvidenceOptions make_options(const results::ResultsFile& file, const statistics::Metric& metric,
                                         const WorldChoice& choice, const std::vector<WorldReader>& readers) {
  statistics::EvidenceOptions options = statistics::make_evidence_options(metric, divisor_of);
  options.num_strategies = readers.size();
  options.group_size = file.identity().antithetic ? 2 : 1;
  // A mean that some strategy has no part in is read as a ratio to the worlds that have it: there it has no value.
  if (!std::all_of(readers.begin(), readers.end(), [](const WorldReader& reader) { return reader.has_part(); }))
    options.is_ratio = true;
  for (const std::string& name : choice.controls) {
    const results::MetricInfo* info = file.find_metric(name);
    options.controls.push_back({name, 1.0 / divisor_of(name), find_expectation(*info, choice.point).value()});
  }
  return options;
}

}  // namespace

statistics::Evidence gather_evidence(const results::ResultsFile& file, const statistics::Metric& metric,
                                     const WorldChoice& choice) {
  std::vector<int> strategies = choice.strategies;
  if (strategies.empty()) {
    strategies.resize(static_cast<std::size_t>(file.num_strategies()));
    std::iota(strategies.begin(), strategies.end(), 0);
  }
  std::vector<WorldReader> readers;
  for (const int strategy : strategies) readers.emplace_back(file, metric, choice, strategy);
  statistics::Evidence evidence(make_options(file, metric, choice, readers));
  const auto group_size = static_cast<std::uint32_t>(evidence.options().group_size);
  std::vector<std::optional<WorldValue>> group(readers.size() * group_size);
  for (std::uint32_t first = 0; first < file.num_replications(); first += slab) {
    const std::uint32_t count = std::min(slab, file.num_replications() - first);
    std::vector<std::vector<std::optional<WorldValue>>> worlds;
    for (const WorldReader& reader : readers) worlds.push_back(reader.read({first, count}));
    for (std::uint32_t i = 0; i + group_size <= count; i += group_size) {
      for (std::size_t s = 0; s < worlds.size(); ++s)
        std::copy_n(worlds[s].begin() + i, group_size, group.begin() + static_cast<std::ptrdiff_t>(s * group_size));
      evidence.add_group(group);
    }
  }
  return evidence;
}

std::vector<std::string> list_controls(const results::ResultsFile& file, int point) {
  std::vector<std::string> names;
  for (const results::MetricInfo& info : file.metrics())
    if (find_expectation(info, point) && names.size() < statistics::max_controls) names.push_back(info.name);
  if (names.empty())
    throw Error(ExitCode::usage, fmt::format("'{}' holds no metric whose expected value is known, which control "
                                             "variates need; leave out --controls",
                                             file.path()));
  return names;
}

std::vector<std::uint64_t> count_worlds(const results::ResultsFile& file, int point) {
  const std::size_t group_size = file.identity().antithetic ? 2 : 1;
  std::vector<std::uint64_t> counts;
  for (int s = 0; s < file.num_strategies(); ++s) {
    const std::vector<std::uint8_t> completed = file.completed(lane_of(file, s, point));
    std::uint64_t& count = counts.emplace_back(0);
    for (std::size_t i = 0; i + group_size <= completed.size(); i += group_size)
      if (std::all_of(&completed[i], &completed[i] + group_size, [](std::uint8_t c) { return c != 0; }))
        count += group_size;
  }
  return counts;
}

}  // namespace vouch::report
