// SPDX-License-Identifier: Apache-2.0
#include "shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "core/error.hpp"
#include "report/number.hpp"
#include "report/table.hpp"
#include "report/text.hpp"
#include "scheduler.hpp"

namespace vouch::cli {
namespace {

constexpr std::string_view extension = ".h5";

/// Digits only, at least 1.
std::optional<std::uint32_t> read_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

std::string_view drop_extension(std::string_view path) {
  return path.ends_with(extension) ? path.substr(0, path.size() - extension.size()) : path;
}

std::size_t count_digits(std::uint32_t number) { return std::to_string(number).size(); }

/// "03-of-10": two numbers and a word between them.
bool is_pair(std::string_view text, std::string_view word) {
  const std::size_t middle = text.find(word);
  return middle != std::string_view::npos && read_number(text.substr(0, middle)) &&
         read_number(text.substr(middle + word.size()));
}

}  // namespace

Shard parse_shard(const std::string& text, const Environment& environment) {
  const std::size_t slash = text.find('/');
  const std::string which = text.substr(0, slash);
  const auto count = slash == std::string::npos ? std::nullopt : read_number(std::string_view(text).substr(slash + 1));
  if (which == "auto" && count.has_value() == (slash != std::string::npos))
    return find_scheduled_shard(text, count, environment);
  const auto index = read_number(which);
  if (!index || !count)
    throw Error(ExitCode::usage,
                fmt::format("--shard {}: this names no shard; write I/N, where I is from 1 to N, as in "
                            "--shard 3/10, or auto or auto/N under a scheduler",
                            text));
  if (*index > *count)
    throw Error(ExitCode::usage,
                fmt::format("--shard {}: there is no shard {} of {}; they are numbered from 1", text, *index, *count));
  return {*index, *count};
}

results::Part compute_part(const Shard& shard, std::uint32_t replications, bool antithetic) {
  const std::uint32_t size = antithetic ? 2 : 1;
  const std::uint64_t num_groups = replications / size;
  if (shard.count > num_groups)
    throw Error(ExitCode::usage,
                fmt::format("--shard {}/{}: {} {}s cannot be shared among {} shards; give at most {}, or more "
                            "--replications",
                            shard.index, shard.count, report::format_count(num_groups),
                            antithetic ? "antithetic pair" : "replication", report::format_count(shard.count),
                            report::format_count(num_groups)));
  const auto begin = static_cast<std::uint32_t>(num_groups * (shard.index - 1) / shard.count * size);
  const auto end = static_cast<std::uint32_t>(num_groups * shard.index / shard.count * size);
  return {begin, end - begin, shard.index, shard.count};
}

std::string format_shard_option(const results::Part& part) {
  return part.shard == 0 ? "" : fmt::format(" --shard {}/{}", part.shard, part.num_shards);
}

std::string find_whole_command(const std::string& command, const results::Part& part) {
  const std::string option = format_shard_option(part);
  return command.ends_with(option) ? command.substr(0, command.size() - option.size()) : command;
}

std::string find_shard_path(const std::string& output, const Shard& shard) {
  const std::string ending =
      fmt::format(".shard-{:0{}}-of-{}{}", shard.index, count_digits(shard.count), shard.count, extension);
  return output.ends_with(ending) ? output : fmt::format("{}{}", drop_extension(output), ending);
}

std::string find_part_path(const std::string& output, const results::Part& part, std::uint32_t replications) {
  const std::size_t width = count_digits(replications);
  return fmt::format("{}.part-{:0{}}-to-{:0{}}{}", drop_extension(output), part.first + 1, width, part.end(), width,
                     extension);
}

std::string find_whole_path(const std::string& path) {
  const std::string_view stem = drop_extension(path);
  if (stem.size() == path.size()) return {};
  for (const auto& [mark, word] : {std::pair(".shard-", "-of-"), std::pair(".part-", "-to-")}) {
    const std::size_t begin = stem.rfind(mark);
    if (begin != std::string_view::npos && is_pair(stem.substr(begin + std::string_view(mark).size()), word))
      return fmt::format("{}{}", stem.substr(0, begin), extension);
  }
  return {};
}

std::string describe_part(const results::ResultsFile& file) {
  const auto& part = file.identity().part;
  if (!part) return {};
  const std::string range = fmt::format("{} of {}", report::format_replications(part->first, part->count),
                                        report::format_count(file.identity().replications));
  if (part->shard == 0)
    return report::wrap_page(
        fmt::format("Part of a run: {}, joined from shards. vouch merge joins it with the others.", range));
  std::string path = file.path();
  if (constexpr std::string_view journal = ".journal"; path.ends_with(journal))
    path.resize(path.size() - journal.size());
  const std::string whole = find_whole_path(path);
  const std::string text = fmt::format("Shard {} of {} of a run: {}.", part->shard, part->num_shards, range);
  if (whole.empty()) return report::wrap_page(text + " vouch merge joins all shards.");
  return report::wrap_page(text + " When all shards are there, this joins them:") +
         fmt::format("  vouch merge {}.shard-*-of-{}{}\n", report::quote_for_shell(std::string(drop_extension(whole))),
                     part->num_shards, extension);
}

}  // namespace vouch::cli
