// SPDX-License-Identifier: Apache-2.0
#include "report/number.hpp"

#include "support/catch.hpp"

using namespace vouch::report;
using vouch::statistics::Estimate;
using vouch::statistics::Interval;

namespace {
Estimate make(double value, double error) { return {10, value, error, 2 * error, {}, {}}; }
int decimals_of(double value, double error, double factor = 1.0) {
  const Estimate estimate = make(value, error);
  return choose_decimals({&estimate, 1}, factor);
}
}  // namespace

TEST_CASE("numbers keep two digits of their error") {
  CHECK(decimals_of(1234567, 4300) == -2);
  CHECK(decimals_of(12.3456, 0.012) == 3);
  CHECK(decimals_of(12.3456, 1.2) == 1);
  CHECK(decimals_of(12.3456, 9.99) == 1);
  CHECK(decimals_of(0.5, 0.012, 100.0) == 1);
  CHECK(decimals_of(0.5, 1e-300) == 6);
}

TEST_CASE("numbers without an error are shown exactly") {
  CHECK(decimals_of(100, 0) == 0);
  CHECK(decimals_of(0.25, 0) == 2);
  CHECK(decimals_of(1.0 / 3, 0) == 6);
  const Estimate unknown{1, 5.0, {}, {}, {}, {}};
  CHECK(choose_decimals({&unknown, 1}) == 0);
  CHECK(choose_decimals({}) == 0);
}

TEST_CASE("a share that no world shows is as well known as its interval tells") {
  const Estimate never{10, 0.0, 0.0, 0.0, Interval{0.0, 0.0037}, {}};
  CHECK(choose_decimals({&never, 1}, 100.0) == 3);
}

TEST_CASE("worlds are counted") {
  const std::uint64_t counts[] = {480, 1, 1200};
  CHECK(format_worlds({counts, 1}) == "480 worlds");
  CHECK(format_worlds({counts + 1, 1}) == "1 world");
  CHECK(format_worlds(counts) == "1 to 1,200 worlds");
  CHECK(format_worlds({}) == "no worlds");
}

TEST_CASE("a column is rounded by its median error, and no error vanishes") {
  const Estimate alike[] = {make(5, 30), make(5, 0), make(5, 3), make(5, 40)};
  CHECK(choose_decimals(alike) == 0);
  const Estimate unlike[] = {make(5, 300), make(5, 0.2), make(5, 400)};
  CHECK(choose_decimals(unlike) == 1);
}

TEST_CASE("numbers have separators") {
  CHECK(format_number(1234567.891, 1) == "1,234,567.9");
  CHECK(format_number(1234567.891, -2) == "1,234,600");
  CHECK(format_number(-999.5, 0) == "-1,000");
  CHECK(format_number(999, 0) == "999");
  CHECK(format_number(-0.01, 1) == "0.0");
  CHECK(format_number(-4, -1) == "0");
  CHECK(format_number(1e15, 0) == "1,000,000,000,000,000");
}

TEST_CASE("differences have signs") {
  CHECK(format_signed(12, 0) == "+12");
  CHECK(format_signed(-12, 0) == "-12");
  CHECK(format_signed(0.001, 1) == "0.0");
  CHECK(format_relative(0.1234) == "+12.3 %");
  CHECK(format_relative(-0.00042) == "-0.042 %");
}

TEST_CASE("chances claim no certainty that they lack") {
  CHECK(format_share(0) == "0 %");
  CHECK(format_share(1) == "100 %");
  CHECK(format_share(0.125) == "12 %");
  CHECK(format_chance(0) == "< 0.1 %");
  CHECK(format_chance(1) == "> 99.9 %");
  CHECK(format_confidence(0.95) == "95 %");
  CHECK(format_confidence(0.999) == "99.9 %");
  CHECK(format_chance(0.0002) == "< 0.1 %");
  CHECK(format_chance(0.9998) == "> 99.9 %");
  CHECK(format_chance(0.034) == "3.4 %");
  CHECK(format_chance(0.5) == "50 %");
  CHECK(format_chance(0.95) == "95.0 %");
}

TEST_CASE("factors and durations") {
  CHECK(format_factor(8.14) == "8.1x");
  CHECK(format_factor(1234) == "1,234x");
  CHECK(format_factor(1e9) == "> 10,000x");
  CHECK(format_duration(0) == "0:00");
  CHECK(format_duration(41.2) == "0:42");
  CHECK(format_duration(727) == "12:07");
  CHECK(format_duration(10800) == "3:00:00");
}

TEST_CASE("people count replications from 1") {
  CHECK(format_replications(200, 100) == "replications 201 to 300");
  CHECK(format_replications(0, 1) == "replication 1");
  CHECK(format_replications(1999, 2) == "replications 2,000 to 2,001");
}
