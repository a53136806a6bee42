// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "results/contents.hpp"

namespace vouch::results {

/// Everything that says what the file is and how to make it again.
void write_root_attributes(LabelledFile& file, const RunIdentity& identity, const model::ObservationLayout& layout,
                           int schema_version);

/// All dimensions with their values, and the names and edges that belong to them.
void write_coordinates(LabelledFile& file, const Contents& contents);

}  // namespace vouch::results
