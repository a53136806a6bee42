// SPDX-License-Identifier: Apache-2.0
#include "scenario/guard_parser.hpp"

#include <array>

#include "random/words.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace vouch;
using scenario::GuardError;
using scenario::parse_guard;

namespace {

const std::vector<std::string> stocks = {"fatigue", "goodwill"};

/// fatigue = 1.5, goodwill = 0, num_asks = 2, value_realised = 1, everything else 0.
bool holds_in_example(std::string_view text) {
  return model::holds(parse_guard(text, stocks), [](model::Feature feature) {
    if (feature == model::stock_feature(0)) return 1.5;
    if (feature == model::Feature::num_asks) return 2.0;
    return feature == model::Feature::value_realised ? 1.0 : 0.0;
  });
}

/// "position: message" of the error that the text makes.
std::string error_of(std::string_view text) {
  try {
    parse_guard(text, stocks);
  } catch (const GuardError& error) {
    return std::to_string(error.at()) + ": " + error.what();
  }
  return "none";
}

/// A random condition with its truth under the example, from one word after another.
class RandomGuard {
 public:
  explicit RandomGuard(std::uint64_t seed) : seed_(seed) {}

  std::pair<std::string, bool> make(int depth) {
    const std::uint64_t kind = depth == 0 ? 0 : pick(4);
    if (kind == 0) return leaf();
    if (kind == 1) {
      const auto [text, truth] = make(depth - 1);
      return {"not (" + text + ")", !truth};
    }
    const auto [left, a] = make(depth - 1);
    const auto [right, b] = make(depth - 1);
    if (kind == 2) return {"(" + left + ") and (" + right + ")", a && b};
    return {"(" + left + ") or (" + right + ")", a || b};
  }

  std::uint64_t pick(std::uint64_t count) { return random::compute_philox(next_++, 0, 0, 0, seed_).first % count; }

 private:
  std::pair<std::string, bool> leaf() {
    static constexpr std::array<std::pair<const char*, bool>, 8> leaves = {{{"fatigue < 2", true},
                                                                            {"fatigue >= 1.6", false},
                                                                            {"num_asks == 2", true},
                                                                            {"2 > num_asks", false},
                                                                            {"value_realised", true},
                                                                            {"testimonial", false},
                                                                            {"goodwill != 0", false},
                                                                            {"-1 <= goodwill", true}}};
    return leaves[pick(leaves.size())];
  }

  std::uint64_t seed_;
  std::uint32_t next_ = 0;
};

}  // namespace

TEST_CASE("guards compare features with numbers") {
  CHECK(holds_in_example(""));
  CHECK(holds_in_example("  "));
  CHECK(holds_in_example("fatigue < 2"));
  CHECK_FALSE(holds_in_example("fatigue > 2"));
  CHECK(holds_in_example("fatigue <= 1.5"));
  CHECK(holds_in_example("fatigue >= 1.5"));
  CHECK(holds_in_example("fatigue == 1.5"));
  CHECK_FALSE(holds_in_example("fatigue != 1.5"));
  CHECK(holds_in_example("2 > fatigue"));
  CHECK(holds_in_example("1 <= fatigue"));
  CHECK(holds_in_example("value_realised"));
  CHECK_FALSE(holds_in_example("opted_out"));
  CHECK(holds_in_example("goodwill > -1e-3"));
}

TEST_CASE("guards: not binds tighter than and, and tighter than or") {
  CHECK(holds_in_example("value_realised or testimonial and opted_out"));
  CHECK_FALSE(holds_in_example("(value_realised or testimonial) and opted_out"));
  CHECK(holds_in_example("not testimonial and value_realised"));
  CHECK_FALSE(holds_in_example("not (testimonial or value_realised)"));
  CHECK(holds_in_example("not not value_realised"));
  CHECK(holds_in_example("value_realised and fatigue < 2 and not (num_asks > 2 or opted_out)"));
}

TEST_CASE("random guards hold exactly when their parts say so") {
  RandomGuard guards(test::seed_of("random guards"));
  for (int i = 0; i < 500; ++i) {
    const auto [text, truth] = guards.make(5);
    INFO(text);
    CHECK(holds_in_example(text) == truth);
  }
}

TEST_CASE("guards tell what is wrong, and where") {
  CHECK(error_of("fatige < 2") == "0: unknown feature 'fatige'");
  CHECK(error_of("fatigue <") == "9: a number was expected here");
  CHECK(error_of("fatigue < goodwill") == "10: a number was expected here");
  CHECK(error_of("fatigue = 2") == "8: '=' is no comparison");
  CHECK(error_of("fatigue < 2 && opted_out") == "12: '&' is no part of a condition");
  CHECK(error_of("fatigue < 0,5") == "11: ',' is no part of a condition");
  CHECK(error_of("fatigue < 2 opted_out") == "12: 'opted_out' follows a whole condition");
  CHECK(error_of("fatigue < 2 and") == "15: a feature was expected here");
  CHECK(error_of("and fatigue < 2") == "0: a feature was expected here");
  CHECK(error_of("(fatigue < 2") == "0: '(' is never closed");
  CHECK(error_of("fatigue < 2)") == "11: ')' closes nothing");
  CHECK(error_of("3 fatigue") == "2: a comparison was expected here");
  CHECK(error_of("fatigue < 1.2.3") == "13: '.3' follows a whole condition");
  CHECK(error_of("fatigue < 1e999") == "10: a number was expected here");
  CHECK(error_of("peer_tie > 0.5") == "0: unknown feature 'peer_tie'");
  CHECK(error_of("fatigue < 2 \xc3\xa9") == "12: this character is no part of a condition");
}

TEST_CASE("guards are limited in depth, never in length") {
  std::string chain = "fatigue < 2";
  for (int i = 0; i < 1000; ++i) chain += " and fatigue < 2";
  CHECK(holds_in_example(chain));
  std::string nested = "fatigue < 2";
  for (int i = 1; i < model::Guard::max_depth; ++i) nested = "fatigue < 2 and (" + nested + ")";
  CHECK(holds_in_example(nested));
  CHECK(error_of("fatigue < 2 and (" + nested + ")").find("nested too deeply") != std::string::npos);
  CHECK(error_of(std::string(100000, '(')).find("nested too deeply") != std::string::npos);
  std::string negations;
  for (int i = 0; i < 100000; ++i) negations += "not ";
  CHECK(error_of(negations + "opted_out").find("nested too deeply") != std::string::npos);
}

TEST_CASE("a guard's error stands at its place in the file") {
  using test::errors_of;
  using test::sample_text;
  CHECK(errors_of(sample_text("guard = \"fatigue < 2 and opted_outt\"\n")) ==
        std::vector<std::string>{
            "s.toml:29:26: error: unknown feature 'opted_outt' (in a guard); did you mean 'opted_out'?"});
  CHECK(errors_of(sample_text("guard = { value = 'fatigue <', source = \"x\" }\n")) ==
        std::vector<std::string>{
            "s.toml:29:29: error: a number was expected here (in a guard); a feature is compared with a number"});
  CHECK(errors_of(sample_text("guard = \"\"\"\nfatigue < 2\n  and opted_outt\"\"\"\n")) ==
        std::vector<std::string>{
            "s.toml:31:7: error: unknown feature 'opted_outt' (in a guard); did you mean 'opted_out'?"});
  CHECK(errors_of(sample_text("guard = \"fatigue < 2 \\u0061nd opted_outt\"\n")) ==
        std::vector<std::string>{
            "s.toml:29:9: error: unknown feature 'opted_outt' (at character 17 of the guard); did you "
            "mean 'opted_out'?"});
}
