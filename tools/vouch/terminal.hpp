// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vouch::cli {

/// Results go to the output; everything else to the error stream.
enum class Stream { output, error };

bool is_terminal(Stream stream);
/// Only on a terminal, never with NO_COLOR set to anything (https://no-color.org) or TERM=dumb.
bool uses_color(Stream stream);
/// Of the terminal behind the error stream; 80 if unknown.
std::size_t find_terminal_width();

enum class Style { bold, red, yellow };
/// `text` in that style where the stream shows colours, else as it is.
std::string style(std::string_view text, Style style, Stream stream);

/// Writes results. When the reader has gone away (a closed pipe) the rest is dropped, as it is wanted by nobody;
/// any other failure is an Error (io).
void print(std::string_view text);
/// Writes all of it at once to the error stream; failures are ignored.
void tell(std::string_view text);
/// "error: ..." or "warning: ..." with the word in colour. `text` holds whole lines, each starting with the place
/// or with the word.
void tell_problem(std::string_view line);
/// Forces what was printed out; throws as print does.
void flush_output();

}  // namespace vouch::cli
