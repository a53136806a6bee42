// SPDX-License-Identifier: Apache-2.0
#include "report_figures.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <span>

#include "figure_files.hpp"
#include "report/charts/charts.hpp"
#include "report/echarts_option.hpp"
#include "report/picture.hpp"
#include "report/svg.hpp"
#include "results/file_io.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;

/// Pixels of a PNG to each of a chart's: for a slide, or 300 dots an inch over 18 cm.
constexpr double png_scale = 3.0;

void write_text(const fs::path& path, const std::string& text) {
  results::publish_bytes(path.string(), {std::as_bytes(std::span(text))});
}

}  // namespace

void write_figures(const report::Reading& reading, const ReportOptions& options) {
  const fs::path folder = options.figures;
  make_figure_folder(folder);
  std::vector<report::Chart> charts;
  std::vector<report::Drawing> drawings;
  for (report::ChartSection& section : report::make_chart_sections(reading)) {
    for (report::Chart& chart : section.charts) {
      for (const char* const extension : {".svg", ".png"})
        if (!options.force) check_picture_path(folder / (chart.id + extension), "folder with --figures");
      drawings.push_back(report::make_drawing(chart, report::Format::wide));
      charts.push_back(std::move(chart));
    }
  }
  const std::vector<std::string> pictures = report::render(drawings);
  for (std::size_t i = 0; i < charts.size(); ++i) {
    const std::string svg = report::finish_for_file(pictures[i], report::Theme::light,
                                                    {charts[i].title, charts[i].caption, charts[i].alternative});
    write_text(folder / (charts[i].id + ".svg"), mark_svg(svg));
    write_text(folder / (charts[i].id + ".png"), mark_png(report::make_png(svg, png_scale)));
  }
  tell(fmt::format("figures: {} charts as SVG and PNG in {}\n", charts.size(), folder.string()));
}

}  // namespace vouch::cli
