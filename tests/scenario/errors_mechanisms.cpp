// SPDX-License-Identifier: Apache-2.0
// Populations, markets, reps and desks that cannot be: each with its exact message and place.
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::errors_of;
using test::sample_text;
using test::sample_with;

namespace {

std::string error_of(std::string_view text) {
  const auto errors = errors_of(text);
  for (const std::string& error : errors) UNSCOPED_INFO(error);
  REQUIRE(errors.size() == 1);
  return errors.front();
}

const std::string ignored = " (a key that nothing reads would be ignored); ";
const std::string partners = "[populations.partners]\naccounts = 7\npeer_segments = { smb = 1 }\n";
const std::string calendar = "when = \"calendar\"\ncalendar_days = 30\n";

}  // namespace

TEST_CASE("programs that address nobody are errors") {
  const std::string none = "error: a program addresses nobody ";
  const std::string remedy = "; name segments with customers; segments = false addresses all";
  CHECK(error_of(sample_text("segments = []\n")) ==
        "s.toml:29:12: " + none + "(its list of segments is empty)" + remedy);
  CHECK(error_of(sample_text("segments = \"mid\"\n[segments.mid]\n")) ==
        "s.toml:29:12: " + none + "(its segments have no accounts and no leads, and nobody knows people there)" +
            remedy);
  // Somebody there can be named, or come by oneself.
  CHECK(errors_of(sample_with("accounts = 100", "accounts = 100\npeer_segments = { smb = 0.5, mid = 0.5 }") +
                  "segments = \"mid\"\n[segments.mid]\n")
            .empty());
  CHECK(errors_of(sample_text("segments = \"mid\"\n[segments.mid]\nleads_per_month = 1\n")).empty());
  CHECK(error_of(sample_text("[strategies.p]\npopulation = \"partners\"\n" + calendar +
                             "[populations.partners]\npeer_segments = { smb = 1 }\n")) ==
        "s.toml:30:14: " + none + "(population 'partners' has no accounts); give populations.partners.accounts");
}

TEST_CASE("partners without a population are an error") {
  CHECK(error_of(sample_text("[strategies.p]\npopulation = \"partners\"\n" + calendar)) ==
        "s.toml:30:14: error: unknown population 'partners' (the scenario has no populations); add "
        "[populations.partners] with accounts and peer_segments");
  CHECK(error_of(sample_text("[strategies.p]\npopulation = \"partner\"\n" + calendar + partners)) ==
        "s.toml:30:14: error: unknown population 'partner' (in population); did you mean 'partners'?");
  CHECK(error_of(sample_text("[strategies.p]\npopulation = \"zzz\"\n" + calendar + partners)) ==
        "s.toml:30:14: error: unknown population 'zzz' (in population); populations: client, partners");
}

TEST_CASE("populations have names and shares of their own") {
  CHECK(
      error_of(sample_text("[populations.partners]\naccounts = 1\n")) ==
      "s.toml:29:1: error: [populations.partners] needs 'peer_segments' (Customer segments of the people named.); add "
      "peer_segments = ...");
  CHECK(error_of(sample_text("[populations.partners]\npeer_segments = { smb = 0.5 }\n")) ==
        "s.toml:30:17: error: peer_segments sums to 0.5 (they are probabilities of all that can be); make them sum to "
        "1");
  CHECK(error_of(sample_text("[populations.partners]\npeer_segments = { partners = 1 }\n")) ==
        "s.toml:30:19: error: unknown segment 'partners' (in peer_segments); segments: smb");
  CHECK(error_of(sample_text("[populations.smb]\npeer_segments = { smb = 1 }\n")) ==
        "s.toml:29:14: error: 'smb' cannot name a population (a segment has this name, and results list both); choose "
        "another name");
  CHECK(error_of(sample_text("[populations.client]\npeer_segments = { smb = 1 }\n")) ==
        "s.toml:29:14: error: 'client' cannot name a population (it stands for all customers); choose another name");
  CHECK(error_of(sample_with("accounts = 100", "accounts = 100\nid = 5") + partners + "id = 5\n") ==
        "s.toml:33:6: error: segment or population 'smb' and 'partners' have the same id (their customers would share "
        "every draw); give one of them another id");
  CHECK(error_of(sample_text(partners + "contract_value = 3\n")).find("unknown key 'contract_value'") !=
        std::string::npos);
}

TEST_CASE("what a population never does cannot occasion an ask") {
  for (const std::string trigger : {"purchase", "value_realised", "testimonial", "renewal"})
    CHECK(
        error_of(sample_text("[strategies.p]\npopulation = \"partners\"\ncalendar_days = 30\nwhen = [\"calendar\", \"" +
                             trigger + "\"]\n" + partners)) ==
        "s.toml:32:8: error: `" + trigger +
            "` never happens in population 'partners' (partners and outsiders buy nothing, so they have no results, "
            "testimonials or renewals); use calendar, survey, willingness or referral_won");
}

