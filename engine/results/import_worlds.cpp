// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "results/file_layout.hpp"
#include "results/publish.hpp"

namespace vouch::results {
namespace {

/// Positions first .. first + count - 1 of one lane in the file; what the journal has already is left out.
class Import {
 public:
  Import(const ResultsFile& file, std::size_t row_size, Journal& journal)
      : file_(file), start_(file.identity().covered().first), row_size_(row_size), journal_(journal) {}

  void run(int lane, std::uint32_t first, std::uint32_t count) {
    const std::vector<std::uint8_t> there = file_.completed(lane, {first, count});
    std::vector<bool> wanted;
    for (std::uint32_t i = 0; i < there.size(); ++i)
      wanted.push_back(there[i] != 0 && !journal_.is_done({lane, start_ + first + i}));
    if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return;
    const std::vector<std::int64_t> rows = file_.read_rows(lane, {first, count});
    for (std::size_t begin = 0; begin < wanted.size();) {
      const auto stretch = std::find(wanted.begin() + static_cast<std::ptrdiff_t>(begin), wanted.end(), !wanted[begin]);
      const auto end = std::min(static_cast<std::size_t>(stretch - wanted.begin()), begin + rows_per_record);
      if (wanted[begin])
        journal_.import(lane, start_ + first + static_cast<std::uint32_t>(begin),
                        std::span(rows).subspan(begin * row_size_, (end - begin) * row_size_));
      begin = end;
    }
  }

 private:
  static constexpr std::size_t rows_per_record = 16;  ///< about as many as simulated together: read back as fast

  const ResultsFile& file_;
  std::uint32_t start_;  ///< the file's first replication
  std::size_t row_size_;
  Journal& journal_;
};

}  // namespace

bool import_worlds(const ResultsFile& file, const RunIdentity& identity, const model::ObservationLayout& layout,
                   Journal& journal, const std::atomic<bool>* stop) {
  const WorldsDescription worlds = describe_worlds(identity, layout);
  if (file.worlds() != format_worlds(worlds) || file.num_elements() != layout.size())
    throw Error(ExitCode::data, fmt::format("'{}' holds worlds of another run: {}", file.path(),
                                            describe_difference(file.worlds(), worlds)));
  Import import(file, layout.size(), journal);
  const std::uint32_t slab = choose_slab(layout.size(), file.num_replications());
  for (int lane = 0; lane < file.num_lanes(); ++lane)
    for (std::uint32_t first = 0; first < file.num_replications(); first += slab) {
      if (stop != nullptr && stop->load(std::memory_order_relaxed)) {
        journal.sync();
        return false;
      }
      import.run(lane, first, slab);
    }
  journal.sync();
  return true;
}

}  // namespace vouch::results
