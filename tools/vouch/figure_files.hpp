// SPDX-License-Identifier: Apache-2.0
// Pictures of charts as files, and which files may be replaced by them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vouch::cli {

/// The SVG and the PNG with a mark by which vouch knows them as its own: a comment, and a text chunk.
std::string mark_svg(std::string svg);
std::string mark_png(std::string png);

/// Whether nothing is lost if a picture is put there: no file, an empty one (mktemp), or a picture with the mark.
bool may_hold_picture(const std::filesystem::path& path);

/// Throws Error (usage) if may_hold_picture() does not hold; `remedy` is what to name instead.
void check_picture_path(const std::filesystem::path& path, std::string_view remedy);

/// Makes the folder itself if need be, but not the one it is in. Throws Error (io).
void make_figure_folder(const std::filesystem::path& folder);

}  // namespace vouch::cli
