// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "results/journal.hpp"
#include "results/run_identity.hpp"

namespace vouch::results {

inline constexpr int results_schema_version = 2;

/// Which worlds' series and curves a file keeps.
enum class Detail { summary, world };

/// Makes the results file from the journal and puts it under its final name, whole or not at all; then removes the
/// journal. The bytes depend on the identity and the rows only. Worlds that the journal lacks are marked in
/// `completed`. Throws Error (io, resources): the file that stood there before, and the journal, are then untouched.
void publish_results(const std::string& path, const RunIdentity& identity, const model::Model& model,
                     const model::ObservationLayout& layout, Journal& journal, Detail detail = Detail::summary);

}  // namespace vouch::results
