// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include "support/catch.hpp"

using namespace vouch;
using cli::format_progress;

TEST_CASE("progress tells share, speed, time left and who leads") {
  CHECK(format_progress({142, 100, 1000}, 2.0, "leading so far: early") ==
        " 14 % of 1,000 worlds, 21 worlds/s, 0:41 left, leading so far: early");
  CHECK(format_progress({3, 0, 10}, 1.0, "") == " 30 % of 10 worlds, 3.0 worlds/s, 0:03 left");
}

TEST_CASE("nothing done yet has no speed") { CHECK(format_progress({5, 5, 10}, 0.0, "") == " 50 % of 10 worlds"); }

TEST_CASE("a run that may end earlier has a limit, and no time left") {
  CHECK(format_progress({142, 100, 200}, 2.0, "leading so far: early", 1000) ==
        "142 of at most 1,000 worlds, 21 worlds/s, leading so far: early");
}

TEST_CASE("the longest remark that fits is told") {
  const std::vector<std::string> remarks = {"a long remark", "a remark", "short"};
  const auto fit = [&](std::size_t width) { return cli::fit_progress({5, 5, 10}, 0.0, remarks, 0, width); };
  CHECK(fit(100) == " 50 % of 10 worlds, a long remark");
  CHECK(fit(33) == " 50 % of 10 worlds, a long remark");
  CHECK(fit(32) == " 50 % of 10 worlds, a remark");
  CHECK(fit(5) == " 50 % of 10 worlds, short");
  CHECK(cli::fit_progress({5, 5, 10}, 0.0, {}, 0, 5) == " 50 % of 10 worlds");
}
