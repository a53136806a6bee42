// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <memory>
#include <new>

#include "core/error.hpp"
#include "core/required_memory.hpp"
#include "results/contents.hpp"
#include "results/publish.hpp"
#include "results/results_file_impl.hpp"

namespace vouch::results {
namespace {

/// Beside nobody's files; empty if it fits in memory.
std::string choose_scratch(std::uint64_t size) {
  if (size <= largest_in_memory) return {};
  std::error_code failure;
  const auto folder = std::filesystem::temp_directory_path(failure);
  return ((failure ? "." : folder) / fmt::format("vouch-{}.scratch", ::getpid())).string();
}

}  // namespace

ResultsFile open_unfinished(const RunIdentity& identity, const model::Model& model,
                            const model::ObservationLayout& layout, const statistics::Metric& metric,
                            const Journal& journal, Detail detail) {
  if (journal.num_done() == 0)
    throw Error(ExitCode::data,
                fmt::format("'{}' holds no world yet; wait until its run has finished some", journal.path()));
  const auto refuse = [&](ExitCode code, const std::string& reason) -> Error {
    return Error(code, fmt::format("cannot make results of '{}': {}; make room and try again", journal.path(), reason));
  };
  const RequiredMemory required(refuse(ExitCode::resources, "out of memory").what());
  auto impl = std::make_unique<ResultsFile::Impl>();
  try {
    const Contents contents(identity, model, layout, metric, journal, detail, journal.num_replications());
    const std::uint64_t size = estimate_size(contents);
    const std::string scratch = choose_scratch(size);
    require_memory(scratch.empty() ? size : 0);
    impl->built = std::make_unique<LabelledFile>(scratch);
    write_contents(*impl->built, contents);
    impl->path = journal.path();
    impl->file = impl->built->reopen();
    read_contents(*impl);
  } catch (const std::bad_alloc&) {
    static_cast<void>(impl.release());  // HDF5 may crash while it closes what lacks memory
    throw refuse(ExitCode::resources, "out of memory");
  } catch (const Hdf5Failure& failure) {
    const int error_number = impl->built ? impl->built->error_number() : 0;
    throw refuse(error_number == ENOMEM ? ExitCode::resources : ExitCode::io,
                 error_number != 0 ? std::strerror(error_number) : failure.what());
  }
  impl->unfinished = Unfinished{journal.num_done(), journal.num_planned()};
  return ResultsFile(std::move(impl));
}

}  // namespace vouch::results
