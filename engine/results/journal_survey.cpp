// SPDX-License-Identifier: Apache-2.0
#include "results/journal_survey.hpp"

#include <algorithm>
#include <compare>
#include <limits>

#include "results/identity_json.hpp"

namespace vouch::results {
namespace {

/// A world that was written twice counts once. Takes memory for each record, whatever numbers stand in it.
class Counter {
 public:
  void add(const JournalRecord& record) {
    stretches_.push_back({record.lane, record.first, std::uint64_t{record.first} + record.count});
  }

  bool goes_beyond(std::uint64_t end) const {
    return std::any_of(stretches_.begin(), stretches_.end(), [end](const Stretch& one) { return one.end > end; });
  }

  /// Of the replications below `end`.
  std::vector<std::uint64_t> count(std::size_t num_lanes, std::uint64_t end) {
    std::sort(stretches_.begin(), stretches_.end());
    std::vector<std::uint64_t> counts(num_lanes);
    std::uint32_t lane = 0;
    std::uint64_t counted = 0;  // of that lane, all below
    for (const Stretch& stretch : stretches_) {
      if (stretch.lane >= num_lanes) break;
      if (stretch.lane != lane) counted = 0;
      lane = stretch.lane;
      const std::uint64_t from = std::max(stretch.first, counted);
      const std::uint64_t to = std::min(stretch.end, end);
      if (from >= to) continue;
      counts[lane] += to - from;
      counted = to;
    }
    return counts;
  }

 private:
  struct Stretch {
    std::uint32_t lane;
    std::uint64_t first;
    std::uint64_t end;
    auto operator<=>(const Stretch&) const = default;
  };
  std::vector<Stretch> stretches_;
};

}  // namespace

JournalHeader require_readable_journal(const FileHandle& file) {
  return require_journal_header(file, "give one that vouch run has written",
                                "give the command that wrote it again, or delete it to start anew");
}

JournalSurvey survey_journal(const std::string& journal_path) {
  const FileHandle file(journal_path, FileHandle::Mode::read);
  const JournalHeader header = require_readable_journal(file);
  JournalSurvey survey;
  survey.worlds = header.text;
  survey.is_open = file.is_locked_elsewhere();
  survey.written = file.written();
  survey.num_bytes = file.size();
  std::uint64_t offset = header.size;
  Counter counter;
  RecordBuffer buffer;
  while (offset < survey.num_bytes && buffer.load(file, offset, survey.num_bytes, any_row_size)) {
    if (buffer.record().kind == RecordKind::description) {
      const auto text = buffer.payload();
      survey.identity = read_identity({reinterpret_cast<const char*>(text.data()), text.size()});
    } else {
      counter.add(buffer.record());
    }
    offset += buffer.bytes().size();
  }
  survey.num_bytes_damaged = survey.num_bytes - offset;
  if (const auto& identity = survey.identity) {
    survey.holds_more = counter.goes_beyond(identity->covered().end());
    const bool is_limited = identity->stopping.aim.empty();
    survey.num_worlds = counter.count(
        identity->num_lanes(), is_limited ? identity->covered().end() : std::numeric_limits<std::uint32_t>::max());
  }
  return survey;
}

}  // namespace vouch::results
