// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/number.hpp"
#include "report/text.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto least_between_drawings = std::chrono::milliseconds(100);
constexpr auto least_between_lines = std::chrono::seconds(1);  // a short run has nothing to tell
constexpr std::size_t longest_bar = 20;
constexpr std::size_t shortest_bar = 4;

double compute_share_done(const experiment::Progress& progress, std::uint64_t limit) {
  const std::uint64_t all = limit > 0 ? limit : progress.num_worlds;
  if (all == 0) return 1.0;
  return static_cast<double>(progress.num_done) / static_cast<double>(all);
}

/// A bar and a space in at most `width` columns; nothing where that is too little.
std::string draw_bar(double share, std::size_t width) {
  if (width < shortest_bar + 1) return {};
  const std::size_t length = std::min(width - 1, longest_bar);
  std::string bar;
  for (std::size_t i = 0; i < length; ++i)
    bar += static_cast<double>(i) < std::floor(share * static_cast<double>(length)) ? "█" : "░";
  return bar + " ";
}

}  // namespace

std::string cut_to_width(std::string text, std::size_t width) {
  while (report::compute_width(text) > width) {
    while ((static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
    text.pop_back();
  }
  return text;
}

ProgressReporter::Mode choose_progress_mode(bool is_quiet) {
  if (is_quiet) return ProgressReporter::Mode::silent;
  return shows_status() ? ProgressReporter::Mode::terminal : ProgressReporter::Mode::lines;
}

std::string format_progress(const experiment::Progress& progress, double seconds, const std::string& remark,
                            std::uint64_t limit) {
  std::string text =
      limit > 0
          ? fmt::format("{} of at most {} worlds", report::format_count(progress.num_done), report::format_count(limit))
          : fmt::format("{:3.0f} % of {} worlds", std::floor(100.0 * compute_share_done(progress, limit)),
                        report::format_count(progress.num_worlds));
  const auto num_simulated = static_cast<double>(progress.num_done - progress.num_resumed);
  if (num_simulated > 0.0 && seconds > 0.0) {
    const double rate = num_simulated / seconds;
    text += fmt::format(", {} worlds/s", report::format_number(rate, rate < 10.0 ? 1 : 0));
    const auto num_left = static_cast<double>(progress.num_worlds - progress.num_done);
    if (limit == 0) text += fmt::format(", {} left", report::format_duration(num_left / rate));
  }
  if (!remark.empty()) text += ", " + remark;
  return text;
}

std::string fit_progress(const experiment::Progress& progress, double seconds, const std::vector<std::string>& remarks,
                         std::uint64_t limit, std::size_t width) {
  std::string text = format_progress(progress, seconds, remarks.empty() ? "" : remarks.front(), limit);
  for (std::size_t i = 1; i < remarks.size() && report::compute_width(text) > width; ++i)
    text = format_progress(progress, seconds, remarks[i], limit);
  return text;
}

ProgressReporter::ProgressReporter(Mode mode, std::uint64_t limit)
    : mode_(mode), limit_(limit), start_(Clock::now()), last_drawn_(start_) {}

ProgressReporter::~ProgressReporter() { clear(); }

void ProgressReporter::clear() {
  if (mode_ == Mode::terminal) clear_status();
}

void ProgressReporter::update(const experiment::Progress& progress,
                              const std::function<std::vector<std::string>()>& remark) {
  if (mode_ == Mode::silent) return;
  const auto now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double share = compute_share_done(progress, limit_);
  if (mode_ == Mode::terminal) {
    if (now - last_drawn_ < least_between_drawings) return;
    // The bar takes what the words leave. Where the end is open there is none.
    const std::size_t room = find_terminal_width() - 1;
    const std::size_t for_bar = limit_ == 0 ? shortest_bar + 1 : 0;
    const std::string words = fit_progress(progress, seconds, remark(), limit_, room - std::min(room, for_bar));
    const std::size_t taken = report::compute_width(words);
    const std::string bar = draw_bar(share, limit_ == 0 && room > taken ? room - taken : 0);
    draw_status(bar + cut_to_width(words, room));
    last_drawn_ = now;
    return;
  }
  const int tenths = static_cast<int>(share * 10.0);
  if (tenths <= tenths_told_ || now - last_drawn_ < least_between_lines) return;
  tenths_told_ = tenths;
  last_drawn_ = now;
  tell_progress(fit_progress(progress, seconds, remark(), limit_, std::numeric_limits<std::size_t>::max()),
                {progress.num_done, limit_ > 0 ? limit_ : progress.num_worlds});
}

}  // namespace vouch::cli
