// SPDX-License-Identifier: Apache-2.0
#include "report_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "assumptions.hpp"
#include "core/error.hpp"
#include "open_worlds.hpp"
#include "report/page.hpp"
#include "report/text.hpp"
#include "report_figures.hpp"
#include "results/file_io.hpp"
#include "results/sha256.hpp"
#include "sweep_points.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;

/// Whether the file is empty (mktemp) or begins as a page does.
bool is_replaceable(const std::string& path) {
  const results::FileHandle file(path, results::FileHandle::Mode::read);
  const std::string_view mark = report::page_mark;
  std::string head(mark.size(), '\0');
  const std::size_t size = file.read_at(0, std::as_writable_bytes(std::span(head)));
  return file.size() == 0 || (size == mark.size() && head == mark);
}

bool is_page_name(const std::string& path) {
  std::string extension = fs::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".html" || extension == ".htm";
}

/// In hex, of the whole file as other programs compute it; empty for a journal, which grows.
std::string compute_digest(const results::ResultsFile& file) {
  if (file.unfinished()) return {};
  const results::FileHandle handle(file.path(), results::FileHandle::Mode::read);
  results::Sha256 sha;
  std::vector<std::byte> block(std::size_t{1} << 20);
  for (std::uint64_t offset = 0;;) {
    const std::size_t size = handle.read_at(offset, block);
    if (size == 0) return results::to_hex(sha.finish());
    sha.update(std::span(block).first(size));
    offset += size;
  }
}

std::vector<report::StrategyText> list_texts(const scenario::Scenario& scenario,
                                             const std::vector<std::string>& names) {
  std::vector<report::StrategyText> texts;
  const std::vector<std::string>& all = scenario.strategy_names();
  for (const std::string& name : names) {
    report::StrategyText& text = texts.emplace_back();
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) continue;
    const auto s = static_cast<std::size_t>(found - all.begin());
    text = {scenario.strategy_labels()[s], scenario.strategy_descriptions()[s]};
  }
  return texts;
}

/// What running says of the scenario, as sentences. Strategies that ask different customers are told once, in words of
/// their own: the problem quotes keys and values.
std::vector<std::string> list_warnings(const scenario::Scenario& scenario) {
  constexpr std::string_view unlike = "strategies differ in ";
  std::vector<std::string> warnings;
  bool has_unlike = false;
  for (const Problem& problem : plan_points(scenario).compiled.warnings) {
    const bool is_unlike = problem.what.starts_with(unlike) && problem.why.starts_with("they ask different customers");
    if (is_unlike && has_unlike) continue;
    has_unlike = has_unlike || is_unlike;
    warnings.push_back(
        is_unlike ? "The strategies of the scenario differ in which customers they ask: new ones, or those that were "
                    "there before. They are not compared like with like, except by what is counted for new "
                    "customers only (metrics whose names begin with 'matched')."
                  : report::capitalise(problem.what) + (problem.why.empty() ? "." : ": " + problem.why + '.'));
  }
  return warnings;
}

report::PageOptions make_page_options(const report::Reading& reading, const ReportOptions& options) {
  report::PageOptions page;
  page.interaction = options.interactive ? report::Interaction::hovering : report::Interaction::none;
  page.scope = options.reading.point ? report::Scope::one_point : report::Scope::all_points;
  const scenario::Scenario scenario = read_scenario(reading.file.identity(), reading.file.path());
  const std::vector<SweptInfluence> swept = measure_sweep(reading);
  page.assumptions = list_assumptions(scenario, swept);
  page.order_note = explain_order(swept);
  page.strategies = list_texts(scenario, reading.file.identity().strategy_names);
  page.warnings = list_warnings(scenario);
  page.results_digest = compute_digest(reading.file);
  page.command = format_report_command(options);
  return page;
}

}  // namespace

std::string find_report_path(const ReportOptions& options) {
  if (!options.output.empty()) return options.output;
  fs::path path = options.reading.path;
  if (path.extension() == ".journal") path.replace_extension();
  return path.replace_extension(".html").string();
}

void check_report_path(const ReportOptions& options) {
  const std::string path = find_report_path(options);
  if (path == "-") return;
  std::error_code failure;
  if (fs::is_directory(path, failure))
    throw Error(ExitCode::io, fmt::format("'{}' is a folder; name a file in it, as in -o {}", path,
                                          (fs::path(path) / "report.html").string()));
  if (fs::equivalent(path, options.reading.path, failure))
    throw Error(ExitCode::usage, fmt::format("'{}' is the results file itself; name another file with -o", path));
  if (!is_page_name(path))
    throw Error(ExitCode::usage, fmt::format("'{}' does not end in .html, and a report is a page in HTML; name it {}{}",
                                             path, fs::path(path).replace_extension(".html").string(),
                                             fs::path(path).extension() == ".pdf"
                                                 ? ", open it in a browser and print it as PDF from there"
                                                 : ""));
  if (fs::is_regular_file(path, failure) && !options.force && !is_replaceable(path))
    throw Error(ExitCode::usage, fmt::format("'{}' exists and is no report of vouch, so it is not replaced; name "
                                             "another file with -o, or give --force",
                                             path));
}

std::string format_report_command(const ReportOptions& options) {
  std::string command = "vouch report " + report::quote_for_shell(fs::path(options.reading.path).filename().string());
  command += format_reading_options(options.reading);
  return command + (options.interactive ? " --interactive" : "");
}

void write_report(const results::ResultsFile& file, const ReportOptions& options) {
  const report::Reading reading = make_reading(file, options.reading);
  const std::string page = report::make_page(reading, make_page_options(reading, options));
  if (!options.figures.empty()) write_figures(reading, options);
  const std::string path = find_report_path(options);
  if (path == "-") {
    print(page);
  } else {
    results::publish_bytes(path, {std::as_bytes(std::span(page))});
    if (!options.quiet) tell(fmt::format("report: {}\n", path));
  }
}

}  // namespace vouch::cli
