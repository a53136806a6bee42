// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace vouch::results {

// A sealed file ends in "VOUCHSHA" and the SHA-256 of all bytes before that. HDF5 and its readers do not mind bytes
// after the end of a file; ours looks at nothing before the seal is found intact, since HDF5 crashes on damage.
inline constexpr std::size_t seal_size = 40;

/// Puts the bytes and their seal at `path`, whole or not at all: written beside it, synced, renamed, folder synced.
/// Throws Error (io): what was at `path` is then untouched, and nothing else is left.
void publish_sealed(const std::string& path, std::span<const std::byte> bytes);

/// True if replacing the file loses no other program's work: it is empty (mktemp) or ends in a seal, intact or not.
/// Throws Error (io) if it cannot be read.
bool is_empty_or_sealed(const std::string& path);

/// Throws Error: io if the file cannot be read; data if it is no sealed HDF5 file or its bytes do not match the seal.
void verify_seal(const std::string& path);

/// As verify_seal, and gives what the seal covers; nothing if that is more than `most` bytes.
std::vector<std::byte> load_sealed(const std::string& path, std::uint64_t most);

}  // namespace vouch::results
