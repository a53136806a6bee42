// SPDX-License-Identifier: Apache-2.0
// Names that nothing has, keys that are missing, and values that do not go together.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::errors_of;
using test::sample_text;
using test::sample_with;

namespace {

const std::string ignored = " (a key that nothing reads would be ignored); ";

std::string error_of(std::string_view text) {
  const auto errors = errors_of(text);
  REQUIRE(errors.size() == 1);
  return errors.front();
}

}  // namespace

TEST_CASE("unknown keys are told, with the nearest") {
  CHECK(error_of("titel = \"x\"\n" + sample_text()) ==
        "s.toml:1:1: error: unknown key 'titel'" + ignored + "did you mean 'title'?");
  CHECK(error_of(sample_text("[segmnts.a]\n")) ==
        "s.toml:29:2: error: unknown key 'segmnts'" + ignored + "did you mean 'segments'?");
  CHECK(error_of(sample_with("accounts = 100", "acounts = 3\naccounts = 100")) ==
        "s.toml:5:1: error: unknown key 'acounts' in [segments.smb]" + ignored + "did you mean 'accounts'?");
  CHECK(error_of(sample_with("accounts = 100", "zzzzzz = 3\naccounts = 100")) ==
        "s.toml:5:1: error: unknown key 'zzzzzz' in [segments.smb]" + ignored + "see `vouch keys segments`");
  CHECK(error_of(sample_with("half_life_days = 60", "half_life_days = 60\nceiling = 3")) ==
        "s.toml:12:1: error: unknown key 'ceiling' in [stocks.fatigue]" + ignored + "valid keys: half_life_days, cap");
  CHECK(error_of(sample_text("dely_days = 3\n")) ==
        "s.toml:29:1: error: unknown key 'dely_days' in [strategies.early]" + ignored + "did you mean 'delay_days'?");
  CHECK(error_of(sample_text("[strategies.early.programs.client]\ndely_days = 3\n")) ==
        "s.toml:30:1: error: unknown key 'dely_days' in [strategies.early.programs.client]" + ignored +
            "did you mean 'delay_days'?");
  CHECK(error_of(sample_text("[touches.aks]\n")) ==
        "s.toml:29:10: error: unknown key 'aks' in [touches]" + ignored + "did you mean 'ask'?");
  CHECK(error_of(sample_text("[outcomes.wins]\nprobability = 1\n")) ==
        "s.toml:29:11: error: unknown key 'wins' in [outcomes]" + ignored + "did you mean 'win'?");
}

TEST_CASE("keys in the wrong place are told where they belong") {
  const auto told = [](const std::string& text) { return error_of(sample_text(text)); };
  const auto unknown = [&](const std::string& key) {
    return "s.toml:29:2: error: unknown key '" + key + "'" + ignored;
  };
  CHECK(told("[strategy.s]\n") == unknown("strategy") + "did you mean 'strategies'?");
  CHECK(told("[touch.ask]\n") == unknown("touch") + "did you mean 'touches'?");
  CHECK(told("[desk]\ncalls_cap = 2\n") == unknown("desk") + "write [strategies.NAME.desk]");
  CHECK(told("[programs.a]\n") == unknown("programs") + "write [strategies.NAME.programs.NAME]");
  CHECK(told("[market]\n") == unknown("market") + "it belongs in [segments.NAME]");
  CHECK(told("[moments]\n") == unknown("moments") + "it belongs in [deals]");
  CHECK(told("[populations.p]\npeer_segments = { smb = 1 }\nmarket = 3\n") ==
        "s.toml:31:1: error: unknown key 'market' in [populations.p]" + ignored + "it belongs in [segments.NAME]");
  CHECK(told("[money]\ntitle = \"x\"\n") ==
        "s.toml:30:1: error: unknown key 'title' in [money]" + ignored + "it belongs above the first table");
  CHECK(error_of("max_asks = 3\n" + sample_text()) ==
        "s.toml:1:1: error: unknown key 'max_asks'" + ignored +
            "it belongs in [strategies.NAME] or in [strategies.NAME.programs.NAME]");
}

