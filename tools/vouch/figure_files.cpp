// SPDX-License-Identifier: Apache-2.0
#include "figure_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

#include "core/error.hpp"

namespace vouch::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

/// Stands behind the XML declaration.
constexpr std::string_view svg_mark = "<!-- vouch report -->\n";
/// A chunk "Software: vouch" with its length before it and its CRC-32 behind it (PNG, third edition, 11.3.3.3).
constexpr std::string_view png_mark = "\0\0\0\x0etEXtSoftware\0vouch\xe2\x06\x93\x0d"sv;
constexpr std::size_t end_of_png_header = 33;  // the signature and IHDR

}  // namespace

std::string mark_svg(std::string svg) {
  const std::size_t declaration = svg.find("?>");
  const std::size_t line = declaration == std::string::npos ? std::string::npos : svg.find('\n', declaration);
  return svg.insert(line == std::string::npos ? 0 : line + 1, svg_mark);
}

std::string mark_png(std::string png) { return png.insert(end_of_png_header, png_mark); }

bool may_hold_picture(const fs::path& path) {
  std::error_code failure;
  if (!fs::is_regular_file(path, failure)) return true;  // what is neither a file nor free is told when it is written
  std::ifstream file(path, std::ios::binary);
  std::string head(512, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  if (head.empty()) return fs::file_size(path, failure) == 0;
  return head.find(svg_mark) != std::string::npos || head.find(png_mark) == end_of_png_header;
}

void check_picture_path(const fs::path& path, std::string_view remedy) {
  if (may_hold_picture(path)) return;
  throw Error(ExitCode::usage, fmt::format("'{}' exists and is no figure of vouch, so it is not replaced; name another "
                                           "{}, or give --force",
                                           path.string(), remedy));
}

void make_figure_folder(const fs::path& folder) {
  std::error_code failure;
  const fs::path last = folder.has_filename() ? folder : folder.parent_path();  // "figures/" is "figures"
  fs::create_directory(last, failure);
  if (!failure && fs::is_directory(last)) return;
  const bool has_no_parent = failure == std::errc::no_such_file_or_directory;
  throw Error(ExitCode::io,
              fmt::format("cannot make the folder '{}': {}{}", folder.string(),
                          (failure ? failure : std::make_error_code(std::errc::not_a_directory)).message(),
                          has_no_parent ? "; create the folder that it is in first" : ""));
}

}  // namespace vouch::cli
