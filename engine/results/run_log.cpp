// SPDX-License-Identifier: Apache-2.0
#include "results/run_log.hpp"

#include <nlohmann/json.hpp>

#include "results/file_io.hpp"
#include "results/provenance.hpp"

namespace vouch::results {

void append_run_log(const std::string& results_path, const RunRecord& record) {
  nlohmann::ordered_json line;
  line["started"] = record.started;
  line["seconds"] = record.seconds;
  line["command"] = record.command_line;
  line["threads"] = record.num_threads;
  line["simulated"] = record.num_simulated;
  line["resumed"] = record.num_resumed;
  line["ending"] = record.ending;
  line["vouch_version"] = version();
  line["git_sha1"] = git_commit();
  // A command line may hold bytes that are no UTF-8: replaced, not refused.
  const std::string text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  FileHandle file(results_path + ".log.jsonl", FileHandle::Mode::own_append);
  file.append(std::as_bytes(std::span(text.data(), text.size())));
  file.close();
}

}  // namespace vouch::results
