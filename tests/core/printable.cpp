// SPDX-License-Identifier: Apache-2.0
#include "core/printable.hpp"

#include "support/catch.hpp"

using vouch::find_unprintable;
using vouch::make_printable;
using vouch::make_printable_in_colour;

TEST_CASE("what a terminal shows stays as it is") {
  for (const char* text : {"", "plain", "two\nlines\tand a tab", "\u00e9\u4e2d\U0001f600 <script>"}) {
    CHECK(make_printable(text) == text);
    CHECK_FALSE(find_unprintable(text));
  }
}

TEST_CASE("what a terminal acts on is shown as an escape") {
  CHECK(make_printable("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(make_printable("\r\b\x7f") == "\\x0d\\x08\\x7f");
  CHECK(make_printable(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(make_printable("\u009b2J") == "\\u009b2J");
  CHECK(make_printable("\u202egnp.exe\u2069") == "\\u202egnp.exe\\u2069");
}

TEST_CASE("bytes that are no UTF-8 are shown as escapes") {
  CHECK(make_printable("\xff\xfe") == "\\xff\\xfe");
  CHECK(make_printable("a\xc3") == "a\\xc3");
  CHECK(make_printable("\xc0\x9b") == "\\xc0\\x9b");           // an overlong form of ESC
  CHECK(make_printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // half of a surrogate pair
  CHECK(make_printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
}

TEST_CASE("only colours pass where colours are wanted") {
  CHECK(make_printable_in_colour("\x1b[1;31merror:\x1b[0m x") == "\x1b[1;31merror:\x1b[0m x");
  CHECK(make_printable_in_colour("\x1b[38;5;12mx\x1b[m") == "\x1b[38;5;12mx\x1b[m");
  CHECK(make_printable_in_colour("\x1b[2J\x1b]0;title\x07\x1b[12") == "\\x1b[2J\\x1b]0;title\\x07\\x1b[12");
}

TEST_CASE("the place of the first such character is told in bytes") {
  const auto found = find_unprintable("\u00e9\u202ex");
  REQUIRE(found);
  CHECK(found->at == 2);
  CHECK(found->size == 3);
  CHECK(found->escaped == "\\u202e");
}
