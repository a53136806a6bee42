// SPDX-License-Identifier: Apache-2.0
// The parts of a layout that one panel decides by itself.
#pragma once

#include "report/chart_layout.hpp"

namespace vouch::report {

/// Scales (shared by axes of the same title), labels and heights of all panels, which will stand in `num_columns`.
std::vector<PanelPlan> make_panel_plans(const Chart& chart, Format format, std::size_t num_columns);

/// Names and values above rows that are as wide as they turned out to be.
void refit_names_above(PanelPlan& plan, const Style& style);

/// Whether rows of bars with labels, which have the same names, can stand two by two on a phone.
bool can_pair_rows(const Chart& chart, const Style& style);

/// Sets what plan.room has at the left and right.
void plan_sides(PanelPlan& plan, const Style& style);

/// Which titles of axes a panel has by itself.
struct OwnTitles {
  bool x = true;
  bool y = true;
};

/// Sets the texts around the box, whose width is known, and what plan.room has at the top and bottom.
void plan_texts(PanelPlan& plan, const Style& style, OwnTitles titles);

/// Where the label of a rule across upright values hides no mark, from the box' left and top; nowhere: none.
std::optional<Text> find_rule_spot(const PanelPlan& plan, const Style& style);

/// Titles and ticks at their places, when the box has its own.
void add_texts(const PanelPlan& plan, Layout& layout);

/// Whether any mark has one.
bool has_labels(const Panel& panel);

/// Of texts with line breaks: pixels, lines (at least one).
double find_widest(const std::vector<std::string>& texts, double font_size);
std::size_t find_most_lines(const std::vector<std::string>& texts);

inline constexpr double bold_factor = 1.12;      ///< how much wider bold text is
inline constexpr double most_end_label = 230.0;  ///< pixels for the name at the end of a line
inline constexpr double label_gap = 8.0;         ///< between a label and what it belongs to

}  // namespace vouch::report
