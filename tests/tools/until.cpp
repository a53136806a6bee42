// SPDX-License-Identifier: Apache-2.0
#include "until.hpp"

#include "core/error.hpp"
#include "report/metric_choice.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;
using Catch::Matchers::Contains;
using statistics::PrecisionAim;

namespace {

UntilSetting make_setting(std::size_t num_strategies = 3) {
  model::Model model;
  model.segments.resize(1);
  std::vector<std::string> names = {"never", "early", "late"};
  names.resize(num_strategies);
  return {report::list_metrics(model::ObservationLayout(model, 1)), "net_value", names, 0, 0.95, 1000};
}

Until parse(const std::string& text) { return parse_until(text, make_setting()); }

std::string format(const std::string& text) { return format_until(parse(text), make_setting().strategy_names); }

/// The problems, a line each.
std::string find_problems(const std::string& text, const UntilSetting& setting = make_setting()) {
  try {
    parse_until(text, setting);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    CHECK_FALSE(error.problems().empty());
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("an aim for precision") {
  const Until until = parse("net_value +- 1%");
  CHECK(until.kind == Until::Kind::precision);
  CHECK(until.metric.name == "net_value");
  CHECK(until.of == PrecisionAim::Of::values);
  CHECK(until.needed == PrecisionAim::Needed::all);
  CHECK(until.strategies.empty());
  CHECK(until.is_percent);
  CHECK(until.amount() == 0.01);
  const Until other = parse("any difference win_rate ± 0.02 of late, early");
  CHECK(other.needed == PrecisionAim::Needed::any);
  CHECK(other.of == PrecisionAim::Of::differences);
  CHECK(other.strategies == std::vector<std::size_t>{1, 2});
  CHECK_FALSE(other.is_percent);
  CHECK(other.amount() == 0.02);
}

TEST_CASE("an aim for the best, and a budget") {
  CHECK(parse("best").kind == Until::Kind::best);
  CHECK(parse("best").metric.name == "net_value");
  CHECK(parse("best").amount() == 0.01);
  CHECK(parse("best").is_percent);
  CHECK(parse("best within 5000").amount() == 5000.0);
  CHECK(parse("best by cost_per_referral_win within 2%").metric.direction == statistics::Direction::lower_is_better);
  CHECK(parse("budget").kind == Until::Kind::budget);
  CHECK(parse("budget by yes_rate").metric.name == "yes_rate");
}

TEST_CASE("one aim has one wording, which says the same again") {
  CHECK(format("net_value+-1%") == "net_value +- 1%");
  CHECK(format(" all  net_value  +/- 1 % ") == "net_value +- 1%");
  CHECK(format("any differences net_value±5e3 of late,early,late") == "any difference net_value +- 5000 of early,late");
  CHECK(format("best") == "best by net_value within 1%");
  CHECK(format("best by yes_rate within 0.015") == "best by yes_rate within 0.015");
  CHECK(format("best within 7%") == "best by net_value within 7%");
  CHECK(format("budget") == "budget by net_value");
  for (const char* text : {"any difference net_value +- 5000 of early,late", "best by yes_rate within 0.015",
                           "best by net_value within 7%", "budget by net_value", "net_value +- 0.1%"})
    CHECK(format(text) == text);
}

TEST_CASE("what is wrong with an aim is said, with what to write instead") {
  CHECK_THAT(find_problems(""), Contains("there is no aim; write for example 'net_value +- 1%'"));
  CHECK_THAT(find_problems("bst"), Contains("--until: error: 'bst' is no aim; did you mean 'best'?"));
  CHECK_THAT(find_problems("net_value 1%"), Contains("'net_value' is no aim; write for example"));
  CHECK_THAT(find_problems("net_valu +- 1%"), Contains("unknown metric 'net_valu'; did you mean 'net_value'?"));
  CHECK_THAT(find_problems("net_value +-"), Contains("the amount is missing"));
  CHECK_THAT(find_problems("+- 1%"), Contains("the metric before '+-' is missing"));
  CHECK_THAT(find_problems("net_value about +- 1%"), Contains("'about' stands where '+-' should be"));
  CHECK_THAT(find_problems("net_value +- much"), Contains("'much' is no number; write one such as 5000"));
  CHECK_THAT(find_problems("net_value +- 5,000"), Contains("'5,000' is no number; write 5000"));
  CHECK_THAT(find_problems("net_value +- 0"), Contains("'0' is no amount to aim at; write one above 0"));
  CHECK_THAT(find_problems("net_value +- -5"), Contains("'-5' is no amount"));
  CHECK_THAT(find_problems("net_value +- inf"), Contains("'inf' is no amount"));
  CHECK_THAT(find_problems("net_value +- nan"), Contains("'nan' is no amount"));
  CHECK_THAT(find_problems("net_value +- 5000 EUR"), Contains("'EUR' is one word too many"));
  CHECK_THAT(find_problems("win_rate +- 2"), Contains("write 0.02 for percentage points, or 2% for a share"));
  CHECK_THAT(find_problems("net_value +- 1% of erly"), Contains("unknown strategy 'erly'; did you mean 'early'?"));
  CHECK_THAT(find_problems("net_value +- 1% of"), Contains("the strategies after 'of' are missing"));
  CHECK_THAT(find_problems("difference net_value +- 1% of never,late"), Contains("it is the baseline"));
  CHECK_THAT(find_problems("best by"), Contains("the metric after 'by' is missing"));
  CHECK_THAT(find_problems("best by asks"), Contains("there is no best by asks (more of it is neither good nor bad)"));
  CHECK_THAT(find_problems("best at all"), Contains("'at' is one word too many"));
  CHECK_THAT(find_problems("budget of 5"), Contains("'of' is one word too many"));
}

TEST_CASE("all that is wrong is said at once") {
  const std::string text = find_problems("any net_valu +- 0 of erly,lat");
  CHECK_THAT(text, Contains("net_valu'") && Contains("'0' is no amount") && Contains("'erly'") && Contains("'lat'"));
}

TEST_CASE("one strategy can be known well, but not be the best of several") {
  const UntilSetting one = make_setting(1);
  CHECK(find_problems("net_value +- 1%", one) == "no error");
  CHECK_THAT(find_problems("best", one), Contains("'best' needs strategies to choose from (this run has one)"));
  CHECK_THAT(find_problems("budget", one), Contains("'budget' needs strategies to choose from"));
  CHECK_THAT(find_problems("difference net_value +- 1%", one), Contains("a difference needs two strategies"));
}

TEST_CASE("an aim that anybody reaches blindly, and a budget beyond counting, are refused") {
  UntilSetting setting = make_setting();
  setting.confidence = 0.3;
  CHECK_THAT(find_problems("best", setting), Contains("a confidence of 30 % is no aim"));
  setting = make_setting();
  setting.replications = 2'000'000'000;
  CHECK_THAT(find_problems("budget", setting), Contains("6,000,000,000 worlds are too many to share out"));
}