TEST_CASE("a program addresses segments or a population, not both") {
  const std::string both =
      "error: segments beside population = \"partners\" (segments are of customers, and the program does not address "
      "them); remove one of the two, or make two programs";
  CHECK(error_of(sample_text("[strategies.p]\npopulation = \"partners\"\nsegments = \"smb\"\n" + calendar +
                             partners)) == "s.toml:31:12: " + both);
  CHECK(error_of(
            sample_text("[strategies.p]\npopulation = \"partners\"\n[strategies.p.programs.a]\nsegments = \"smb\"\n" +
                        calendar + partners)) == "s.toml:32:12: " + both);
}

TEST_CASE("moments stand in their order, each with a share") {
  const auto moments = [](const std::string& list) {
    return error_of(sample_text("[deals]\nmoments = " + list + "\n"));
  };
  CHECK(moments("[{ share = 0.5 }, { share = 0.25 }]") ==
        "s.toml:30:39: error: a moment at share 0.25 stands after one at 0.5 (a deal passes its moments in their "
        "order); list them by ascending share, each once");
  CHECK(moments("[{ share = 0.5 }, { share = 0.5 }]").find("s.toml:30:39: error: a moment at share 0.5 stands") == 0);
  CHECK(moments("[{ share = 1.5 }]") ==
        "s.toml:30:22: error: moments.share must be a number in [0, 1], not 1.5; `vouch keys moments` explains it");
  CHECK(moments("[{ share = 0.5, access_gap = -1 }]") ==
        "s.toml:30:40: error: moments.access_gap must be a number in [0, 1], not -1; `vouch keys moments` explains it");
  CHECK(moments("[{ share = 0.5, access_gp = 1 }]") ==
        "s.toml:30:27: error: unknown key 'access_gp' in a moment" + ignored + "did you mean 'access_gap'?");
}

TEST_CASE("lists of bare numbers, and too long ones, are no moments") {
  const auto errors = errors_of(sample_text("[deals]\nmoments = [0.3, {}]\n"));
  REQUIRE(errors.size() == 2);
  CHECK(errors[0] ==
        "s.toml:30:12: error: a moment must be a table with a share, not 0.3; write { share = 0.6, credibility_gap = "
        "0.3, access_gap = 0.1 }");
  CHECK(errors[1].find("s.toml:30:17: error: a moment must be a table with a share, not {}") == 0);
  CHECK(
      error_of(sample_text("[deals]\nmoments = 3\n")).find("s.toml:30:11: error: moments must be a list of { share") ==
      0);
  std::string nine;
  for (int i = 0; i < 9; ++i) nine += "{ share = 0." + std::to_string(i) + " }, ";
  CHECK(error_of(sample_text("[deals]\nmoments = [" + nine + "]\n"))
            .find("error: 9 moments (a deal has at most 8); remove some") != std::string::npos);
}

TEST_CASE("a market holds its customers") {
  CHECK(
      error_of(sample_with("accounts = 100", "accounts = 100\nmarket = 99")) ==
      "s.toml:6:10: error: a market of 99 is smaller than the 100 accounts of 'smb' (existing customers are companies "
      "of their market); give at least 100, or \"unlimited\"");
  CHECK(error_of(sample_with("accounts = 100", "accounts = 100\nmarket = 0")) ==
        "s.toml:6:10: error: market must be a whole number in [1, 4294967295] or \"unlimited\", not 0; `vouch keys "
        "market` explains it");
}

TEST_CASE("a number of reps needs how much each can do") {
  const std::string why =
      " reps without asks_per_week (how many they are matters only with how much each can do); add asks_per_week = ... "
      "beside it";
  CHECK(error_of(sample_text("[reps]\ncount = 3\n")) == "s.toml:30:9: error: 3" + why);
  CHECK(error_of(sample_text("[strategies.early.reps]\ncount = 4\n[strategies.late]\nextends = \"early\"\n")) ==
        "s.toml:30:9: error: 4" + why);
  CHECK(errors_of(sample_text("[reps]\nasks_per_week = 2\n[strategies.early.reps]\ncount = 4\n")).empty());
  CHECK(error_of(sample_text("[strategies.early.reps]\nterritories = 4\n")) ==
        "s.toml:30:1: error: unknown key 'territories' in [strategies.early.reps]" + ignored + "it belongs in [reps]");
  // One of the wrong type is told as that alone.
  CHECK(error_of(sample_text("[reps]\ncount = 3\nasks_per_week = \"x\"\n"))
            .find("s.toml:31:17: error: asks_per_week must") == 0);
  CHECK(error_of(sample_text("reps = 3\n")) ==
        "s.toml:29:8: error: strategies.early.reps must be a table, not a whole number; write [strategies.early.reps]");
}

