// SPDX-License-Identifier: Apache-2.0
#include "results/publish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

#include "core/error.hpp"
#include "core/required_memory.hpp"
#include "results/contents.hpp"
#include "results/labelled_file.hpp"
#include "results/sealed_file.hpp"

namespace vouch::results {

void publish_results(const std::string& path, const RunIdentity& identity, const model::Model& model,
                     const model::ObservationLayout& layout, const statistics::Metric& metric, Journal& journal,
                     Detail detail) {
  journal.sync();
  const auto tell_shortage = [&path] {
    return fmt::format(
        "cannot write '{}': out of memory; every finished world is kept; make memory free and run the same command "
        "again",
        path);
  };
  int error_number = 0;
  std::unique_ptr<LabelledFile> file;
  try {
    const RequiredMemory required(tell_shortage());
    // What a rule stopped is as long as the strategy that went furthest; nobody reads the rest of the limit.
    const std::uint32_t length =
        identity.stopping.aim.empty() ? identity.covered().count : std::max(1U, journal.num_replications());
    const Contents contents(identity, model, layout, metric, journal, detail, length);
    const std::uint64_t size = estimate_size(contents);
    const std::string scratch = size > largest_in_memory ? path + ".scratch" : "";
    require_memory(scratch.empty() ? size : 0);
    file = std::make_unique<LabelledFile>(scratch);
    try {
      write_contents(*file, contents);
      publish_sealed(path, file->finish());
    } catch (...) {
      error_number = file->error_number();
      throw;
    }
  } catch (const std::bad_alloc&) {
    // HDF5 may crash while it closes what lacks memory: it is left as it is.
    static_cast<void>(file.release());
    throw Error(ExitCode::resources, tell_shortage());
  } catch (const Hdf5Failure& failure) {
    const std::string reason = error_number != 0 ? std::strerror(error_number) : failure.what();
    throw Error(
        error_number == ENOMEM ? ExitCode::resources : ExitCode::io,
        fmt::format("cannot write '{}': {}; every finished world is kept; make room and run the same command again",
                    path, reason));
  } catch (const Error& error) {
    if (error.code() != ExitCode::io) throw;
    throw Error(
        ExitCode::io,
        fmt::format("{}; every finished world is kept; run the same command again when it is put right", error.what()));
  }
  if (!journal.holds_more()) journal.remove();
}

}  // namespace vouch::results
