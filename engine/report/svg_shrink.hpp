// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/svg_tree.hpp"

namespace vouch::report {

/// Leaves out of a picture by ECharts what cannot be seen, and says the rest in fewer bytes: the same picture in about
/// half of them. Styles become attributes, and positions of text are made such that readers without
/// `dominant-baseline` (librsvg, slide programs) agree on them.
void shrink_svg(SvgNode& root);

}  // namespace vouch::report
