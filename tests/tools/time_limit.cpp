// SPDX-License-Identifier: Apache-2.0
#include "time_limit.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

TEST_CASE("a time limit is read in units, the greater first, or as seconds") {
  for (const auto& [text, seconds] : std::initializer_list<std::pair<const char*, int>>{
           {"90", 90}, {"90s", 90}, {"10m", 600}, {"1h30m", 5400}, {"2d", 172800}, {"1d0h0m1s", 86401}, {"007", 7}})
    CHECK(parse_time_limit(text).count() == seconds);
}

TEST_CASE("what is no time is refused") {
  for (const char* text : {"", "0", "0m", "s", "m5", "1m1h", "1m1m", "1.5h", "-1", "+1", " 1", "1 ", "1h30", "90x",
                           "1e3", "99999999999999999999", "3651d"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_time_limit(text), Error);
  }
}

TEST_CASE("a time limit is told in words") {
  for (const auto& [seconds, text] : std::initializer_list<std::pair<int, const char*>>{{1, "1 second"},
                                                                                        {90, "1 minute 30 seconds"},
                                                                                        {600, "10 minutes"},
                                                                                        {5400, "1 hour 30 minutes"},
                                                                                        {172800, "2 days"}})
    CHECK(format_time_limit(std::chrono::seconds(seconds)) == text);
}
