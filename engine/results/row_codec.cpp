// SPDX-License-Identifier: Apache-2.0
#include "results/row_codec.hpp"

namespace vouch::results {

void encode_numbers(std::span<const std::int64_t> numbers, std::vector<std::byte>& bytes) {
  constexpr std::size_t longest = 10;
  const std::size_t begin = bytes.size();
  bytes.resize(begin + longest * numbers.size());
  std::byte* out = bytes.data() + begin;
  for (const std::int64_t number : numbers) {
    std::uint64_t rest = (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
    while (rest >= 128) {
      *out++ = static_cast<std::byte>(rest | 128);
      rest >>= 7;
    }
    *out++ = static_cast<std::byte>(rest);
  }
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
}

bool decode_numbers(std::span<const std::byte> bytes, std::span<std::int64_t> numbers) {
  std::size_t next = 0;
  for (std::int64_t& number : numbers) {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      if (next == bytes.size() || shift > 63) return false;
      const auto byte = std::to_integer<std::uint64_t>(bytes[next++]);
      value |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    number = static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  return next == bytes.size();
}

}  // namespace vouch::results
