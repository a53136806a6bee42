// SPDX-License-Identifier: Apache-2.0
#include "results/results_file.hpp"

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "results/labelled_file.hpp"
#include "results/sample.hpp"
#include "results/sealed_file.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::results;
using Catch::Matchers::Contains;
using vouch::test::SampleRun;
using vouch::test::TemporaryFolder;

namespace {

Error catch_error(const std::string& path) {
  return test::catch_error([&] { open_results(path); });
}

/// A block summed over the elements that `wanted(source, segment, cohort)` chooses; metrics have source 0 only.
template <typename Wanted>
double sum_block(const SampleRun& sample, const std::string& name, int strategy, std::uint32_t replication,
                 Wanted wanted) {
  const model::ObservationBlock& block = *sample.layout.find(name);
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < block.size; ++k) {
    if (wanted(static_cast<int>(k / 4), static_cast<int>(k / 2 % 2), static_cast<int>(k % 2))) {
      sum += SampleRun::value(strategy, replication, block.offset + k);
    }
  }
  return static_cast<double>(sum) * model::scale_of(block.unit);
}

}  // namespace

TEST_CASE("what was written reads back") {
  const TemporaryFolder folder;
  const SampleRun sample(600);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  const RunIdentity& identity = file.identity();
  CHECK(identity.title == sample.identity.title);
  CHECK(identity.question == sample.identity.question);
  CHECK(identity.scenario_text == sample.identity.scenario_text);
  CHECK(identity.canonical_command == sample.identity.canonical_command);
  CHECK(identity.seed == 7);
  CHECK_FALSE(identity.antithetic);
  CHECK(identity.replications == 600);
  CHECK(identity.baseline == "never");
  CHECK(identity.metric == "net_value");
  CHECK(identity.confidence == 0.95);
  CHECK(identity.version == "0.1.0");
  CHECK(identity.git_sha1 == sample.identity.git_sha1);
  CHECK(identity.strategy_names == sample.identity.strategy_names);
  CHECK(identity.program_names == sample.identity.program_names);
  CHECK(identity.segment_names == sample.identity.segment_names);
  CHECK(file.find_metric("start_value")->expectation == std::vector<double>{1234.5});
  CHECK(file.find_metric("cold_wins")->expectation.empty());
  CHECK(file.worlds_digest() == compute_worlds_digest(sample.identity, sample.layout));
  CHECK(file.source_names() == std::vector<std::string>{"cold", "organic", "program_1", "program_2"});
  CHECK(file.bin_starts() == std::vector<double>{0.0, 30.0, 60.0});
  CHECK(file.metrics().size() == static_cast<std::size_t>(model::num_metrics + model::num_funnel));
  for (const MetricInfo& info : file.metrics()) {
    const model::ObservationBlock* block = sample.layout.find(info.name);
    REQUIRE(block != nullptr);
    CHECK(info.unit == model::name_of(block->unit));
    CHECK(info.description == block->description);
    CHECK(info.by_source == (block->group == "funnel"));
  }
  CHECK(file.series_names().size() == static_cast<std::size_t>(model::num_series + model::num_source_series));
  CHECK(file.series().size() == file.series_names().size());
  for (const SeriesInfo& info : file.series()) {
    const model::ObservationBlock* block = sample.layout.find("series_" + info.name);
    REQUIRE(block != nullptr);
    CHECK(info.unit == model::name_of(block->unit));
    CHECK(info.description == block->description);
    CHECK(info.by_source == (block->axes.size() == 2));
  }
  CHECK(file.curve_names().size() == static_cast<std::size_t>(model::num_curves));
}

TEST_CASE("every metric of every world reads back: in total, by segment, by cohort, by source") {
  const TemporaryFolder folder;
  const SampleRun sample(520);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  const int strategy = 2;
  for (const MetricInfo& info : file.metrics()) {
    const auto total = file.read_metric(info.name, strategy);
    const auto large = file.read_metric(info.name, strategy, {.segment = 1});
    const auto fresh = file.read_metric(info.name, strategy, {.cohort = 1});
    REQUIRE(total.size() == 520);
    for (const std::uint32_t r : {0U, 511U, 512U, 519U}) {
      REQUIRE(total[r] == Approx(sum_block(sample, info.name, strategy, r, [](int, int, int) { return true; })));
      REQUIRE(large[r] ==
              Approx(sum_block(sample, info.name, strategy, r, [](int, int segment, int) { return segment == 1; })));
      REQUIRE(fresh[r] ==
              Approx(sum_block(sample, info.name, strategy, r, [](int, int, int cohort) { return cohort == 1; })));
    }
    if (!info.by_source) {
      CHECK_THROWS_AS(file.read_metric(info.name, strategy, {.source = 0}), Error);
      continue;
    }
    const auto organic = file.read_metric(info.name, strategy, {.source = 1});
    REQUIRE(organic[3] ==
            Approx(sum_block(sample, info.name, strategy, 3, [](int source, int, int) { return source == 1; })));
    const auto large_organic = file.read_metric(info.name, strategy, {.segment = 1, .source = 1});
    REQUIRE(large_organic[513] == Approx(sum_block(sample, info.name, strategy, 513, [](int source, int segment, int) {
              return source == 1 && segment == 1;
            })));
  }
}