TEST_CASE("unknown names are told, with the nearest or all") {
  CHECK(error_of(sample_with("horizon_days = 365", "horizon_days = 365\nbaseline = \"erly\"")) ==
        "s.toml:3:12: error: unknown strategy 'erly' (in baseline); did you mean 'early'?");
  CHECK(error_of(sample_with("horizon_days = 365", "horizon_days = 365\nwarm_up_strategy = \"zzz\"")) ==
        "s.toml:3:20: error: unknown strategy 'zzz' (in warm_up_strategy); strategies: never, early");
  CHECK(error_of(sample_text("segments = [\"smb\", \"mid\"]\n")) ==
        "s.toml:29:20: error: unknown segment 'mid' (in segments); segments: smb");
  CHECK(error_of(sample_text("when = \"purchas\"\n")).find("s.toml:29") == 0);  // a key given twice is no TOML
  CHECK(error_of(sample_with("when = \"purchase\"", "when = \"purchas\"")) ==
        "s.toml:27:8: error: when cannot be 'purchas'; did you mean 'purchase'?");
  CHECK(error_of(sample_with("fatigue = -0.9", "fatige = -0.9")) ==
        "s.toml:19:35: error: unknown feature 'fatige' (in weights); did you mean 'fatigue'?");
  CHECK(error_of(sample_with("probability = 0.2", "probability = 0.2\nweights = { fatigue = 1 }")) ==
        "s.toml:23:13: error: unknown feature 'fatigue' (in weights); features: referred, introduced, mentioned, "
        "rep_tie, peer_tie, "
        "match, referrer_quality, customer_reward, reference, reference_match, capsule, credibility_gap, access_gap");
  CHECK(error_of(sample_with("intercept = -1.0", "intercept = -1.0\nsegments = { smbb = 1 }")) ==
        "s.toml:19:14: error: unknown segment or population 'smbb' (in segments); did you mean 'smb'?");
  CHECK(error_of(sample_with("accounts = 100", "accounts = 100\nsize_class = { small = 1 }")) ==
        "s.toml:6:16: error: unknown size class 'small' (in size_class); the scenario has no size classes");
  CHECK(error_of(sample_text("[deals]\nmatch = { sector = 1 }\n")) ==
        "s.toml:30:11: error: unknown name 'sector' (in match); names: segment, size_class, seniority");
}

TEST_CASE("conduct features may be declared, used, or misspelt") {
  const std::string weighed = sample_with("fatigue = -0.9", "fatigue = -0.9, template = 1");
  CHECK(error_of(weighed).find(
            "s.toml:19:51: error: unknown feature 'template' (in weights); features: fatigue, quality") == 0);
  CHECK(error_of(weighed).find("name a conduct feature in asking.conduct") != std::string::npos);
  CHECK(errors_of(weighed + "conduct = { template = 1 }\n").empty());
  CHECK(errors_of(weighed + "[asking]\nconduct = [\"template\"]\n").empty());
  CHECK(error_of(sample_text("conduct = { fatigue = 1 }\n")) ==
        "s.toml:29:13: error: 'fatigue' names a stock and a conduct feature; rename one of them");
  CHECK(error_of(sample_text("conduct = { quality = 1 }\n")) ==
        "s.toml:29:13: error: 'quality' cannot name a conduct feature (the word has a meaning of its own); choose "
        "another name");
}

TEST_CASE("names are of letters, digits, - and _") {
  CHECK(error_of(sample_text("[strategies.\"a b\"]\n")) ==
        "s.toml:29:13: error: 'a b' cannot name a strategy; use up to 64 of a-z, A-Z, 0-9, - and _ (a label can be any "
        "text)");
  CHECK(error_of(sample_text("[stocks.good-will]\nhalf_life_days = 1\n")) ==
        "s.toml:29:9: error: 'good-will' cannot name a stock; use letters, digits and _, and begin with a letter");
  CHECK(error_of(sample_text("[stocks.reward]\nhalf_life_days = 1\n")) ==
        "s.toml:29:9: error: 'reward' cannot name a stock (the word has a meaning of its own); choose another name");
  CHECK(error_of(sample_text("[segments.value]\naccounts = 1\n")) ==
        "s.toml:29:11: error: 'value' cannot name a segment (the word has a meaning of its own); choose another name");
}

TEST_CASE("what is required must be there") {
  CHECK(error_of(sample_with("horizon_days = 365", "seed = 1")) ==
        "s.toml:1:1: error: [experiment] needs 'horizon_days' (How long a world lasts; events in [0, horizon) are "
        "counted.); add "
        "horizon_days = ...");
  CHECK(error_of(sample_with("half_life_days = 60", "cap = 60")) ==
        "s.toml:10:1: error: [stocks.fatigue] needs 'half_life_days' (The stock halves in this time; inf: it never "
        "fades.); add "
        "half_life_days = ...");
  CHECK(error_of(sample_with("intercept = -1.0\n", "")) ==
        "s.toml:17:1: error: [outcomes.ask] needs 'intercept' or 'probability'; add intercept = ..., or probability = "
        "...");
  CHECK(error_of(sample_with("probability = 0.2", "probability = 0.2\nintercept = 0.1")) ==
        "s.toml:23:1: error: [outcomes.win] has a probability and an intercept (a probability is an intercept under "
        "the identity "
        "link); keep one of them");
  CHECK(error_of(sample_with("probability = 0.2", "probability = 0.2\nmaybe_margin = 0.1")) ==
        "s.toml:23:1: error: unknown key 'maybe_margin' in [outcomes.win] (only `ask` can be answered by a maybe); "
        "remove it");
}

