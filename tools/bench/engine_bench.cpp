// SPDX-License-Identifier: Apache-2.0
#include "engine_bench.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string_view>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "cost.hpp"
#include "random/lanes.hpp"
#include "report_cost.hpp"
#include "scenario/scenario.hpp"
#include "simulation/run_worlds.hpp"

namespace vouch::bench {

namespace {

/// Sums over worlds of every metric and funnel count, and of the metrics' squares.
struct Totals {
  std::vector<double> sum;
  std::vector<double> square;
};

double sum_block(const model::ObservationBlock& block, std::span<const std::int64_t> row) {
  double sum = 0.0;
  for (std::size_t i = 0; i < block.size; ++i) sum += static_cast<double>(row[block.offset + i]);
  return sum * model::scale_of(block.unit);
}

struct Job {
  const model::Model& model;
  const model::Strategy& strategy;
  const model::ObservationLayout& layout;
  const EngineOptions& options;
  std::uint32_t batch;
  std::atomic<std::uint32_t> next{0};
  std::mutex mutex;
  Totals totals;
  std::exception_ptr failure;

  /// Takes batches until none is left. Rows are used again, so that memory is the engine's own.
  void work(simulation::Workspace& workspace) {
    const auto& blocks = layout.blocks();
    Totals own{std::vector<double>(blocks.size()), std::vector<double>(blocks.size())};
    std::vector<std::int64_t> rows(layout.size() * batch);
    std::vector<simulation::WorldKey> keys;
    std::vector<simulation::WorldResult> results;
    for (;;) {
      const std::uint32_t first = next.fetch_add(batch);
      if (first >= options.worlds) break;
      const std::uint32_t count = std::min(batch, options.worlds - first);
      keys.clear();
      results.clear();
      for (std::uint32_t i = 0; i < count; ++i) {
        keys.push_back({options.seed, first + i, false});
        results.push_back({std::span(rows).subspan(i * layout.size(), layout.size())});
      }
      simulation::run_worlds(model, strategy, layout, keys, results, workspace);
      for (const auto& result : results) {
        for (std::size_t b = 0; b < blocks.size(); ++b) {
          const double value = sum_block(blocks[b], result.row);
          own.sum[b] += value;
          own.square[b] += value * value;
        }
      }
    }
    const std::lock_guard lock(mutex);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      totals.sum[b] += own.sum[b];
      totals.square[b] += own.square[b];
    }
  }

  void work_safely(simulation::Workspace& workspace) {
    try {
      work(workspace);
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  }
};

void run_job(Job& job, std::vector<simulation::Workspace>& workspaces) {
  job.totals = {std::vector<double>(job.layout.blocks().size()), std::vector<double>(job.layout.blocks().size())};
  job.next = 0;
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < workspaces.size(); ++i)
    others.emplace_back([&job, &workspace = workspaces[i]] { job.work_safely(workspace); });
  job.work_safely(workspaces[0]);
  for (auto& thread : others) thread.join();
  if (job.failure) std::rethrow_exception(job.failure);
}

const model::Strategy& find_strategy(const std::vector<model::Strategy>& strategies, const std::string& name) {
  for (const auto& strategy : strategies)
    if (name.empty() || strategy.name == name) return strategy;
  throw Error(ExitCode::usage, "no strategy '" + name + "' in the scenario");
}

double total_of(const Job& job, std::string_view name) {
  const auto blocks = job.layout.blocks();
  for (std::size_t b = 0; b < blocks.size(); ++b)
    if (blocks[b].name == name) return job.totals.sum[b];
  throw std::logic_error("no observation " + std::string(name));
}

double total_of_all(const Job& job, std::initializer_list<std::string_view> names) {
  double sum = 0.0;
  for (const auto name : names) sum += total_of(job, name);
  return sum;
}

/// Everything that happened to an account or deal at a time of its own.
double count_events(const Job& job) {
  return total_of_all(job, {"asks",
                            "mentions",
                            "skipped_inactive",
                            "skipped_opted_out",
                            "skipped_no_peers",
                            "skipped_max_asks",
                            "skipped_min_gap",
                            "skipped_guard",
                            "pressed",
                            "returned_maybes",
                            "testimonial_requests",
                            "values_realised",
                            "incidents",
                            "favours",
                            "chases",
                            "thanks",
                            "unacknowledged",
                            "organic_moments",
                            "contract_ends",
                            "new_customers",
                            "introduced",
                            "leads",
                            "won",
                            "lost"});
}

/// Random blocks that no engine can save: one for each decision taken. Traits that are constants are not drawn.
double count_blocks(const Job& job) {
  return 2.0 * total_of(job, "customers") +
         total_of_all(job, {"asks", "pressed", "opt_outs", "accepted", "named", "chases", "contract_ends",
                            "organic_moments", "incidents", "opened", "won", "lost"});
}

nlohmann::json report_metrics(const Job& job) {
  nlohmann::json metrics;
  const double n = job.options.worlds;
  const auto blocks = job.layout.blocks();
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (blocks[b].group != "metrics" && blocks[b].group != "funnel") continue;
    const double mean = job.totals.sum[b] / n;
    const double variance = n > 1 ? std::max(0.0, (job.totals.square[b] - n * mean * mean) / (n - 1)) : 0.0;
    metrics[std::string(blocks[b].name)] = {mean, std::sqrt(variance / n)};
  }
  return metrics;
}