TEST_CASE("series and curves read back as moments over worlds") {
  const TemporaryFolder folder;
  const SampleRun sample(9);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  const std::size_t offset = sample.layout.find("series_asks")->offset;
  test::SampleRun empty(1);
  double mean = 0.0;
  double difference = 0.0;
  for (std::uint32_t r = 0; r < 9; ++r) {
    mean += static_cast<double>(SampleRun::value(1, r, offset + 2)) / 9.0;
    difference += static_cast<double>(SampleRun::value(1, r, offset + 2) - SampleRun::value(0, r, offset + 2)) / 9.0;
  }
  CHECK(file.read_series("asks", 1, Statistic::mean).at(2) == Approx(mean));
  CHECK(file.read_series("asks", 1, Statistic::difference_mean).at(2) == Approx(difference));
  CHECK(file.read_series("asks", 0, Statistic::difference_mean).at(2) == 0.0);
  CHECK(file.read_series("asks", 0, Statistic::difference_variance).at(2) == 0.0);
  CHECK(file.read_series("asks", 1, Statistic::variance).at(2) > 0.0);
}

TEST_CASE("series read back as quantiles over worlds") {
  const TemporaryFolder folder;
  const SampleRun sample(9);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  CHECK(file.quantiles() == std::vector<double>{0.05, 0.25, 0.5, 0.75, 0.95});
  const std::vector<double> quantiles = file.read_series_quantiles("asks", 1);
  REQUIRE(quantiles.size() == 3 * 5);
  const std::size_t element = sample.layout.find("series_asks")->offset + 2;
  std::vector<std::int64_t> values;
  for (std::uint32_t r = 0; r < 9; ++r) values.push_back(SampleRun::value(1, r, element));
  std::sort(values.begin(), values.end());
  CHECK(quantiles[2 * 5 + 2] == Approx(static_cast<double>(values[4])));
  CHECK(quantiles[2 * 5 + 1] == Approx(static_cast<double>(values[2])));
  CHECK(file.read_series_quantiles("source_won", 1).size() == 3 * 4 * 5);
  CHECK_THROWS_AS(file.read_series_quantiles("nothing", 0), Error);
}

TEST_CASE("a curve knows what it runs along") {
  const TemporaryFolder folder;
  const SampleRun sample(2);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  for (const std::string& name : file.curve_names())
    CHECK(file.curve_axis(name).lower.size() == file.read_curve(name, 0, Statistic::mean).size());
  const CurveAxis tenure = file.curve_axis("tenure_yes");
  CHECK(tenure.name == "tenure");
  CHECK(tenure.unit == "days");
  CHECK(tenure.lower.at(24) == 720.0);
  CHECK(file.curve_axis("fatigue_asks").lower.at(1) == 0.25);
  CHECK(file.curve_axis("generation_wins").lower.at(3) == 3.0);
  CHECK(file.curve_axis("peers_wins").lower == std::vector<double>{0.0, 1.0, 3.0, 6.0, 11.0});
  CHECK(file.curve_axis("quality_wins").lower.at(0) == -std::numeric_limits<double>::infinity());
  CHECK(file.curve_axis("quality_wins").lower.at(4) == 2.0);
  CHECK_THROWS_AS(file.curve_axis("quality"), Error);
}

TEST_CASE("a name that a file has not is a usage error with the nearest one") {
  const TemporaryFolder folder;
  const SampleRun sample(3);
  sample.run(folder / "r.h5");
  const ResultsFile file = open_results(folder / "r.h5");
  CHECK(file.find_metric("net_value") != nullptr);
  CHECK(file.find_metric("net_valeu") == nullptr);
  try {
    file.read_metric("net_valeu", 0);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    CHECK_THAT(error.what(), Contains("did you mean 'net_value'?"));
  }
  CHECK_THROWS_AS(file.read_series("nothing", 0, Statistic::mean), Error);
}

