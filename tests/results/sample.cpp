// SPDX-License-Identifier: Apache-2.0
#include "results/sample.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace vouch::test {
namespace {

model::Model make_model() {
  model::Model model;
  model.segments.resize(2);
  model.segments[0].name = "small";
  model.segments[1].name = "large";
  model.horizon_days = 90.0;
  model.bin_days = 30.0;
  return model;
}

}  // namespace

SampleRun::SampleRun(std::uint32_t replications) : model(make_model()), layout(model, 2) {
  identity.title = "A sample";
  identity.question = "Does \"this\" read back, with ümlauts?";
  identity.scenario_text = "seed = 7\nname = \"sample\"\n";
  identity.canonical_command = "vouch run sample.toml --seed 7";
  identity.seed = 7;
  identity.replications = replications;
  identity.baseline = "never";
  identity.metric = "net_value";
  identity.version = "0.1.0";
  identity.git_sha1 = "0123456789abcdef";
  identity.strategy_names = {"never", "at signing", "later"};
  identity.program_names = {{}, {"ask"}, {"ask", "remind"}};
  identity.segment_names = {"small", "large"};
  metric = statistics::make_plain_metric("net_value", "currency", "net value");
  set_known_means(identity, 0, std::vector<model::KnownMean>{{model::Metric::start_value, 1234.5}}, layout);
}

SampleRun SampleRun::make_sweep(std::uint32_t replications) {
  SampleRun sample(replications);
  sample.identity.sweep = {{"segments.small.accounts", {"10", "2.5", "1_000"}},
                           {"strategies.later.guard", {"\"fatigue < 1\"", "\"\"", "\"fatigue < 2\""}}};
  sample.identity.expectations.clear();
  for (std::size_t point = 0; point < sample.identity.num_points(); ++point)
    set_known_means(sample.identity, point, std::vector<model::KnownMean>{{model::Metric::start_value, 1234.5}},
                    sample.layout);
  return sample;
}

std::int64_t SampleRun::value(int lane, std::uint32_t replication, std::size_t element) {
  const auto mixed = (static_cast<std::uint64_t>(lane) * 1000003 + replication) * 1000003 + element;
  return static_cast<std::int64_t>(mixed * 0x9e3779b97f4a7c15ULL >> 40) - (element % 3 == 0 ? 5000 : 0);
}

std::vector<std::int64_t> SampleRun::row(int lane, std::uint32_t replication) const {
  std::vector<std::int64_t> numbers(layout.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = value(lane, replication, i);
  return numbers;
}

void SampleRun::deliver(experiment::WorldSink& sink, int lane, std::uint32_t first, std::uint32_t count) const {
  std::vector<std::int64_t> rows;
  for (std::uint32_t r = first; r < first + count; ++r) {
    const auto numbers = row(lane, r);
    rows.insert(rows.end(), numbers.begin(), numbers.end());
  }
  sink.accept(lane, first, rows);
}

void SampleRun::run(const std::string& path, results::Detail detail) const {
  results::Journal journal(path, identity, layout);
  const std::uint32_t end = identity.covered().end();
  for (std::uint32_t first = identity.covered().first; first < end; first += 4) {
    const std::uint32_t count = std::min(4U, end - first);
    for (int lane = 0; lane < num_lanes(); ++lane) {
      for (std::uint32_t r = first; r < first + count; ++r) {
        if (!journal.is_done({lane, r})) deliver(journal, lane, r, 1);
      }
    }
  }
  publish(path, journal, detail);
}

void SampleRun::publish(const std::string& path, results::Journal& journal, results::Detail detail) const {
  publish_results(path, identity, model, layout, metric, journal, detail);
}

TemporaryFolder::TemporaryFolder() {
  // In memory where possible: hundreds of journals are synced.
  const bool has_memory = ::access("/dev/shm", W_OK) == 0;
  std::string name = (has_memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) + "/vouch-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

std::vector<std::string> TemporaryFolder::list() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

FileSizeLimit::FileSizeLimit(std::uint64_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
  ::getrlimit(RLIMIT_FSIZE, &before_);
  rlimit limit = before_;
  limit.rlim_cur = bytes;
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

FileSizeLimit::~FileSizeLimit() {
  ::setrlimit(RLIMIT_FSIZE, &before_);
  std::signal(SIGXFSZ, handler_);
}

std::vector<char> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, const std::vector<char>& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace vouch::test
