// SPDX-License-Identifier: Apache-2.0
#include "batch_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "batch_line.hpp"
#include "experiment/usable_cpus.hpp"
#include "report_files.hpp"
#include "results/file_io.hpp"
#include "run_answer.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t longest_list = 16'000'000;  // bytes
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::vector<BatchLine> read_folder(const std::string& folder) {
  std::vector<BatchLine> lines;
  std::error_code failure;
  fs::directory_iterator entries(folder, failure);
  for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
    std::error_code unknown;  // what cannot be looked at is run, so that it is told of
    const fs::path& path = entries->path();
    if (path.extension() != ".toml" || path.filename().string().starts_with(".") || entries->is_directory(unknown))
      continue;  // hidden ones are editors' locks and the like
    BatchLine line;
    line.where.file = line.options.scenario.path = path.string();
    lines.push_back(std::move(line));
  }
  if (failure) throw Error(ExitCode::io, fmt::format("cannot read the folder '{}': {}", folder, failure.message()));
  std::sort(lines.begin(), lines.end(),
            [](const BatchLine& a, const BatchLine& b) { return a.options.scenario.path < b.options.scenario.path; });
  return lines;
}

std::string read_text(const std::string& path) {
  const results::FileHandle file(path, results::FileHandle::Mode::read);
  if (file.size() > longest_list)
    throw Error(ExitCode::usage, fmt::format("'{}' is too long for a list of scenarios: {} bytes, at most {} are read",
                                             path, file.size(), longest_list));
  std::string text(static_cast<std::size_t>(file.size()), '\0');
  text.resize(file.read_at(0, std::as_writable_bytes(std::span(text))));
  if (text.find('\0') != std::string::npos)
    throw Error(ExitCode::usage, fmt::format("'{}' is no list of scenarios, but holds bytes that are no text; give a "
                                             "text file with a scenario on each line, or a folder",
                                             path));
  return text;
}

std::vector<BatchLine> read_list(const std::string& path) {
  const std::string text = read_text(path);
  std::vector<BatchLine> lines;
  Location where{path, 0, 0};
  for (std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    ++where.line;
    if (auto line = parse_batch_line(text.substr(begin, end - begin), where)) lines.push_back(std::move(*line));
    begin = end + 1;
  }
  return lines;
}

/// Whether a path given in a list leads nowhere but below the output folder.
bool stays_inside(const std::string& path) {
  const fs::path normal = fs::path(path).lexically_normal();
  return normal.is_relative() && !normal.empty() && *normal.begin() != "..";
}

/// Gives a job the paths of what it makes.
BatchJob make_job(BatchLine line, const BatchOptions& options) {
  BatchJob job{{}, std::move(line.options), {}};
  RunOptions& run = job.options;
  const auto place = [&](const std::string& given, const char* option) {
    if (!stays_inside(given))
      job.problems.push_back({Severity::error,
                              line.where,
                              fmt::format("'{} {}' leads out of the output folder '{}'", option, given, options.output),
                              {},
                              "give a path below that folder, or another folder to 'vouch batch' with -o"});
    return (fs::path(options.output) / given).lexically_normal().string();
  };
  if (run.output.empty()) run.output = fs::path(run.scenario.path).stem().string() + ".h5";
  fs::path name = fs::path(run.output).lexically_normal();
  job.name = (name.extension() == ".h5" ? name.replace_extension() : name).string();
  run.output = place(run.output, "-o");
  if (options.report && !run.report) run.report = "";
  if (run.report && !run.report->empty()) run.report = place(*run.report, "--report");
  run.force = run.force || options.force;
  run.append = run.append && !run.force;
  const int most_threads = options.threads.value_or(experiment::count_usable_cpus());
  run.threads = std::min(run.threads.value_or(most_threads), most_threads);
  run.quiet = options.quiet;
  return job;
}

/// Finds files that two lines, or a line and the log, would both write.
class Claims {
 public:
  explicit Claims(const std::string& log) { lines_[key_of(log)] = "the batch's log"; }

  void claim(const std::string& path, const Location& where, std::vector<Problem>& problems) {
    const std::string own = where.line > 0 ? fmt::format("line {}", where.line) : fmt::format("'{}'", where.file);
    const auto [found, is_new] = lines_.try_emplace(key_of(path), own);
    if (is_new) return;
    problems.push_back({Severity::error, where, fmt::format("'{}' is written by {}, too", path, found->second),
                        "one would replace the other", "give one of them another name with -o"});
  }

 private:
  static std::string key_of(const std::string& path) {
    std::error_code failure;
    const fs::path whole = fs::weakly_canonical(fs::absolute(path, failure), failure);
    return failure ? path : whole.string();
  }

  std::map<std::string, std::string> lines_;
};

void claim_files(const Location& where, BatchJob& job, Claims& claims) {
  for (const char* ending : {"", ".journal", ".log.jsonl"})
    if (job.problems.empty()) claims.claim(job.options.output + ending, where, job.problems);
  if (job.options.report)
    claims.claim(find_report_path(make_report_options(job.options.output, job.options)), where, job.problems);
}

/// What stands for a line that is not to be run.
BatchJob make_refused(const Location& where, std::vector<Problem> problems) {
  const std::string name = where.line > 0 ? fmt::format("{}:{}", where.file, where.line) : where.file;
  return {name, {}, std::move(problems)};
}

BatchJob make_job(BatchLine line, const BatchOptions& options, Claims& claims) {
  const Location where = line.where;
  if (!line.problems.empty()) return make_refused(where, std::move(line.problems));
  BatchJob job = make_job(std::move(line), options);
  if (job.problems.empty()) claim_files(where, job, claims);
  return job.problems.empty() ? job : make_refused(where, std::move(job.problems));
}

[[noreturn]] void refuse_nothing(const std::string& source, bool is_folder) {
  throw Error(ExitCode::usage, is_folder
                                   ? fmt::format("no scenario in the folder '{}': it has no *.toml (subfolders are "
                                                 "not looked into)",
                                                 source)
                                   : fmt::format("no scenario in '{}': it has no line with one", source));
}

}  // namespace

std::string BatchOptions::find_log() const {
  return log.empty() ? (fs::path(output) / "batch.log.jsonl").string() : log;
}

std::vector<BatchJob> list_jobs(const BatchOptions& options) {
  std::error_code failure;
  const bool is_folder = fs::is_directory(options.source, failure);
  if (!is_folder && fs::path(options.source).extension() == ".toml")
    throw Error(ExitCode::usage, fmt::format("'{}' is one scenario, which 'vouch run' runs; give a folder, or a text "
                                             "file with a scenario on each line",
                                             options.source));
  std::vector<BatchLine> lines = is_folder ? read_folder(options.source) : read_list(options.source);
  if (lines.empty()) refuse_nothing(options.source, is_folder);
  std::vector<BatchJob> jobs;
  Claims claims(options.find_log());
  for (BatchLine& line : lines) jobs.push_back(make_job(std::move(line), options, claims));
  return jobs;
}

}  // namespace vouch::cli
