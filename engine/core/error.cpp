// SPDX-License-Identifier: Apache-2.0
#include "core/error.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace vouch {
namespace {

std::string join_problems(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += format_problem(problem);
  }
  return text;
}

/// Damerau-Levenshtein distance (optimal string alignment), ignoring case.
std::size_t compute_edit_distance(const std::string& a, const std::string& b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + substitution});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string format_problem(const Problem& problem) {
  std::string text;
  if (!problem.where.file.empty()) {
    text += problem.where.file;
    if (problem.where.line > 0) {
      text += ':' + std::to_string(problem.where.line);
      if (problem.where.column > 0) text += ':' + std::to_string(problem.where.column);
    }
    text += ": ";
  }
  text += problem.severity == Severity::error ? "error: " : "warning: ";
  text += problem.what;
  if (!problem.why.empty()) text += " (" + problem.why + ")";
  if (!problem.remedy.empty()) text += "; " + problem.remedy;
  return text;
}

Error::Error(ExitCode code, std::string message) : std::runtime_error(std::move(message)), code_(code) {}

Error::Error(ExitCode code, std::vector<Problem> problems)
    : std::runtime_error(join_problems(problems)), code_(code), problems_(std::move(problems)) {}

std::string find_nearest(const std::string& word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest_compared = 64;
  if (word.empty() || word.size() > longest_compared) return {};
  const std::size_t tolerated = std::max<std::size_t>(1, (word.size() + 2) / 4);
  std::string nearest;
  std::size_t nearest_distance = tolerated + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest_compared) continue;
    const std::size_t distance = compute_edit_distance(word, candidate);
    if (distance < nearest_distance) {
      nearest = candidate;
      nearest_distance = distance;
    }
  }
  return nearest;
}

}  // namespace vouch
