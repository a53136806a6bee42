// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "commands.hpp"
#include "figure_files.hpp"
#include "open_worlds.hpp"
#include "reading_options.hpp"
#include "report/charts/charts.hpp"
#include "report/echarts_option.hpp"
#include "report/picture.hpp"
#include "report/renderer.hpp"
#include "report/svg.hpp"
#include "report/table.hpp"
#include "report/terminal_chart.hpp"
#include "results/file_io.hpp"
#include "results_comparison.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

struct Options {
  ReadingOptions reading;
  std::string kind;  ///< empty: to be listed
  std::string output;
  std::optional<std::size_t> width;
  std::string theme = "light";
  bool force = false;  ///< replace what is no figure
};

constexpr const char* footer = R"(Examples:
  vouch plot outputs/when-to-ask.h5
  vouch plot outputs/when-to-ask.h5 comparison
  vouch plot outputs/when-to-ask.h5 over-time --width 160
  vouch plot outputs/when-to-ask.h5 comparison --metric net_value -o comparison.svg
  vouch plot outputs/when-to-ask.h5 timing -o timing.png --theme dark
  vouch plot outputs/when-does-waiting-pay.h5 comparison --point 3
  vouch plot outputs/when-to-ask.h5.journal comparison

Without KIND it lists the charts that the file has data for. In the terminal a chart is as wide as that
(100 columns where there is none), in colours unless NO_COLOR is set; letters and symbols tell the
strategies apart without them. The name of a file ends in .svg or .png; a file that
vouch did not make is not replaced, unless --force is given. Of a sweep, all but the sweep's
own chart show one point, the first unless --point names another.)";

constexpr std::size_t least_width = 40;
constexpr std::size_t most_width = 200;
constexpr double png_scale = 2.0;  // sharp on dense screens and in slides

std::size_t choose_width(const Options& options) {
  if (options.width) return *options.width;
  if (!is_terminal(Stream::output)) return report::page_width;
  return std::clamp(find_terminal_width(), least_width, most_width);
}

/// "svg" or "png". Throws Error (usage) for a name that ends otherwise.
std::string find_format(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".svg" || extension == ".png") return extension.substr(1);
  throw Error(ExitCode::usage,
              fmt::format("-o: '{}' ends neither in .svg nor in .png, so its format is unknown", path));
}

/// Throws Error (usage) if no picture may be put there.
void check_output(const Options& options) {
  find_format(options.output);
  std::error_code failure;
  if (std::filesystem::equivalent(options.output, options.reading.path, failure))
    throw Error(ExitCode::usage,
                fmt::format("'{}' is the results file itself; name another file with -o", options.output));
  if (!options.force) check_picture_path(options.output, "file with -o");
}

/// What must be known beside a chart: that it is a part or not over, and of a sweep the point.
std::string describe_reading(const report::Reading& reading, const std::string& kind) {
  std::string text = describe_extent(reading.file);
  if (!reading.file.identity().sweep.empty() && kind != "sweep")
    text += report::wrap_page(describe_point(reading.file.identity(), reading.choice.point));
  return text;
}

void list_kinds(const report::Reading& reading) {
  constexpr std::size_t name_width = 14;
  std::string present;
  std::string absent;
  for (const report::ChartKind& kind : report::chart_kinds()) {
    std::string text = kind.description;
    bool is_present = true;
    try {
      report::make_chart(reading, kind.id);
    } catch (const Error& error) {
      if (error.code() != ExitCode::usage) throw;
      const std::string reason = error.what();
      const std::string prefix = fmt::format("'{}' has no chart '{}': ", reading.file.path(), kind.id);
      text = reason.substr(reason.starts_with(prefix) ? prefix.size() : 0);
      is_present = false;
    }
    std::string& list = is_present ? present : absent;
    const auto lines = report::wrap(text, report::page_width - name_width);
    for (std::size_t i = 0; i < lines.size(); ++i)
      list += report::pad(i == 0 ? kind.id : "", name_width, report::Align::left) + lines[i] + '\n';
  }
  print(describe_reading(reading, {}) + present);
  if (!absent.empty()) print("\nNot of this file:\n" + absent);
}

void write_picture(const report::Chart& chart, const Options& options) {
  const std::string format = find_format(options.output);
  const report::Theme theme = options.theme == "dark" ? report::Theme::dark : report::Theme::light;
  const report::Drawing drawing = report::make_drawing(chart, report::Format::wide);
  const std::string svg = report::finish_for_file(report::render(std::span(&drawing, 1)).front(), theme,
                                                  {chart.title, chart.caption, chart.alternative});
  const std::string bytes = format == "svg" ? mark_svg(svg) : mark_png(report::make_png(svg, png_scale));
  results::publish_bytes(options.output, {std::as_bytes(std::span(bytes))});
  tell(fmt::format("chart: {}\n", options.output));
}

ExitCode plot(const Options& options) {
  if (!options.output.empty()) {
    if (options.kind.empty())
      throw Error(ExitCode::usage,
                  fmt::format("-o writes one chart: name its KIND, as in vouch plot {} comparison -o {}",
                              report::quote_for_shell(options.reading.path), report::quote_for_shell(options.output)));
    check_output(options);  // before the work
  }
  const results::ResultsFile file = open_worlds(options.reading.path);
  const report::Reading reading = make_reading(file, options.reading);
  if (options.kind.empty()) {
    list_kinds(reading);
    return ExitCode::success;
  }
  const report::Chart chart = report::make_chart(reading, options.kind);
  const std::string notes = describe_reading(reading, options.kind);
  if (!options.output.empty()) {
    tell(notes);
    write_picture(chart, options);
    return ExitCode::success;
  }
  const report::Ansi ansi = uses_color(Stream::output) ? report::Ansi::coloured : report::Ansi::plain;
  print(notes + (notes.empty() ? "" : "\n") + report::draw_in_terminal(chart, choose_width(options), ansi));
  return ExitCode::success;
}

}  // namespace

void add_plot(CLI::App& app, Request& request) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand("plot", "Draw one chart of a results file, in the terminal or as a picture");
  add_results(command, options->reading);
  command.add_option("KIND", options->kind, "Which chart; without it they are listed")->option_text(" ");
  CLI::Option* const output =
      command.add_option("-o,--output", options->output, "Write a picture, FILE.svg or FILE.png")->option_text("FILE");
  command.add_option("-m,--metric", options->reading.metric, "What the chart is about; default: the scenario's")
      ->option_text("NAME");
  add_baseline(command, options->reading);
  add_confidence(command, options->reading);
  command.add_option("--point", options->reading.point, "Of a sweep: draw this point, counting from 0; default: 0")
      ->check(CLI::Range(0, 1'000'000))
      ->option_text("N");
  command.add_option("--width", options->width, "Columns in the terminal, 40 to 200; default: as wide as it is")
      ->check(CLI::Range(least_width, most_width))
      ->excludes(output)
      ->option_text("COLUMNS");
  command.add_option("--theme", options->theme, "Colours of a picture; default: light")
      ->check(CLI::IsMember({"light", "dark"}))
      ->needs(output)
      ->option_text("light|dark");
  command.add_flag("--force", options->force, "Replace a file even if vouch did not make it")->needs(output);
  command.footer(footer);
  command.callback([options, &request] { request.action = [options] { return plot(*options); }; });
}

}  // namespace vouch::cli