std::string compiler_name() {
#ifdef __clang__
  return "clang++ " __clang_version__;
#elif defined(__GNUC__)
  return "g++ " __VERSION__;
#else
  return "another compiler";
#endif
}

}  // namespace

nlohmann::json run_engine(const EngineOptions& options) {
  const auto compiled = scenario::compile(scenario::load_scenario(options.scenario));
  model::Model model = compiled.model;
  if (options.accounts > 0) {
    model.segments.front().accounts = options.accounts;
    model.max_accounts = std::max(model.max_accounts, options.accounts * 16);
  }
  const model::ObservationLayout layout(model, compiled.max_programs);
  const auto suggested = static_cast<std::uint32_t>(simulation::suggest_batch_size(model));
  const std::uint32_t batch = options.batch > 0 ? static_cast<std::uint32_t>(options.batch) : suggested;
  Job job{model, find_strategy(compiled.strategies, options.strategy), layout, options, batch, {}, {}, {}, {}};

  const std::uint64_t memory_before = read_peak_memory();
  std::vector<simulation::Workspace> workspaces(static_cast<std::size_t>(options.threads));
  // One batch on each thread warms the workspaces; a run of a single batch is measured cold, for its memory.
  if (options.worlds > batch * static_cast<std::uint32_t>(options.threads)) {
    EngineOptions warm = options;
    warm.worlds = batch * static_cast<std::uint32_t>(options.threads);
    Job warming{model, job.strategy, layout, warm, batch, {}, {}, {}, {}};
    run_job(warming, workspaces);
  }
  const CostMeter meter;
  run_job(job, workspaces);
  nlohmann::json report = report_cost(meter.read());
  report["customers"] = total_of(job, "customers");
  report["events"] = count_events(job);
  report["blocks"] = count_blocks(job);
  report["batch"] = batch;
  report["lanes"] = random::lanes().name;
  report["compiler"] = compiler_name();
  report["peak_bytes"] = read_peak_memory();
  report["grown_bytes"] = read_peak_memory() - memory_before;
  report["metrics"] = report_metrics(job);
  return report;
}

nlohmann::json draw_blocks(std::uint64_t blocks, std::uint64_t seed) {
  constexpr std::size_t length = 1024;
  std::vector<std::uint64_t> lineages(length), words(length);
  std::vector<std::uint32_t> replications(length, 1), last(length, 50u << 24);
  for (std::size_t i = 0; i < length; ++i) lineages[i] = i * 0x9e3779b97f4a7c15u;
  std::uint64_t combined = 0;
  const CostMeter meter;
  for (std::uint64_t done = 0; done < blocks; done += length) {
    random::lanes().philox(length, lineages.data(), replications.data(), last.data(), seed, words.data());
    lineages.swap(words);  // the next counters hang on these words, so that nothing can be left out
    combined ^= lineages[0];
  }
  nlohmann::json report = report_cost(meter.read());
  report["blocks"] = (blocks + length - 1) / length * length;
  report["combined"] = combined;
  return report;
}

}  // namespace vouch::bench
