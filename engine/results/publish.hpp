// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>

#include "model/model.hpp"
#include "model/observations.hpp"
#include "results/journal.hpp"
#include "results/results_file.hpp"
#include "results/run_identity.hpp"
#include "statistics/metric.hpp"

namespace vouch::results {

inline constexpr int results_schema_version = 3;

/// Which worlds' series and curves a file keeps.
enum class Detail { summary, world };

/// Makes the results file from the journal and puts it under its final name, whole or not at all; then removes the
/// journal, unless it holds more worlds than these. The bytes depend on the identity and the rows only. Worlds that the
/// journal lacks are marked in `completed`. `metric`: the one that identity.metric names. Throws Error (io, resources):
/// the file that stood there before, and the journal, are then untouched.
void publish_results(const std::string& path, const RunIdentity& identity, const model::Model& model,
                     const model::ObservationLayout& layout, const statistics::Metric& metric, Journal& journal,
                     Detail detail = Detail::summary);

/// What the results would be if the journal's run ended now: made in memory (or, above 256 MB, in a nameless file in
/// the folder for temporary files) and opened. Named as its journal. The run is not over: see ResultsFile::unfinished.
/// Throws Error (data, io, resources).
ResultsFile open_unfinished(const RunIdentity& identity, const model::Model& model,
                            const model::ObservationLayout& layout, const statistics::Metric& metric,
                            const Journal& journal, Detail detail = Detail::summary);

/// Puts into the journal what a file of the same worlds (see describe_worlds) has and the journal lacks. Throws Error:
/// data if the file's worlds are others; io. `stop` (may be null) ends it soon after it becomes true; false if it did.
bool import_worlds(const ResultsFile& file, const RunIdentity& identity, const model::ObservationLayout& layout,
                   Journal& journal, const std::atomic<bool>* stop = nullptr);

}  // namespace vouch::results
