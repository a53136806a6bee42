// SPDX-License-Identifier: Apache-2.0
// One measurement a call, printed as JSON; tools/bench/run calls it in turns with its opponents and compares.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "b0_heap.hpp"
#include "core/error.hpp"
#include "engine_bench.hpp"
#include "report_cost.hpp"

namespace vouch::bench {

namespace {

constexpr const char* usage =
    "usage: vouch_bench engine SCENARIO [--strategy NAME] [--worlds N] [--threads N] [--batch N] [--accounts N] "
    "[--seed N]\n"
    "       vouch_bench heap [--worlds N] [--customers N] [--seed N]\n"
    "       vouch_bench blocks [--blocks N] [--seed N]\n";

using Options = std::map<std::string, std::string>;

Options read_options(int argc, char** argv, int first) {
  Options options;
  for (int i = first; i < argc; i += 2) {
    const std::string key = argv[i];
    if (key.rfind("--", 0) != 0 || i + 1 == argc) throw Error(ExitCode::usage, usage);
    options[key.substr(2)] = argv[i + 1];
  }
  return options;
}

std::uint64_t number(const Options& options, const char* key, std::uint64_t otherwise) {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : std::strtoull(found->second.c_str(), nullptr, 10);
}

nlohmann::json run_heap(int num_worlds, int num_customers, std::uint64_t seed) {
  B0Heap heap(seed);
  heap.simulate_world(num_customers);  // warm
  double sum[num_b0_quantities] = {};
  double square[num_b0_quantities] = {};
  std::int64_t customers = 0;
  const CostMeter meter;
  for (int world = 0; world < num_worlds; ++world) {
    const B0Counts counts = heap.simulate_world(num_customers);
    customers += num_customers + counts[3];
    for (std::size_t q = 0; q < num_b0_quantities; ++q) {
      const double value = static_cast<double>(counts[q]) / num_customers;
      sum[q] += value;
      square[q] += value * value;
    }
  }
  nlohmann::json report = report_cost(meter.read());
  const double n = num_worlds;
  for (int q = 0; q < num_b0_quantities; ++q) {
    const double mean = sum[q] / n;
    report["mean"].push_back(mean);
    report["standard_error"].push_back(std::sqrt((square[q] - n * mean * mean) / (n - 1) / n));
  }
  report["customers"] = customers;
  return report;
}

nlohmann::json run(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "engine" && argc > 2) {
    const Options options = read_options(argc, argv, 3);
    EngineOptions engine;
    engine.scenario = argv[2];
    if (options.count("strategy") > 0) engine.strategy = options.at("strategy");
    engine.worlds = static_cast<std::uint32_t>(number(options, "worlds", 200));
    engine.threads = static_cast<int>(number(options, "threads", 1));
    engine.batch = static_cast<int>(number(options, "batch", 0));
    engine.accounts = static_cast<std::uint32_t>(number(options, "accounts", 0));
    engine.seed = number(options, "seed", 1);
    return run_engine(engine);
  }
  const Options options = read_options(argc, argv, 2);
  const std::uint64_t seed = number(options, "seed", 1);
  if (what == "heap")
    return run_heap(static_cast<int>(number(options, "worlds", 200)),
                    static_cast<int>(number(options, "customers", 1000)), seed);
  if (what == "blocks") return draw_blocks(number(options, "blocks", 1u << 24), seed);
  throw Error(ExitCode::usage, usage);
}

}  // namespace

}  // namespace vouch::bench

int main(int argc, char** argv) {
  try {
    std::puts(vouch::bench::run(argc, argv).dump().c_str());
    return 0;
  } catch (const vouch::Error& error) {
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return static_cast<int>(error.code());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "internal error: %s\n", error.what());
    return 1;
  }
}
