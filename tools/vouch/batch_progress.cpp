// SPDX-License-Identifier: Apache-2.0
#include "batch_progress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "progress.hpp"
#include "report/number.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

constexpr auto least_between_drawings = std::chrono::milliseconds(100);
constexpr auto least_between_lines = std::chrono::seconds(1);

}  // namespace

std::string format_batch_progress(std::size_t run, const std::vector<std::string>& names,
                                  const experiment::Progress& progress, double seconds, std::uint64_t limit) {
  const std::string words = format_progress(progress, seconds, "", limit);
  return fmt::format("{} of {}: {}, {}", report::format_count(run + 1), report::format_count(names.size()), names[run],
                     words.substr(words.find_first_not_of(' ')));
}

BatchProgress::BatchProgress(Mode mode, std::vector<std::string> names) : mode_(mode), names_(std::move(names)) {}

void BatchProgress::update(std::size_t run, const experiment::Progress& progress, std::uint64_t limit) {
  if (mode_ == Mode::silent) return;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  UnderWay& one = under_way_.try_emplace(run, UnderWay{now}).first->second;
  const bool is_drawn = mode_ == Mode::terminal;
  if (under_way_.begin()->first != run) return;
  if (is_drawn ? now - last_told_ < least_between_drawings : now - last_told_ < least_between_lines) return;
  const std::uint64_t num_worlds = limit > 0 ? limit : progress.num_worlds;
  const double seconds = std::chrono::duration<double>(now - one.start).count();
  const std::string line = format_batch_progress(run, names_, progress, seconds, limit);
  if (is_drawn) {
    draw_status(cut_to_width(line, find_terminal_width() - 1));
  } else {
    const int tenths = static_cast<int>(10 * progress.num_done / std::max<std::uint64_t>(num_worlds, 1));
    if (tenths <= one.tenths_told) return;
    one.tenths_told = tenths;
    tell_progress(line, {progress.num_done, num_worlds});
  }
  last_told_ = now;
}

void BatchProgress::end(std::size_t run) {
  const std::lock_guard lock(mutex_);
  under_way_.erase(run);
  if (mode_ == Mode::terminal) clear_status();
}

}  // namespace vouch::cli
