// SPDX-License-Identifier: Apache-2.0
#include "random/words.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <set>

#include "support/catch.hpp"

using namespace vouch::random;

// The published known answers of philox4x32 with 10 rounds: Random123, tests/kat_vectors (D. E. Shaw Research,
// github.com/DEShawResearch/random123 at 9545ff6413f2, lines 27 to 29). Words of the file are in the order
// counter 0..3, key 0..1, expected 0..3.
TEST_CASE("Philox4x32-10 gives the published known answers", "[random]") {
  const auto check = [](std::uint32_t c0, std::uint32_t c1, std::uint32_t c2, std::uint32_t c3, std::uint64_t key0,
                        std::uint64_t key1, std::uint64_t e0, std::uint64_t e1, std::uint64_t e2, std::uint64_t e3) {
    const Block block = compute_philox(c0, c1, c2, c3, key1 << 32 | key0);
    CHECK(block.first == (e1 << 32 | e0));
    CHECK(block.second == (e3 << 32 | e2));
  };
  check(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  check(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6,
        0x6d5451fd);
  check(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420,
        0x24126ea1);
}

TEST_CASE("the counter holds lineage, replication, decision, ordinal and block, each in its field", "[random]") {
  const StreamKey key = {0x0123456789abcdefULL, 0xcafef00d, 0};
  const Lineage lineage = 0x1122334455667788ULL;
  const auto same = [](Block a, Block b) { return a.first == b.first && a.second == b.second; };

  const auto decision = static_cast<Decision>(0x84);
  const Block expected = compute_philox(0x55667788, 0x11223344, 0xcafef00d, 0x84beef07, key.seed);
  CHECK(same(compute_block(key, lineage, decision, 0xbeef, 0x07), expected));

  // Every field at its largest value leaves its neighbours alone.
  CHECK(same(compute_block(key, lineage, static_cast<Decision>(0xff), 0, 0),
             compute_philox(0x55667788, 0x11223344, 0xcafef00d, 0xff000000, key.seed)));
  CHECK(same(compute_block(key, lineage, static_cast<Decision>(0), max_ordinal, 0),
             compute_philox(0x55667788, 0x11223344, 0xcafef00d, 0x00ffff00, key.seed)));
  CHECK(same(compute_block(key, lineage, static_cast<Decision>(0), 0, 0xff),
             compute_philox(0x55667788, 0x11223344, 0xcafef00d, 0x000000ff, key.seed)));
  CHECK(same(compute_block({key.seed, 0xffffffff, 0}, 0, static_cast<Decision>(0), 0, 0),
             compute_philox(0, 0, 0xffffffff, 0, key.seed)));
  CHECK(same(compute_block({key.seed, 0, 0}, ~Lineage{0}, static_cast<Decision>(0), 0, 0),
             compute_philox(0xffffffff, 0xffffffff, 0, 0, key.seed)));
}

TEST_CASE("a change in any one field changes the word", "[random]") {
  std::set<std::uint64_t> words;
  int num_words = 0;
  const auto add = [&](const StreamKey& key, Lineage lineage, Decision decision, std::uint32_t ordinal,
                       std::uint32_t block) {
    words.insert(compute_block(key, lineage, decision, ordinal, block).first);
    ++num_words;
  };
  add({5, 6, 0}, 7, Decision::ask, 8, 9);
  for (int bit = 0; bit < 64; ++bit) add({5 ^ std::uint64_t{1} << bit, 6, 0}, 7, Decision::ask, 8, 9);
  for (int bit = 0; bit < 32; ++bit) add({5, 6 ^ std::uint32_t{1} << bit, 0}, 7, Decision::ask, 8, 9);
  for (int bit = 0; bit < 64; ++bit) add({5, 6, 0}, 7 ^ std::uint64_t{1} << bit, Decision::ask, 8, 9);
  for (int bit = 0; bit < 8; ++bit)
    add({5, 6, 0}, 7, static_cast<Decision>(static_cast<int>(Decision::ask) ^ 1 << bit), 8, 9);
  for (int bit = 0; bit < 16; ++bit) add({5, 6, 0}, 7, Decision::ask, 8 ^ std::uint32_t{1} << bit, 9);
  for (int bit = 0; bit < 8; ++bit) add({5, 6, 0}, 7, Decision::ask, 8, 9 ^ std::uint32_t{1} << bit);
  CHECK(static_cast<int>(words.size()) == num_words);
}

TEST_CASE("identities are words of their own decisions", "[random]") {
  const StreamKey key = {77, 3, 0};
  CHECK(compute_named_lineage(key, 42, 5) == compute_block(key, 42, Decision::naming, 5).first);
  CHECK(compute_member_lineage(42, 9) == compute_philox(42, 0, 9, std::uint32_t{1} << 24, 0).first);
  CHECK(compute_lead_lineage(42, 9) == compute_philox(42, 0, 9, std::uint32_t{2} << 24, 0).first);
  // In the mirrored half of an antithetic pair the people are the same; only what they do is mirrored.
  CHECK(compute_named_lineage({77, 3, ~std::uint64_t{0}}, 42, 5) == compute_named_lineage(key, 42, 5));
}

// The numbers are part of a run's identity: a renumbering would change every result ever published.
TEST_CASE("decisions keep their numbers, and programs' decisions do not overlap", "[random]") {
  CHECK(static_cast<int>(Decision::tenure) == 10);
  CHECK(static_cast<int>(Decision::peer_tie) == 22);
  CHECK(static_cast<int>(Decision::contract_days) == 30);
  CHECK(static_cast<int>(Decision::testimonial) == 36);
  CHECK(static_cast<int>(Decision::ask) == 50);
  CHECK(static_cast<int>(Decision::chase_spacing) == 59);
  CHECK(static_cast<int>(Decision::lead_gap) == 70);
  CHECK(static_cast<int>(Decision::win) == 73);
  std::set<int> numbers;
  constexpr int max_programs = 8;
  for (const Decision base : {Decision::attempt_delay, Decision::attempt_repeat, Decision::calendar_gap,
                              Decision::survey_noise, Decision::favour_offset, Decision::backlog_offset})
    for (int program = 0; program < max_programs; ++program)
      numbers.insert(static_cast<int>(of_program(base, program)));
  CHECK(numbers.size() == 6 * max_programs);
  CHECK(*numbers.begin() == 100);
  CHECK(*numbers.rbegin() == 147);
}

TEST_CASE("a mirrored word is one minus the unit, exactly", "[random]") {
  const StreamKey key = {11, 12, 0};
  const StreamKey mirrored = {11, 12, ~std::uint64_t{0}};
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const double u = to_open_unit(draw_word(key, i, Decision::ask, i));
    const double v = to_open_unit(draw_word(mirrored, i, Decision::ask, i));
    if (v != 1.0 - u || u != 1.0 - v) FAIL("u = " << u << ", v = " << v);
  }
}

