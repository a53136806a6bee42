// SPDX-License-Identifier: Apache-2.0
#include "report/cell_key.hpp"

#include <algorithm>

#include "report/chart_layout.hpp"
#include "report/panel_plan.hpp"
#include "report/text_fit.hpp"

namespace vouch::report {
namespace {

constexpr std::size_t most_letters = 26;

bool has_long_labels(const Chart& chart, const Style& style) {
  bool is_long = false;
  const double columns = style.width < 500.0 ? 1.0 : static_cast<double>(std::max<std::size_t>(1, chart.num_columns));
  for (const Panel& panel : chart.panels) {
    if (kind_of(panel) != Kind::cells) continue;
    const double cell = 0.85 * style.width / columns / static_cast<double>(panel.x.categories.size()) - label_gap;
    visit_data(panel, [&](const Series& series, const Datum& datum) {
      if (series.mark != Mark::cell) return;
      const std::string fitted = fit_text(datum.label, cell, style.font_size, 3);
      const bool is_cut = fitted.size() >= 3 && fitted.compare(fitted.size() - 3, 3, "…") == 0;
      is_long = is_long || is_cut || estimate_word_width(datum.label, style.font_size) > cell;
    });
  }
  return is_long;
}

std::vector<std::string> list_labels(const Chart& chart) {
  std::vector<std::string> labels;
  for (const Panel& panel : chart.panels) {
    visit_data(panel, [&](const Series& series, const Datum& datum) {
      if (series.mark != Mark::cell || datum.label.empty()) return;
      if (std::find(labels.begin(), labels.end(), datum.label) == labels.end()) labels.push_back(datum.label);
    });
  }
  return labels;
}

/// One series for each label, in the order of the labels; cells without a label stay in one of their own.
std::vector<Series> split_by_label(const Series& series, const std::vector<std::string>& labels) {
  std::vector<Series> split(labels.size() + 1, Series{{}, Mark::cell, series.colour, series.has_own_colours, {}});
  for (Datum datum : series.data) {
    const auto place = static_cast<std::size_t>(std::find(labels.begin(), labels.end(), datum.label) - labels.begin());
    Series& own = split[place];
    if (place < labels.size()) {
      datum.label = std::string(1, static_cast<char>('A' + place));
      own.name = datum.label + ": " + labels[place];
      if (series.has_own_colours && own.data.empty()) own.colour = datum.colour;
    }
    own.data.push_back(std::move(datum));
  }
  std::erase_if(split, [](const Series& part) { return part.data.empty(); });
  return split;
}

}  // namespace

Chart replace_long_cell_labels(const Chart& chart, Format format) {
  const std::vector<std::string> labels = list_labels(chart);
  if (!has_long_labels(chart, style_of(format)) || labels.size() < 2 || labels.size() > most_letters) return chart;
  Chart keyed = chart;
  for (Panel& panel : keyed.panels) {
    std::vector<Series> all;
    for (const Series& series : panel.series) {
      if (series.mark != Mark::cell) {
        all.push_back(series);
        continue;
      }
      for (Series& part : split_by_label(series, labels)) all.push_back(std::move(part));
    }
    panel.series = std::move(all);
  }
  return keyed;
}

}  // namespace vouch::report
