// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "commands.hpp"
#include "open_worlds.hpp"
#include "report_files.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

constexpr const char* footer = R"(Examples:
  vouch report outputs/when-to-ask.h5
  vouch report outputs/when-to-ask.h5 -o when-to-ask.html --metric net_value
  vouch report outputs/when-to-ask.h5 --figures figures
  vouch report outputs/when-does-waiting-pay.h5 --point 3
  vouch report outputs/when-to-ask.h5.journal -o so-far.html
  vouch report outputs/when-to-ask.h5 --interactive

The report is one HTML file that needs no network and runs no script: it can be sent by e-mail, opened
on a phone, shown on a projector and printed. It says which strategy is best and how sure that is, and shows
how the strategies compare, how that unfolds, what happens between ask and won deal, what it does to
people, what is assumed, and how it was made. What a results file does not hold is left out.

With --interactive the page carries scripts of its own: values appear under the pointer, and strategies
can be hidden. Where scripts are blocked, as in mail previews, it shows what it shows without them.

--figures writes each chart as ID.svg and ID.png, for slides and papers, besides the page.

A file that vouch did not make is not replaced, unless --force is given. The same results and options
give the same bytes.)";

ExitCode make_report(const ReportOptions& options) {
  const results::ResultsFile file = open_worlds(options.reading.path);
  check_report_path(options);
  write_report(file, options);
  flush_output();
  return ExitCode::success;
}

}  // namespace

void add_report(CLI::App& app, Request& request) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App& command =
      *app.add_subcommand("report", "Make a page of a results file, to be looked at and sent to others");
  add_results(command, options->reading);
  command
      .add_option("-o,--output", options->output, "The page; default: beside the results, as .html; -: standard output")
      ->option_text("FILE");
  command.add_option("-m,--metric", options->reading.metric, "What the answer is about; default: the scenario's")
      ->option_text("NAME");
  add_baseline(command, options->reading);
  add_confidence(command, options->reading);
  command
      .add_option("--point", options->reading.point,
                  "Of a sweep: make the page of this point, counting from 0; default: of all, and point 0")
      ->check(CLI::Range(0, 1'000'000))
      ->option_text("N");
  command.add_flag("--interactive", options->interactive,
                   "With scripts in the page: values at the pointer, strategies to hide");
  command.add_option("--figures", options->figures, "Write each chart as SVG and PNG, too, into this folder")
      ->option_text("DIR");
  command.add_flag("--force", options->force, "Replace files even if vouch did not make them");
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return make_report(*options); }; });
}

}  // namespace vouch::cli