TEST_CASE("a damaged results file is a data error at whatever byte, and never a crash") {
  const TemporaryFolder folder;
  const SampleRun sample(2);
  const std::string path = folder / "r.h5";
  sample.run(path);
  const auto whole = test::read_bytes(path);
  const std::size_t step = std::max<std::size_t>(1, whole.size() / 400);
  for (std::size_t byte = 0; byte < whole.size(); byte += step) {
    auto damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    test::write_bytes(path, damaged);
    REQUIRE(catch_error(path).code() == ExitCode::data);
    test::write_bytes(path, {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(byte)});
    REQUIRE(catch_error(path).code() == ExitCode::data);
  }
  auto longer = whole;
  longer.push_back('x');
  test::write_bytes(path, longer);
  CHECK(catch_error(path).code() == ExitCode::data);
  test::write_bytes(path, whole);
  CHECK_NOTHROW(open_results(path));
}

TEST_CASE("each kind of wrong file says what it is and what to do") {
  const TemporaryFolder folder;
  const std::string path = folder / "r.h5";
  const auto write_labelled = [&path](const std::vector<Attribute>& attributes) {
    LabelledFile file;
    for (const Attribute& attribute : attributes) file.add_root_attribute(attribute);
    publish_sealed(path, file.finish());
  };
  CHECK(catch_error(path).code() == ExitCode::io);
  CHECK_THAT(catch_error(path).what(), Contains("cannot open '" + path + "': No such file or directory"));
  CHECK_THAT(catch_error(folder / "").what(), Contains("it is a folder; name a file"));
  test::write_bytes(path, {});
  CHECK_THAT(catch_error(path).what(), Contains("is empty; make it again with vouch run"));
  test::write_bytes(path, std::vector<char>(1000, 'x'));
  CHECK_THAT(catch_error(path).what(), Contains("is no results file of vouch"));
  write_labelled({{"filetype", std::string("another")}});
  CHECK_THAT(catch_error(path).what(), Contains("is no results file of vouch"));
  write_labelled({{"filetype", std::string("vouch results")},
                  {"schema_version", std::int64_t{99}},
                  {"vouch_version", std::string("9.9.9")}});
  CHECK(catch_error(path).code() == ExitCode::data);
  CHECK_THAT(catch_error(path).what(),
             Contains("schema version 99") && Contains("reads version 3") && Contains("vouch 9.9.9"));
  write_labelled(
      {{"filetype", std::string("vouch results")}, {"schema_version", std::int64_t{results_schema_version}}});
  CHECK(catch_error(path).code() == ExitCode::data);
  CHECK_THAT(catch_error(path).what(), Contains("does not hold what results of schema version 3 must hold"));
}

TEST_CASE("a run is found complete only if all its worlds are there") {
  const TemporaryFolder folder;
  const SampleRun sample;
  const std::string path = folder / "r.h5";
  CHECK_FALSE(find_completed(path, sample.identity, sample.layout));
  sample.run(path);
  CHECK(find_completed(path, sample.identity, sample.layout));
  const auto is_found = [&](auto change) {
    RunIdentity other = sample.identity;
    change(other);
    return find_completed(path, other, sample.layout);
  };
  CHECK_FALSE(is_found([](RunIdentity& other) { other.replications = 10; }));
  CHECK_FALSE(is_found([](RunIdentity& other) { other.replications = 21; }));
  CHECK_FALSE(is_found([](RunIdentity& other) { other.seed = 8; }));
  CHECK_FALSE(is_found([](RunIdentity& other) { other.baseline = "later"; }));
  CHECK(is_found([](RunIdentity& other) { other.canonical_command = "another way to say the same"; }));
}

TEST_CASE("the same worlds asked for with another title, metric or detail are another run") {
  const TemporaryFolder folder;
  SampleRun sample;
  sample.identity.worlds_text = "the same worlds";
  sample.run(folder / "r.h5");
  RunIdentity other = sample.identity;
  CHECK(find_completed(folder / "r.h5", other, sample.layout));
  other.scenario_text += "confidence = 0.9\n";
  CHECK(compute_worlds_digest(other, sample.layout) == compute_worlds_digest(sample.identity, sample.layout));
  CHECK_FALSE(find_completed(folder / "r.h5", other, sample.layout));
}
