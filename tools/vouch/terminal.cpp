// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "core/error.hpp"
#include "core/printable.hpp"

namespace vouch::cli {
namespace {

bool reader_is_gone = false;
std::atomic<LogFormat> log_format{LogFormat::text};
std::atomic<bool> is_status_drawn{false};
constexpr std::string_view wipe = "\r\x1b[K";

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void tell_json(const Told& told) { write_error(format_told(told, std::chrono::system_clock::now())); }

void handle_output_failure() {
  if (errno == EPIPE) {
    reader_is_gone = true;
    return;
  }
  const std::string reason = std::strerror(errno);
  reader_is_gone = true;  // one message is enough
  throw Error(ExitCode::io, "cannot write to the standard output: " + reason);
}

}  // namespace

bool is_terminal(Stream stream) { return isatty(stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO) == 1; }

bool uses_color(Stream stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  if (term != nullptr && std::strcmp(term, "dumb") == 0) return false;
  return is_terminal(stream);
}

std::size_t find_terminal_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

std::string style(std::string_view text, Style style, Stream stream) {
  if (!uses_color(stream)) return std::string(text);
  const char* code = style == Style::bold ? "\x1b[1m" : style == Style::red ? "\x1b[1;31m" : "\x1b[33m";
  return code + std::string(text) + "\x1b[0m";
}

void reserve_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(number, F_GETFD) == -1 && errno == EBADF) static_cast<void>(open("/dev/null", O_RDONLY));
}

void print(std::string_view text) {
  if (reader_is_gone) return;
  // A file or another program gets what it is; a terminal would obey what a stranger's file says to it.
  std::string printable;
  if (is_terminal(Stream::output)) text = printable = make_printable_in_colour(text);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) handle_output_failure();
}

void flush_output() {
  if (!reader_is_gone && std::fflush(stdout) != 0) handle_output_failure();
}

void set_log_format(LogFormat format) { log_format = format; }

bool speaks_json() { return log_format == LogFormat::json; }

void tell(std::string_view text) {
  if (speaks_json()) return tell_json(read_told(text));
  write_error(std::string(is_status_drawn.exchange(false) ? wipe : "") + make_printable_in_colour(text));
}

void tell_without_waiting(const std::string& line) {
  // What was drawn of the progress goes.
  const std::string text = speaks_json() ? format_told(read_told(line), std::chrono::system_clock::now())
                                         : (is_terminal(Stream::error) ? "\r\x1b[K" : "") + make_printable(line) + '\n';
  pollfd place{STDERR_FILENO, POLLOUT, 0};
  constexpr int patience_ms = 50;
  constexpr std::size_t surely_taken = 512;  // by a pipe that takes anything: the least PIPE_BUF there is
  for (std::size_t done = 0; done < text.size() && poll(&place, 1, patience_ms) == 1;) {
    const ssize_t put = write(STDERR_FILENO, text.data() + done, std::min(surely_taken, text.size() - done));
    if (put <= 0) return;
    done += static_cast<std::size_t>(put);
  }
}

void tell_problem(std::string_view line) {
  if (speaks_json()) return tell_json(read_told(line));
  std::string text = make_printable(line);
  for (const auto& [word, look] : {std::pair{"error:", Style::red}, std::pair{"warning:", Style::yellow}}) {
    const std::size_t at = text.find(word);
    if (at == std::string::npos || (at > 0 && text[at - 1] != ' ')) continue;
    text.replace(at, std::strlen(word), style(word, look, Stream::error));
    break;
  }
  tell(text + '\n');
}

void tell_problem(const Problem& problem) {
  if (speaks_json()) return tell_json(make_told(problem));
  tell_problem(format_problem(problem));
}

void tell_error(const Error& error) {
  if (error.problems().empty()) tell_problem(std::string("error: ") + error.what());
  for (const Problem& problem : error.problems()) tell_problem(problem);
}

void tell_progress(const std::string& line, const Amount& amount) {
  if (!speaks_json()) return tell(line + '\n');
  Told told = read_told(line);
  told.level = Level::progress;
  told.amount = amount;
  tell_json(told);
}

void write_plainly(std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t put = ::write(STDERR_FILENO, text.data(), text.size());
    if (put <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
}

void tell_without_memory(std::string_view words) noexcept {
  if (!speaks_json()) {
    write_plainly("error: ");
    write_plainly(words);
    return write_plainly("\n");
  }
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  char time[32] = {};
  if (gmtime_r(&now, &utc) != nullptr) std::strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%S.000Z", &utc);
  for (const std::string_view text :
       {std::string_view(R"({"time":")"), std::string_view(time), std::string_view(R"(","level":"error","message":")")})
    write_plainly(text);
  for (; !words.empty(); words.remove_prefix(1)) {
    if (words[0] == '"' || words[0] == '\\') write_plainly("\\");
    write_plainly(static_cast<unsigned char>(words[0]) < 0x20 ? " " : words.substr(0, 1));
  }
  write_plainly("\"}\n");
}

bool shows_status() { return !speaks_json() && is_terminal(Stream::error); }

void draw_status(const std::string& line) {
  write_error('\r' + make_printable(line) + "\x1b[K");
  is_status_drawn = true;
}

void clear_status() {
  if (is_status_drawn.exchange(false)) write_error(wipe);
}

}  // namespace vouch::cli
