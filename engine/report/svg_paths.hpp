// SPDX-License-Identifier: Apache-2.0
// Symbols and lines of one look as a single path: what makes most of a chart's bytes and elements.
#pragma once

#include "report/svg_tree.hpp"

namespace vouch::report {

/// The same path without its matrix, if that only scales and shifts, and the path is made of straight lines, or is the
/// circle that ECharts has as a symbol. Otherwise it stays as it is.
void place_symbol(SvgNode& path);

/// Whether `next` can be drawn by the path `last`, which is then both: of the same look, and such that it does not
/// matter whether one is painted over the other.
bool absorb_path(SvgNode& last, const SvgNode& next);

/// Lines from where the last one ended instead of from the picture's corner; other commands as they are.
void shorten_lines(SvgNode& path);

/// Of a heat map: pale or full, between edges of the background.
bool is_cell(const SvgNode& path);

/// The edges of cells are all of the background, however pale the cell, so that cells stay apart; and how pale it is
/// has twenty steps.
void sharpen_cell(SvgNode& cell);

}  // namespace vouch::report
