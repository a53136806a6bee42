// SPDX-License-Identifier: Apache-2.0
#include "report_files.hpp"

#include "core/error.hpp"
#include "report/page.hpp"
#include "results/sample.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;

namespace {

ReportOptions make_options(const std::string& results, const std::string& output = {}) {
  ReportOptions options;
  options.reading.path = results;
  options.output = output;
  return options;
}

void write(const std::string& path, const std::string& text) { test::write_bytes(path, {text.begin(), text.end()}); }

}  // namespace

TEST_CASE("a report stands beside its results unless it is told where") {
  CHECK(find_report_path(make_options("outputs/a.h5")) == "outputs/a.html");
  CHECK(find_report_path(make_options("outputs/a.h5.journal")) == "outputs/a.html");
  CHECK(find_report_path(make_options("a.b.h5")) == "a.b.html");
  CHECK(find_report_path(make_options("a")) == "a.html");
  CHECK(find_report_path(make_options("a.h5", "-")) == "-");
  CHECK(find_report_path(make_options("a.h5", "x/y.htm")) == "x/y.htm");
}

TEST_CASE("the command that makes a report again names no folder, and what was chosen") {
  ReportOptions options = make_options("outputs/our results.h5", "elsewhere.html");
  CHECK(format_report_command(options) == "vouch report 'our results.h5'");
  options.reading.metric = "asks";
  options.reading.baseline = "a b";
  options.reading.confidence = 0.9;
  options.reading.point = 3;
  options.interactive = true;
  CHECK(format_report_command(options) ==
        "vouch report 'our results.h5' --metric asks --baseline 'a b' --confidence 0.9 --point 3 --interactive");
}

TEST_CASE("only reports and empty files are replaced, and never the results") {
  const test::TemporaryFolder folder;
  const std::string results = folder / "a.h5";
  write(results, "results");
  ReportOptions options = make_options(results);
  CHECK_NOTHROW(check_report_path(options));
  for (const std::string& text : {std::string(), report::page_mark + std::string("...")}) {
    write(folder / "a.html", text);
    CHECK_NOTHROW(check_report_path(options));
  }
  write(folder / "a.html", "<!doctype html>\n<p>mine");
  const Error error = test::catch_error([&] { check_report_path(options); });
  CHECK(error.code() == ExitCode::usage);
  CHECK_THAT(error.what(), Catch::Matchers::Contains("is no report of vouch, so it is not replaced"));
  options.force = true;
  CHECK_NOTHROW(check_report_path(options));
  options.output = results;
  CHECK_THAT(test::catch_error([&] { check_report_path(options); }).what(),
             Catch::Matchers::Contains("is the results file itself"));
  options.output = folder / "x.pdf";
  CHECK_THAT(test::catch_error([&] { check_report_path(options); }).what(),
             Catch::Matchers::Contains("does not end in .html"));
  options.output = folder / "";
  CHECK(test::catch_error([&] { check_report_path(options); }).code() == ExitCode::io);
}
