// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/error.hpp"

namespace vouch::cli {
namespace {

bool reader_is_gone = false;

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

void print(std::string_view text) {
  if (reader_is_gone) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) handle_output_failure();
}

void flush_output() {
  if (!reader_is_gone && std::fflush(stdout) != 0) handle_output_failure();
}

void tell(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void tell_problem(std::string_view line) {
  std::string text(line);
  for (const auto& [word, look] : {std::pair{"error:", Style::red}, std::pair{"warning:", Style::yellow}}) {
    const std::size_t at = text.find(word);
    if (at == std::string::npos || (at > 0 && text[at - 1] != ' ')) continue;
    text.replace(at, std::strlen(word), style(word, look, Stream::error));
    break;
  }
  tell(text + '\n');
}

}  // namespace vouch::cli
