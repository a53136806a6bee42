// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"

#include "support/catch.hpp"

using vouch::Error;
using vouch::ExitCode;
using vouch::find_nearest;
using vouch::format_problem;
using vouch::Problem;
using vouch::Severity;

TEST_CASE("a problem reads: where, severity, what (why); remedy", "[core]") {
  Problem whole;
  whole.where = {"a.toml", 3, 7};
  whole.what = "unknown key 'acounts'";
  whole.why = "a key that nothing reads would be ignored";
  whole.remedy = "did you mean 'accounts'?";
  CHECK(
      format_problem(whole) ==
      "a.toml:3:7: error: unknown key 'acounts' (a key that nothing reads would be ignored); did you mean 'accounts'?");
}

TEST_CASE("what is not known about a problem leaves no trace", "[core]") {
  CHECK(format_problem({Severity::warning, {}, "odd", "", ""}) == "warning: odd");
  CHECK(format_problem({Severity::error, {"a.toml", 0, 0}, "unreadable", "", ""}) == "a.toml: error: unreadable");
  CHECK(format_problem({Severity::error, {"a.toml", 4, 0}, "bad", "", "mend it"}) == "a.toml:4: error: bad; mend it");
  CHECK(format_problem({Severity::error, {"", 4, 2}, "bad", "it is", ""}) == "error: bad (it is)");
  CHECK(format_problem({Severity::error, {"a.toml", 0, 5}, "bad", "", ""}) == "a.toml: error: bad");
}

TEST_CASE("an error of several problems shows each on its own line and keeps them", "[core]") {
  const Error error(ExitCode::usage,
                    {{Severity::error, {"a", 1, 1}, "first", "", ""}, {Severity::warning, {}, "second", "", ""}});
  CHECK(std::string(error.what()) == "a:1:1: error: first\nwarning: second");
  CHECK(error.code() == ExitCode::usage);
  REQUIRE(error.problems().size() == 2);
  CHECK(error.problems()[1].what == "second");

  const Error plain(ExitCode::io, "cannot write");
  CHECK(std::string(plain.what()) == "cannot write");
  CHECK(plain.problems().empty());
}

TEST_CASE("exit codes are the documented ones", "[core]") {
  CHECK(static_cast<int>(ExitCode::success) == 0);
  CHECK(static_cast<int>(ExitCode::internal) == 1);
  CHECK(static_cast<int>(ExitCode::usage) == 2);
  CHECK(static_cast<int>(ExitCode::data) == 3);
  CHECK(static_cast<int>(ExitCode::io) == 4);
  CHECK(static_cast<int>(ExitCode::time_limit) == 5);
  CHECK(static_cast<int>(ExitCode::resources) == 6);
  CHECK(static_cast<int>(ExitCode::interrupted) == 130);
  CHECK(static_cast<int>(ExitCode::terminated) == 143);
}

TEST_CASE("the nearest name is found for a misspelling, and none for another word", "[core]") {
  const std::vector<std::string> names = {"accounts", "asking", "contract_days", "contract_value", "tenure_days"};
  CHECK(find_nearest("acounts", names) == "accounts");   // a letter missing
  CHECK(find_nearest("acconuts", names) == "accounts");  // two swapped: one edit
  CHECK(find_nearest("Accounts", names) == "accounts");  // case
  CHECK(find_nearest("contract_day", names) == "contract_days");
  CHECK(find_nearest("contract_valeu", names) == "contract_value");
  CHECK(find_nearest("horizon", names).empty());
  CHECK(find_nearest("", names).empty());
  CHECK(find_nearest("accounts", {}).empty());
  CHECK(find_nearest(std::string(65, 'a'), {std::string(65, 'a')}).empty());  // too long to be compared
}

TEST_CASE("of several near names the nearest wins, then the first", "[core]") {
  CHECK(find_nearest("fatige", {"fatigues", "fatigue"}) == "fatigue");
  CHECK(find_nearest("rat", {"bat", "cat"}) == "bat");
  CHECK(find_nearest("bat", {"bats", "bat"}) == "bat");
}
