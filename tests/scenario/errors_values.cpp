// SPDX-License-Identifier: Apache-2.0
// Values that cannot be: each with its exact message and place.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::errors_of;
using test::sample_text;
using test::sample_with;

namespace {

struct Wrong {
  std::string line;     ///< in place of `accounts = 100`, line 5
  std::string message;  ///< after "s.toml:5:"
};

void check_segment(const Wrong& wrong) {
  const auto errors = errors_of(
      sample_with("accounts = 100", wrong.line + (wrong.line.find("accounts") == 0 ? "" : "\naccounts = 100")));
  INFO(wrong.line);
  REQUIRE(errors.size() == 1);
  CHECK(errors.front() == "s.toml:5:" + wrong.message);
}

std::string explained(const std::string& key) { return "; `vouch keys " + key + "` explains it"; }

}  // namespace

TEST_CASE("numbers of the wrong kind or out of range are told") {
  const std::string whole = "error: accounts must be a whole number in [0, 4294967295], not ";
  const Wrong cases[] = {
      {"accounts = \"many\"", "12: " + whole + "\"many\"" + explained("accounts")},
      {"accounts = 1.5", "12: " + whole + "1.5" + explained("accounts")},
      {"accounts = -1", "12: " + whole + "-1" + explained("accounts")},
      {"accounts = inf", "12: " + whole + "inf" + explained("accounts")},
      {"accounts = nan", "12: " + whole + "nan" + explained("accounts")},
      {"accounts = true", "12: " + whole + "true" + explained("accounts")},
      {"accounts = false", "12: " + whole + "false" + explained("accounts")},
      {"accounts = [1]", "12: " + whole + "[1]" + explained("accounts")},
      {"accounts = 1979-05-27", "12: " + whole + "a date" + explained("accounts")},
      {"accounts = { value = -1, source = \"x\" }", "22: " + whole + "-1" + explained("accounts")},
      {"value_probability = 1.4",
       "21: error: value_probability must be a number in [0, 1], not 1.4" + explained("value_probability")},
      {"incidents_per_year = nan",
       "22: error: incidents_per_year must be a number >= 0, not nan" + explained("incidents_per_year")},
      {"label = 3", "9: error: label must be a string, not 3" + explained("label")},
      {"id = -1", "6: error: id must be a whole number in [0, 9007199254740991], or false, not -1" + explained("id")},
  };
  for (const Wrong& wrong : cases) check_segment(wrong);
}

TEST_CASE("impossible distributions are told at their place") {
  const std::string write_lognormal = "; write { distribution = \"lognormal\", median = 42, sigma = 0.6 }";
  const Wrong cases[] = {
      {"quality = { distribution = \"lognormall\", median = 3, sigma = 1 }",
       "28: error: unknown distribution \"lognormall\"; did you mean 'lognormal'?"},
      {"quality = { distribution = \"cauchy\" }",
       "28: error: unknown distribution \"cauchy\"; distributions: constant, uniform, exponential, gamma, lognormal, "
       "weibull, "
       "normal, beta, empirical, poisson, geometric, negative_binomial, zeta"},
      {"quality = { distribution = 3 }",
       "28: error: unknown distribution 3; distributions: constant, uniform, exponential, gamma, lognormal, weibull, "
       "normal, beta, "
       "empirical, poisson, geometric, negative_binomial, zeta"},
      {"quality = { distribution = \"lognormal\", median = 3 }",
       "11: error: lognormal needs 'sigma'" + write_lognormal},
      {"quality = { distribution = \"lognormal\", median = 3, sigma = \"x\" }",
       "61: error: sigma of lognormal must be a number, not \"x\"" + write_lognormal},
      {"quality = { distribution = \"lognormal\", median = inf, sigma = 1 }",
       "50: error: median of lognormal must be a number, not inf" + write_lognormal},
      {"quality = { distribution = \"lognormal\", median = 3, sigma = 1, mean = 2 }",
       "64: error: lognormal has no parameter 'mean' (a key that nothing reads would be ignored)" + write_lognormal},
      {"quality = { distribution = \"normal\", mean = 0, sd = -1 }",
       "11: error: impossible parameters of normal (sd must not be negative); write for example { distribution = "
       "\"normal\", mean = "
       "0, sd = 1 }"},
      {"quality = { distribution = \"empirical\", values = [1, \"x\"] }",
       "50: error: empirical needs lists of numbers; write { distribution = \"empirical\", values = [1, 2], weights = "
       "[3, 1] }"},
      {"quality = { distribution = \"empirical\" }",
       "11: error: empirical needs lists of numbers; write { distribution = \"empirical\", values = [1, 2], weights = "
       "[3, 1] }"},
      {"quality = { mean = 0 }",
       "11: error: quality must be a number or a distribution, not { mean = 0 }" + explained("quality")},
      {"quality = \"good\"",
       "11: error: quality must be a number or a distribution, not \"good\"" + explained("quality")},
      {"tenure_days = { distribution = \"uniform\", low = -5, high = 5 }",
       "15: error: tenure_days must be a number >= 0 or a distribution, not { distribution = \"uniform\", low = "
       "-5,..." +
           explained("tenure_days")},
      {"tenure_days = inf",
       "15: error: tenure_days must be a number >= 0 or a distribution, not inf" + explained("tenure_days")},
      {"contract_days = 0", "17: error: contract_days must be a number > 0 or a distribution (inf allowed), not 0" +
                                explained("contract_days")},
  };
  for (const Wrong& wrong : cases) check_segment(wrong);
}

