// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "results/contents.hpp"

namespace vouch::results {

/// Series and curves, summed up over worlds.
void write_summaries(LabelledFile& file, const Contents& contents);

}  // namespace vouch::results