TEST_CASE("units lie in their intervals, at the cells' lower ends and midpoints", "[random]") {
  CHECK(to_unit(0) == 0.0);
  CHECK(to_unit(~std::uint64_t{0}) == 1.0 - 0x1p-52);
  CHECK(to_unit(std::uint64_t{1} << 63) == 0.5);
  CHECK(to_unit(0xfff) == 0.0);  // the lowest 12 bits are not read
  CHECK(to_open_unit(0) == 0x1p-53);
  CHECK(to_open_unit(~std::uint64_t{0}) == 1.0 - 0x1p-53);
}

TEST_CASE("an event of probability p happens for exactly ceil(p 2^52) of the 2^52 words", "[random]") {
  const auto word_of = [](double index) { return static_cast<std::uint64_t>(index) << 12; };
  const double last = 0x1p52 - 1.0;
  for (const double p : {0.25, 0.5, 1.0 / 3.0, 0.1, 0x1p-52, 0x1p-60, 1.0 - 0x1p-53, std::nextafter(0.5, 1.0),
                         std::nextafter(0.5, 0.0)}) {
    const double count = std::ceil(p * 0x1p52);  // exact: a power of two scales
    CAPTURE(p, count);
    CHECK(happens(word_of(count - 1.0), p));
    if (count <= last) CHECK_FALSE(happens(word_of(count), p));
  }
  for (const double never :
       {0.0, -0.0, -1.0, -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    CHECK_FALSE(happens(0, never));
  for (const double always : {1.0, 1.5, std::numeric_limits<double>::infinity()})
    CHECK(happens(~std::uint64_t{0}, always));
}
