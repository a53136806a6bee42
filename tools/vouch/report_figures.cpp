// SPDX-License-Identifier: Apache-2.0
#include "report_figures.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <span>

#include "core/error.hpp"
#include "report/charts/charts.hpp"
#include "report/echarts_option.hpp"
#include "report/picture.hpp"
#include "report/svg.hpp"
#include "results/file_io.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;

/// By which a figure is known as vouch's own, behind the XML declaration.
constexpr std::string_view mark = "<!-- vouch report -->\n";
/// Pixels of a PNG to each of a chart's: for a slide, or 300 dots an inch over 18 cm.
constexpr double png_scale = 3.0;

std::string add_mark(std::string svg) {
  const std::size_t declaration = svg.find("?>");
  const std::size_t line = declaration == std::string::npos ? std::string::npos : svg.find('\n', declaration);
  return svg.insert(line == std::string::npos ? 0 : line + 1, mark);
}

bool is_marked(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string head(512, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  return head.find(mark) != std::string::npos;
}

/// A figure's two files may be replaced if neither is there, or the drawing is marked.
void check_figure(const fs::path& svg, const fs::path& png) {
  std::error_code failure;
  const bool has_svg = fs::exists(svg, failure);
  if ((!has_svg && !fs::exists(png, failure)) || (has_svg && is_marked(svg))) return;
  throw Error(ExitCode::usage, fmt::format("'{}' exists and is no figure of vouch, so it is not replaced; name another "
                                           "folder with --figures, or give --force",
                                           (has_svg ? svg : png).string()));
}

void write_text(const fs::path& path, const std::string& text) {
  results::publish_bytes(path.string(), {std::as_bytes(std::span(text))});
}

}  // namespace

void write_figures(const report::Reading& reading, const ReportOptions& options) {
  const fs::path folder = options.figures;
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure)
    throw Error(ExitCode::io, fmt::format("cannot make the folder '{}': {}", folder.string(), failure.message()));
  std::vector<report::Chart> charts;
  std::vector<report::Drawing> drawings;
  for (report::ChartSection& section : report::make_chart_sections(reading)) {
    for (report::Chart& chart : section.charts) {
      if (!options.force) check_figure(folder / (chart.id + ".svg"), folder / (chart.id + ".png"));
      drawings.push_back(report::make_drawing(chart, report::Format::wide));
      charts.push_back(std::move(chart));
    }
  }
  const std::vector<std::string> pictures = report::render(drawings);
  for (std::size_t i = 0; i < charts.size(); ++i) {
    const std::string svg = report::finish_for_file(pictures[i], report::Theme::light,
                                                    {charts[i].title, charts[i].caption, charts[i].alternative});
    write_text(folder / (charts[i].id + ".svg"), add_mark(svg));
    write_text(folder / (charts[i].id + ".png"), report::make_png(svg, png_scale));
  }
  tell(fmt::format("figures: {} charts as SVG and PNG in {}\n", charts.size(), folder.string()));
}

}  // namespace vouch::cli
