// SPDX-License-Identifier: Apache-2.0
#include "shell_words.hpp"

#include <glib.h>

#include <memory>

namespace vouch::cli {

std::optional<std::vector<std::string>> split_shell_words(const std::string& line) {
  int num_words = 0;
  char** words = nullptr;
  GError* failure = nullptr;
  std::string text = line;
  if (text.ends_with('#')) text += ' ';  // GLib takes a comment without a character for an open quote
  if (g_shell_parse_argv(text.c_str(), &num_words, &words, &failure) == 0) {
    const bool is_empty = g_error_matches(failure, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING) != 0;
    g_error_free(failure);
    if (!is_empty) return std::nullopt;
    return std::vector<std::string>();
  }
  const std::unique_ptr<char*, decltype(&g_strfreev)> owner(words, g_strfreev);
  return std::vector<std::string>(words, words + num_words);
}

}  // namespace vouch::cli
