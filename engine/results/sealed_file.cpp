// SPDX-License-Identifier: Apache-2.0
#include "results/sealed_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "core/error.hpp"
#include "results/file_io.hpp"
#include "results/sha256.hpp"

namespace vouch::results {
namespace {

constexpr char seal_magic[9] = "VOUCHSHA";
constexpr unsigned char hdf5_magic[8] = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
  throw Error(ExitCode::data, fmt::format("'{}' {}", path, what));
}

/// Empty if there is none.
std::vector<std::byte> read_seal(const FileHandle& file, std::uint64_t size) {
  std::vector<std::byte> seal(seal_size);
  if (size < seal_size + 8 || file.read_at(size - seal_size, seal) < seal_size ||
      std::memcmp(seal.data(), seal_magic, 8) != 0) {
    seal.clear();
  }
  return seal;
}

std::vector<std::byte> require_seal(const std::string& path, const FileHandle& file, std::uint64_t size) {
  std::vector<std::byte> head(sizeof hdf5_magic);
  const std::size_t length = file.read_at(0, head);
  if (length < head.size() || std::memcmp(head.data(), hdf5_magic, head.size()) != 0) {
    refuse(path, length == 0 ? "is empty; make it again with vouch run"
                             : "is no results file of vouch; give one that vouch run has written");
  }
  std::vector<std::byte> seal = read_seal(file, size);
  if (seal.empty()) {
    refuse(
        path,
        "has no seal at its end: it was cut short, or written or changed by another program; take an intact copy, or "
        "make it again with vouch run");
  }
  return seal;
}

}  // namespace

void publish_sealed(const std::string& path, std::span<const std::byte> bytes) {
  Sha256 sha;
  sha.update(bytes);
  const Digest digest = sha.finish();
  publish_bytes(path, {bytes, std::as_bytes(std::span(seal_magic, 8)), digest}, PartialName::fixed);
}

bool is_empty_or_sealed(const std::string& path) {
  const FileHandle file(path, FileHandle::Mode::read);
  const std::uint64_t size = file.size();
  return size == 0 || !read_seal(file, size).empty();
}

void verify_seal(const std::string& path) { load_sealed(path, 0); }

std::vector<std::byte> load_sealed(const std::string& path, std::uint64_t most) {
  const FileHandle file(path, FileHandle::Mode::read);
  const std::uint64_t size = file.size();
  const std::vector<std::byte> seal = require_seal(path, file, size);
  const std::uint64_t sealed = size - seal_size;
  const bool is_kept = sealed <= most;
  constexpr std::uint64_t block = std::uint64_t{1} << 20;
  std::vector<std::byte> bytes(static_cast<std::size_t>(is_kept ? sealed : block));
  Sha256 sha;
  for (std::uint64_t offset = 0; offset < sealed;) {
    const auto wanted = static_cast<std::size_t>(std::min(block, sealed - offset));
    const auto part = std::span(bytes).subspan(static_cast<std::size_t>(is_kept ? offset : 0), wanted);
    if (file.read_at(offset, part) < wanted) refuse(path, "became shorter while it was read; try again");
    sha.update(part);
    offset += wanted;
  }
  const Digest digest = sha.finish();
  if (!std::equal(digest.begin(), digest.end(), seal.begin() + 8)) {
    refuse(path, "is damaged: its bytes do not match its seal; take an intact copy, or make it again with vouch run");
  }
  if (!is_kept) bytes.clear();
  return bytes;
}

}  // namespace vouch::results
