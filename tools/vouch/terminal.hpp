// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "told_line.hpp"

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

/// Keeps the numbers of the standard streams from files that are opened later: what was closed becomes a stream that
/// cannot be written to.
void reserve_standard_streams();

/// Writes results; to a terminal with everything escaped that it would act on, but for colours. When the reader has
/// gone away (a closed pipe) the rest is dropped, as it is wanted by nobody; any other failure is an Error (io).
void print(std::string_view text);
/// How the error stream speaks: to people, or in one line of JSON for each thing that is told (see format_told).
enum class LogFormat { text, json };
void set_log_format(LogFormat format);
bool speaks_json();

/// Writes all of it at once to the error stream, with everything escaped that a terminal would act on, but for colours;
/// failures are ignored. As JSON it is one line of info.
void tell(std::string_view text);
/// The same of a line, given without its end, from any thread; dropped if the reader of a pipe does not read.
void tell_without_waiting(const std::string& line);
/// "error: ..." or "warning: ..." with the word in colour. `text` holds whole lines, each starting with the place
/// or with the word.
void tell_problem(std::string_view line);
void tell_problem(const Problem& problem);
/// Every problem of it, or its message.
void tell_error(const Error& error);
/// A whole line about how far a run is.
void tell_progress(const std::string& line, const Amount& amount);
/// As it is, without asking for any memory.
void write_plainly(std::string_view text) noexcept;
/// "error: WORDS", without asking for any memory.
void tell_without_memory(std::string_view words) noexcept;

/// Whether a line can be drawn again and again: on a terminal, to people.
bool shows_status();
/// One line without a line break, in place of the one drawn before; whatever is told removes it first.
void draw_status(const std::string& line);
void clear_status();

/// Forces what was printed out; throws as print does.
void flush_output();

}  // namespace vouch::cli