TEST_CASE("a desk needs somebody who may be called") {
  CHECK(error_of(sample_text("[strategies.early.desk]\ncalls_cap = 0\n")) ==
        "s.toml:30:13: error: a reference desk with calls_cap = 0 (no account could ever take a call); give at least "
        "1, or \"unlimited\", or set desk.runs = false to have no desk");
  CHECK(errors_of(sample_text("[strategies.early.desk]\ncalls_cap = 0\nruns = false\n")).empty());
  const std::string refusing = sample_with("accounts = 100", "accounts = 100\nreference_consent = 0");
  CHECK(error_of(refusing + "[strategies.early.desk]\n[strategies.late]\nextends = \"early\"\n") ==
        "s.toml:30:1: error: a reference desk without consenting accounts (no segment with customers has a "
        "reference_consent above 0); raise segments.NAME.reference_consent, or set desk.runs = false");
  // Consent of a segment where nobody is does not help.
  CHECK(error_of(refusing + "[strategies.early.desk]\n[segments.mid]\n").find("without consenting accounts") !=
        std::string::npos);
  CHECK(errors_of(refusing + "[strategies.early.desk]\n[segments.mid]\naccounts = 1\n").empty());
  // Of all desks alike, so it is told once.
  CHECK(error_of(refusing + "[strategies.early.desk]\n[strategies.late]\nextends = \"early\"\ndesk.max_tries = 4\n")
            .find("s.toml:30:1: error: a reference desk without consenting accounts") == 0);
  const std::string quotes = "[strategies.early.programs.quotes]\nwhen = \"testimonial\"\n[strategies.early.desk]\n";
  const std::string moments = "[deals]\nmoments = [{ share = 0.5, credibility_gap = 0.5 }]\n";
  CHECK(test::warnings_of(refusing + quotes + "capsules = true\n" + moments) ==
        std::vector<std::string>{
            "s.toml:33:12: warning: a reference desk whose calls nobody takes (no segment with customers has a "
            "reference_consent above 0: only capsules can serve); raise segments.NAME.reference_consent"});
}

TEST_CASE("who is there is checked beside errors elsewhere") {
  const std::string text = sample_with("accounts = 100", "accounts = 100\nmarket = 99\nreference_consent = 0") +
                           "max_asks = -1\n[strategies.p]\npopulation = \"partners\"\n" + calendar +
                           "[populations.partners]\npeer_segments = { smb = 1 }\n[strategies.early.desk]\n";
  const auto errors = errors_of(text);
  REQUIRE(errors.size() == 4);
  CHECK(errors[0].find("s.toml:6:10: error: a market of 99 is smaller than the 100 accounts") == 0);
  CHECK(errors[1].find("s.toml:31:12: error: max_asks must be") == 0);
  CHECK(errors[2].find("s.toml:33:14: error: a program addresses nobody") == 0);
  CHECK(errors[3].find("s.toml:38:1: error: a reference desk without consenting accounts") == 0);
  // But nothing is concluded from segments that could not be read.
  CHECK(error_of(sample_with("accounts = 100", "acounts = 100")).find("unknown key 'acounts'") != std::string::npos);
  CHECK(error_of(sample_with("[segments.smb]", "[segmnts.smb]")).find("unknown key 'segmnts'") != std::string::npos);
}

TEST_CASE("guards read accounts, not deals") {
  for (const std::string feature : {"match", "reference", "credibility_gap", "answered_maybe", "chases"})
    CHECK(error_of(sample_text("guard = \"" + feature + " > 0\"\n"))
              .find("s.toml:29:10: error: unknown feature '" + feature + "' (in a guard)") == 0);
  CHECK(error_of(sample_text("guard = \"fatige > 0\"\n")) ==
        "s.toml:29:10: error: unknown feature 'fatige' (in a guard); did you mean 'fatigue'?");
}

TEST_CASE("a decimal comma in a guard is told what to write") {
  CHECK(error_of(sample_text("guard = \"fatigue < 0,5\"\n")) ==
        "s.toml:29:21: error: ',' is no part of a condition (in a guard); write a decimal point, as in 0.5, and join "
        "conditions by and, or");
}

TEST_CASE("what several strategies inherit is told once, where it stands") {
  CHECK(error_of(sample_text("[strategies.later]\nextends = \"base\"\n[strategies.latest]\nextends = \"later\"\n"
                             "[strategies.base]\ndely_days = 3\n")) ==
        "s.toml:34:1: error: unknown key 'dely_days' in [strategies.base]" + ignored + "did you mean 'delay_days'?");
  CHECK(error_of(sample_text("[strategies.early.desk]\nmin_mach = 1\n[strategies.late]\nextends = \"early\"\n")) ==
        "s.toml:30:1: error: unknown key 'min_mach' in [strategies.early.desk]" + ignored +
            "did you mean 'min_match'?");
  CHECK(error_of(sample_text("[strategies.early.programs.a]\nmax_ask = 1\n[strategies.late]\nextends = \"early\"\n")) ==
        "s.toml:30:1: error: unknown key 'max_ask' in [strategies.early.programs.a]" + ignored +
            "did you mean 'max_asks'?");
  CHECK(error_of(sample_text("desk = 1\n[strategies.late]\nextends = \"early\"\n"))
            .find("s.toml:29:8: error: strategies.early.desk must be a table") == 0);
}
