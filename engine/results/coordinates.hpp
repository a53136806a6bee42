// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/model.hpp"
#include "model/observations.hpp"
#include "results/labelled_file.hpp"
#include "results/run_identity.hpp"

namespace vouch::results {

/// Everything that says what the file is and how to make it again.
void write_root_attributes(LabelledFile& file, const RunIdentity& identity, const model::ObservationLayout& layout,
                           int schema_version);

/// All dimensions with their values, and the names and edges that belong to them.
void write_coordinates(LabelledFile& file, const RunIdentity& identity, const model::Model& model,
                       const model::ObservationLayout& layout);

}  // namespace vouch::results
