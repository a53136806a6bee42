// SPDX-License-Identifier: Apache-2.0
// Expected values: noted point by point, and kept as an attribute of one number or of several.
#include <cmath>
#include <limits>

#include "results/hdf5_reading.hpp"
#include "results/labelled_file.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::results;
using model::KnownMean;
using model::Metric;

TEST_CASE("expected values are noted by point, with gaps where they are not known") {
  test::SampleRun sample(4);
  RunIdentity& identity = sample.identity;
  identity.expectations.clear();
  identity.sweep = {{"money.margin", {"0.5", "0.6", "0.7"}}};
  set_known_means(identity, 0, std::vector<KnownMean>{{Metric::cold_wins, 7.0}}, sample.layout);
  set_known_means(identity, 2, std::vector<KnownMean>{{Metric::cold_wins, 9.0}, {Metric::cold_value, 50.0}},
                  sample.layout);
  REQUIRE(identity.expectations.size() == 2);
  CHECK(identity.expectations[0].metric == "cold_wins");
  CHECK(identity.expectations[0].values[0] == 7.0);
  CHECK(std::isnan(identity.expectations[0].values[1]));
  CHECK(identity.expectations[0].values[2] == 9.0);
  CHECK(identity.expectations[1].metric == "cold_value");
  CHECK(std::isnan(identity.expectations[1].values[0]));
  CHECK(identity.expectations[1].values[2] == 50.0);
}

TEST_CASE("an attribute holds one number or several, more than HDF5 keeps beside a variable too") {
  const test::TemporaryFolder folder;
  std::vector<double> several(20'000, 0.25);
  several[1] = std::numeric_limits<double>::quiet_NaN();
  LabelledFile file;
  const std::vector<double> ones = {1.0};
  file.add_coordinate("one", ones, "one", "1");
  file.add_variable("", "single", ValueType::float64, {"one"}, {{"expectation", 3.5}});
  file.add_variable("", "several", ValueType::float64, {"one"}, {{"expectation", several}});
  file.add_variable("", "none", ValueType::float64, {"one"}, {});
  const auto bytes = file.finish();
  const auto* const first = reinterpret_cast<const char*>(bytes.data());
  test::write_bytes(folder / "r.h5", {first, first + bytes.size()});
  const Hdf5Handle opened(H5Fopen((folder / "r.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open");
  const auto read = [&](const char* name) { return read_number_attributes(open_dataset(opened, name), "expectation"); };
  CHECK(read("single") == std::vector<double>{3.5});
  const std::vector<double> found = read("several");
  REQUIRE(found.size() == several.size());
  CHECK(found.front() == 0.25);
  CHECK(std::isnan(found[1]));
  CHECK(found.back() == 0.25);
  CHECK(read("none").empty());
}