TEST_CASE("counts must be whole") {
  const Wrong cases[] = {
      {"names_per_yes = 1.5",
       "17: error: names_per_yes must be a whole number >= 0 or a distribution of counts, not 1.5" +
           explained("names_per_yes")},
      {"peers = \"many\"",
       "9: error: peers must be a whole number >= 0 or a distribution of counts or \"unlimited\", not \"many\"" +
           explained("peers")},
      {"peers = { distribution = \"normal\", mean = 3, sd = 1 }",
       "9: error: normal is no distribution of counts here (peers is a number of people); use poisson, geometric, "
       "negative_binomial, "
       "zeta or whole numbers"},
      {"peers = { distribution = \"empirical\", values = [1, 2.5] }",
       "9: error: empirical is no distribution of counts here (peers is a number of people); use poisson, geometric, "
       "negative_binomial, zeta or whole numbers"},
  };
  for (const Wrong& wrong : cases) check_segment(wrong);
}

TEST_CASE("shares must sum to one") {
  const Wrong cases[] = {
      {"peer_segments = { smb = 0.5 }",
       "17: error: peer_segments sums to 0.5 (they are probabilities of all that can be); make them sum to 1"},
      {"peer_segments = { smb = 1.5 }",
       "25: error: peer_segments.smb must be a number in [0, 1], not 1.5" + explained("peer_segments")},
      {"peer_segments = 3", "17: error: peer_segments must be a table of probabilities that sum to 1, or false, not 3" +
                                explained("peer_segments")},
      {"peer_segments = {}",
       "17: error: peer_segments sums to 0 (they are probabilities of all that can be); make them sum to 1"},
  };
  for (const Wrong& wrong : cases) check_segment(wrong);
  CHECK(errors_of(sample_with("accounts = 100", "accounts = 100\npeer_segments = { smb = 0.9999999999 }")).empty());
}

TEST_CASE("what stands beside a value is checked too") {
  const Wrong cases[] = {
      {"quality = { value = 1, source = 3 }", "33: error: a source or note must be a string, not a whole number"},
      {"quality = { value = 1, sourc = \"x\" }",
       "24: error: unknown key 'sourc' beside a value (a key that nothing reads would be ignored); did you mean "
       "'source'?"},
  };
  for (const Wrong& wrong : cases) check_segment(wrong);
}

TEST_CASE("programs' values are checked") {
  const auto error_of = [](std::string_view line) {
    const auto errors = errors_of(sample_text(line));
    REQUIRE(errors.size() == 1);
    return errors.front();
  };
  CHECK(error_of("reach = \"news\"") == "s.toml:29:9: error: reach cannot be 'news'; did you mean 'new'?");
  CHECK(error_of("form = \"letter\"") ==
        "s.toml:29:8: error: form cannot be 'letter'; choose among: introduction, contact, mention");
  CHECK(error_of("form = 3") ==
        "s.toml:29:8: error: form must be one of \"introduction\", \"contact\", \"mention\", not 3" +
            explained("form"));
  CHECK(error_of("backlog = { spread = 3 }") ==
        "s.toml:29:11: error: backlog must be \"skip\" or { spread_days = DAYS }, not { spread = 3 }" +
            explained("backlog"));
  CHECK(error_of("backlog = { spread_days = -3 }") ==
        "s.toml:29:27: error: backlog.spread_days must be a number >= 0, not -3" + explained("backlog"));
  CHECK(error_of("favours = { gap_days = 0 }") ==
        "s.toml:29:24: error: favours.gap_days must be a number > 0, not 0" + explained("favours"));
  CHECK(error_of("favours = { gap_days = 60, gard = \"\" }") ==
        "s.toml:29:28: error: unknown key 'gard' in favours (a key that nothing reads would be ignored); did you mean "
        "'guard'?");
  CHECK(error_of("max_asks = \"few\"") ==
        "s.toml:29:12: error: max_asks must be a whole number in [0, 1000000000] or \"unlimited\", not \"few\"" +
            explained("max_asks"));
  CHECK(error_of("stop_after_no = 1") ==
        "s.toml:29:17: error: stop_after_no must be true or false, not 1" + explained("stop_after_no"));
  CHECK(error_of("conduct = { template = \"x\" }") ==
        "s.toml:29:24: error: conduct.template must be a number, not \"x\"" + explained("conduct"));
  CHECK(error_of("thank_you_days = -1") ==
        "s.toml:29:18: error: thank_you_days must be a number >= 0, or false, not -1" + explained("thank_you_days"));
  CHECK(error_of("guard = 3").find("s.toml:29:9: error: guard must be a condition such as") == 0);
}

TEST_CASE("impulses are checked") {
  const auto error_of = [](std::string_view impulse) {
    const auto errors =
        errors_of(sample_with("impulses = { fatigue = 1.0 }", "impulses = { " + std::string(impulse) + " }"));
    REQUIRE(errors.size() == 1);
    return errors.front();
  };
  CHECK(error_of("fatigue = { times = \"fatigue\" }") ==
        "s.toml:14:24: error: an impulse has no amount; write { amount = 0.3, times = \"STOCK\" }");
  CHECK(error_of("fatigue = { amount = 1, times = \"goodwil\" }") ==
        "s.toml:14:46: error: unknown stock 'goodwil' (in impulses); stocks: fatigue");
  CHECK(error_of("fatigue = { amount = 1, time = \"fatigue\" }") ==
        "s.toml:14:38: error: unknown key 'time' in an impulse (a key that nothing reads would be ignored); did you "
        "mean 'times'?");
  CHECK(error_of("fatigue = { amount = \"x\" }") ==
        "s.toml:14:35: error: impulses.fatigue must be a number, not \"x\"" + explained("impulses"));
  CHECK(error_of("fatigu = 1") == "s.toml:14:14: error: unknown stock 'fatigu' (in impulses); did you mean 'fatigue'?");
}
