// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include "scenario/compiled_text.hpp"
#include "scenario/samples.hpp"
#include "support/catch.hpp"

using namespace vouch;
using test::parse;
using test::sample_text;
using test::sample_with;

namespace {

namespace fs = std::filesystem;

/// A folder of scenario files, removed at the end.
class Folder {
 public:
  explicit Folder(const std::string& name) : path_(fs::path(VOUCH_BINARY_DIR) / ("scenario-" + name)) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  fs::path write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
    return path_ / name;
  }
  std::string text_of(const std::string& name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

/// The problems of loading a file.
std::string error_of(const fs::path& path) {
  try {
    scenario::load_scenario(path);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::usage);
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("a scenario extends files relative to itself; later files win, its own keys over all") {
  const Folder folder("extends");
  folder.write("base/one.toml", sample_text());
  folder.write(
      "base/two.toml",
      "extends = \"one.toml\"\n[segments.smb]\naccounts = 7\ncycle_days = 9\n[outcomes.ask.weights]\nfatigue = -2\n");
  const auto path =
      folder.write("own.toml", "extends = [\"base/one.toml\", \"base/two.toml\"]\n[segments.smb]\ncycle_days = 11\n");
  const auto compiled = compile(scenario::load_scenario(path));
  const auto& segment = compiled.model.segments.at(0);
  CHECK(segment.accounts == 7);
  CHECK(segment.cycle_days.parameters[0] == 11.0);
  CHECK(segment.contract_value == random::make_distribution(random::Family::lognormal, 6000, 0.5));
  const auto& ask = compiled.strategies.at(1).outcome(model::OutcomeKind::ask);
  CHECK(ask.weights.at(0).weight == -2.0);
  CHECK(ask.weights.at(1).weight == 1.2);  // weights are merged one by one
}

TEST_CASE("distributions and shares are replaced as a whole") {
  const Folder folder("whole");
  folder.write("base.toml", sample_with("accounts = 100", "accounts = 100\npeer_segments = { smb = 0.5, mid = 0.5 }") +
                                "[segments.mid]\nid = 1\naccounts = 1\n");
  const auto path = folder.write("own.toml",
                                 "extends = \"base.toml\"\n[segments.smb]\npeer_segments = { mid = 1 }\n"
                                 "contract_value = { distribution = \"exponential\", mean = 5 }\n");
  const auto segment = compile(scenario::load_scenario(path)).model.segments.at(0);
  CHECK(segment.peer_segments == std::vector<double>{1.0, 1.0});  // by id: mid, then smb
  CHECK(segment.contract_value == random::make_distribution(random::Family::exponential, 5));
}

TEST_CASE("an outcome's later form wins over an inherited one") {
  const Folder folder("forms");
  folder.write("base.toml", sample_text());
  const auto plain = folder.write(
      "plain.toml", "extends = \"base.toml\"\n[outcomes.ask]\nprobability = 0.25\nweights = { fatigue = 0 }\n");
  const auto sum = folder.write("sum.toml", "extends = \"base.toml\"\n[outcomes.win]\nintercept = 2\n");
  CHECK(compile(scenario::load_scenario(plain)).strategies.at(1).outcome(model::OutcomeKind::ask).link ==
        model::Link::identity);
  CHECK(compile(scenario::load_scenario(sum)).strategies.at(1).outcome(model::OutcomeKind::win).base.at(0) == 2.0);
}

TEST_CASE("missing, circular and damaged files are told at their `extends`") {
  const Folder folder("missing");
  const auto lost = folder.write("lost.toml", "extends = [\"nowhere.toml\"]\n");
  CHECK(error_of(lost) ==
        lost.string() + ":1:12: error: cannot read '" + folder.text_of("nowhere.toml") +
            "' (No such file or directory); paths in `extends` are relative to the file that holds them");
  const auto own = folder.write("own.toml", "extends = \"own.toml\"\n");
  CHECK(error_of(own) ==
        own.string() + ":1:11: error: '" + own.string() +
            "' extends itself (the files extend one another in a circle); remove one of the `extends`");
  const auto a = folder.write("a.toml", "\nextends = \"b.toml\"\n");
  const auto b = folder.write("b.toml", "extends = \"a.toml\"\n");
  CHECK(error_of(a) == b.string() + ":1:11: error: '" + a.string() +
                           "' extends itself (the files extend one another in a circle); remove one of the `extends`");
  const auto number = folder.write("number.toml", "extends = 3\n");
  CHECK(error_of(number).find(
            "number.toml:1:11: error: extends must be a file name or a list of them, not a whole number") !=
        std::string::npos);
  folder.write("broken.toml", "a = \n");
  const auto outer = folder.write("outer.toml", "extends = \"broken.toml\"\n");
  CHECK(error_of(outer).find("broken.toml:1:5: error: not TOML") != std::string::npos);
}

TEST_CASE("files that fan out without end are stopped") {
  const Folder folder("fan");
  folder.write("f0.toml", sample_text());
  for (int i = 1; i < 20; ++i) {
    const std::string below = "\"f" + std::to_string(i - 1) + ".toml\"";
    folder.write("f" + std::to_string(i) + ".toml", "extends = [" + below + ", " + below + "]\n");
  }
  CHECK(error_of(folder.text_of("f19.toml")).find("error: more than 64 files are extended; extend fewer files") !=
        std::string::npos);
}

TEST_CASE("a strategy takes over another's keys, and its own win") {
  const auto compiled = compile(parse(
      sample_text("max_asks = 3\nconduct = { template = 1, status = 1 }\nguard = \"fatigue < 2\"\n"
                  "[strategies.later]\nextends = \"early\"\ndelay_days = 75\nconduct = { status = 3 }\nguard = \"\"\n"
                  "[strategies.latest]\nextends = \"later\"\ndelay_days = 90\n"
                  "[outcomes.opt_out]\nintercept = 0\nweights = { template = 1, status = 10 }\n")));
  const auto& later = compiled.strategies.at(2);
  CHECK(later.programs.at(0).delay_days.parameters[0] == 75.0);
  CHECK(later.programs.at(0).max_asks == 3);
  CHECK(later.programs.at(0).guard.steps.empty());
  CHECK(later.outcome(model::OutcomeKind::opt_out).base.at(1) == 31.0);
  const auto& latest = compiled.strategies.at(3);
  CHECK(latest.programs.at(0).delay_days.parameters[0] == 90.0);
  CHECK(latest.outcome(model::OutcomeKind::opt_out).base.at(1) == 31.0);
}

TEST_CASE("a strategy keeps its own name when it extends another") {
  const auto labelled =
      parse(sample_text("label = \"Early\"\n[strategies.later]\nextends = \"early\"\ndelay_days = 6\n"));
  CHECK(labelled.strategy_labels() == std::vector<std::string>{"never", "Early", "later"});
}

TEST_CASE("strategies that extend what is not there, or themselves, are errors") {
  using test::errors_of;
  CHECK(
      errors_of(sample_text("[strategies.later]\nextends = \"earlyy\"\n")) ==
      std::vector<std::string>{"s.toml:30:11: error: unknown strategy 'earlyy' (a strategy extends another of the same "
                               "scenario); did you mean 'early'?"});
  CHECK(errors_of(sample_text("extends = \"later\"\n[strategies.later]\nextends = \"early\"\n")) ==
        std::vector<std::string>{
            "s.toml:31:11: error: strategy 'early' extends itself (the strategies extend one another "
            "in a circle); remove one of the `extends`"});
}
