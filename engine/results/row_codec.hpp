// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vouch::results {

// Most observations are small counts: seven bits to a byte, the sign in the lowest, make a row about a fifth as long.

/// Appends the numbers' code to `bytes`.
void encode_numbers(std::span<const std::int64_t> numbers, std::vector<std::byte>& bytes);

/// False if `bytes` is not exactly the code of that many numbers.
bool decode_numbers(std::span<const std::byte> bytes, std::span<std::int64_t> numbers);

}  // namespace vouch::results
