// SPDX-License-Identifier: Apache-2.0
#include "results/row_codec.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "support/catch.hpp"

using namespace vouch::results;

namespace {

std::vector<std::int64_t> extreme_numbers() {
  std::vector<std::int64_t> numbers = {0, -1, std::numeric_limits<std::int64_t>::max(),
                                       std::numeric_limits<std::int64_t>::min()};
  for (int shift = 0; shift < 63; ++shift) {
    const std::int64_t power = std::int64_t{1} << shift;
    for (const std::int64_t near : {power - 1, power, power + 1}) numbers.insert(numbers.end(), {near, -near});
  }
  return numbers;
}

}  // namespace

TEST_CASE("numbers read back as they were written, whatever their size") {
  const auto numbers = extreme_numbers();
  std::vector<std::byte> bytes;
  encode_numbers(numbers, bytes);
  std::vector<std::int64_t> found(numbers.size());
  REQUIRE(decode_numbers(bytes, found));
  CHECK(found == numbers);
}

TEST_CASE("small counts take one byte") {
  std::vector<std::byte> bytes;
  encode_numbers(std::vector<std::int64_t>{0, 1, 63, -64}, bytes);
  CHECK(bytes.size() == 4);
}

TEST_CASE("a code that is too short or too long is refused") {
  const auto numbers = extreme_numbers();
  std::vector<std::byte> bytes;
  encode_numbers(numbers, bytes);
  std::vector<std::int64_t> found(numbers.size());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    REQUIRE_FALSE(decode_numbers(std::span<const std::byte>(bytes).first(size), found));
  }
  bytes.push_back(std::byte{0});
  CHECK_FALSE(decode_numbers(bytes, found));
  const std::vector<std::byte> endless(20, std::byte{0xff});
  CHECK_FALSE(decode_numbers(endless, std::span(found).first(1)));
}