TEST_CASE("an empty population is an error") {
  CHECK(error_of(sample_with("accounts = 100", "accounts = 0")) ==
        "s.toml:4:1: error: the population is empty (no segment has accounts or leads_per_month); give a segment "
        "accounts = ... or "
        "leads_per_month = ...");
  CHECK(error_of("[experiment]\nhorizon_days = 1\n[strategies.a]\n") ==
        "s.toml:1:1: error: the scenario has no segments (nobody would ever be asked); add [segments.NAME] with "
        "accounts or "
        "leads_per_month");
  CHECK(error_of("[experiment]\nhorizon_days = 1\n[segments.a]\naccounts = 1\n") ==
        "s.toml:1:1: error: the scenario has no strategies (there is nothing to compare); add [strategies.NAME]; one "
        "without `when` "
        "never asks");
  CHECK(error_of(sample_with("horizon_days = 365", "horizon_days = 365\nmax_accounts = 99")) ==
        "s.toml:3:16: error: 100 accounts exceed max_accounts = 99 (every world would stop at its start); raise "
        "experiment.max_accounts");
}

TEST_CASE("values must go together") {
  CHECK(error_of(sample_with("horizon_days = 365", "horizon_days = 1000000\nwarm_up_days = 1")) ==
        "s.toml:2:16: error: a world lasts 1000001 days with warm-up and pipeline (times are exact up to 1000000 "
        "days); shorten it");
  CHECK(error_of(sample_with("horizon_days = 365", "horizon_days = 365\nreplications = 5\nantithetic = true")) ==
        "s.toml:3:16: error: 5 replications (antithetic replications come in pairs); make their number even");
  CHECK(error_of(sample_with("accounts = 100", "accounts = 100\nid = 5") + "[segments.mid]\naccounts = 1\nid = 5\n") ==
        "s.toml:32:6: error: segments 'smb' and 'mid' have the same id (their customers would share every draw); give "
        "one of them "
        "another id");
  CHECK(error_of(sample_with("when = \"purchase\"", "when = \"calendar\"")) ==
        "s.toml:27:8: error: strategy 'early' asks at `calendar` but has no calendar_days (Of `calendar`: gaps of "
        "tenure between "
        "attempts.); add calendar_days = ...");
  CHECK(errors_of(sample_with("when = \"purchase\"", "when = \"survey\"")).size() == 2);
  CHECK(error_of(sample_with("when = \"purchase\"", "when = \"willingness\"\nthreshold = 0.5")) ==
        "s.toml:27:8: error: strategy 'early' asks at `willingness` with min_gap_days = 0 (a willing account would be "
        "asked without "
        "end); give min_gap_days above 0");
  std::string programs;
  for (int i = 0; i < 9; ++i) programs += "[strategies.early.programs.p" + std::to_string(i) + "]\n";
  CHECK(error_of(sample_text(programs)) ==
        "s.toml:26:13: error: strategy 'early' has 9 programs (at most 8 run side by side, the warm-up strategy's "
        "included); remove some");
  std::string stocks;
  for (int i = 0; i < 16; ++i) stocks += "[stocks.s" + std::to_string(i) + "]\nhalf_life_days = 1\n";
  CHECK(error_of(sample_text(stocks)) == "s.toml:59:9: error: 17 stocks (a scenario has at most 16); remove some");
  std::string segments;
  for (int i = 0; i < 127; ++i) segments += "[segments.s" + std::to_string(i) + "]\naccounts = 1\n";
  CHECK(errors_of(sample_text(segments)).empty());
  CHECK(error_of(sample_text(segments + "[segments.last]\naccounts = 1\n"))
            .find("error: 129 segments (a scenario has at most 128); remove some") != std::string::npos);
}

TEST_CASE("what several values make together is told beside what is wrong with one") {
  const auto errors =
      errors_of(sample_with("accounts = 100", "accounts = \"x\"") + "[strategies.late]\nwhen = \"calendar\"\n");
  REQUIRE(errors.size() == 2);
  CHECK(errors[1].find("strategy 'late' asks at `calendar` but has no calendar_days") != std::string::npos);
}

TEST_CASE("the reference finds a key as users write it") {
  for (const char* pattern : {"strategies.early.delay_days", "strategies.early.programs.client.delay_days",
                              "segments.smb.accounts", "strategies.early.desk.calls_cap", "strategies.early.reps.nerve",
                              "reps.territories", "populations.partners.peer_segments"})
    CHECK_FALSE(scenario::format_keys(pattern).empty());
}

TEST_CASE("every problem is told at once, in the order of the file") {
  const auto errors =
      errors_of(sample_with("accounts = 100", "accounts = \"x\"\nquality = []") + "reach = \"news\"\nzzz = 1\n");
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].find("s.toml:5:") == 0);
  CHECK(errors[1].find("s.toml:6:") == 0);
  CHECK(errors[2].find("s.toml:30:") == 0);
  CHECK(errors[3].find("s.toml:31:") == 0);
}
