// SPDX-License-Identifier: Apache-2.0
#include "report/text.hpp"

#include "support/catch.hpp"

using namespace vouch::report;

TEST_CASE("width counts columns, not bytes") {
  CHECK(compute_width("") == 0);
  CHECK(compute_width("after-first-result") == 18);
  CHECK(compute_width("nach dem Stück – früh") == 21);
  CHECK(compute_width("спроси раньше") == 13);
  CHECK(compute_width("顧客紹介") == 8);
  CHECK(compute_width("e\xcc\x81") == 1);  // e and a combining acute
  CHECK(compute_width("\xff\xfe") == 2);   // no UTF-8: a column a byte
  CHECK(compute_width("\xe2\x82") == 2);   // cut short
}

TEST_CASE("text is wrapped at spaces, and behind hyphens where asked for") {
  CHECK(wrap("a roll-out", 9) == std::vector<std::string>{"a", "roll-out"});
  CHECK(wrap("at 95 % here", 5) == std::vector<std::string>{"at", "95 %", "here"});
  CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("testimonial-first", 12, Breaks::spaces_and_hyphens) == std::vector<std::string>{"testimonial-", "first"});
  CHECK(wrap("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
  CHECK(wrap("ä ö ü", 3) == std::vector<std::string>{"ä ö", "ü"});
  CHECK(wrap("顧客紹介", 4) == std::vector<std::string>{"顧客", "紹介"});
  CHECK(wrap("", 5) == std::vector<std::string>{""});
  CHECK(wrap("a\nb", 5) == std::vector<std::string>{"a", "b"});
  CHECK(wrap("顧", 1) == std::vector<std::string>{"顧"});  // something has to give
}

TEST_CASE("padding fills up columns") {
  CHECK(pad("ä", 3, Align::left) == "ä  ");
  CHECK(pad("ä", 3, Align::right) == "  ä");
  CHECK(pad("long", 2, Align::left) == "long");
}

TEST_CASE("names are broken behind hyphens and underscores") {
  CHECK(break_name("matched_wins_per_account") == "matched_wins_\nper_account");
  CHECK(break_name("at-signing-press-once") == "at-signing-\npress-once");
  CHECK(break_name("abcdefghijklmnopqrstuvwxyz") == "abcdefghijklmnopqrstuvwxyz");
  CHECK(break_name("") == "");
}

TEST_CASE("lists are split at commas") {
  CHECK(split_list("a,b") == std::vector<std::string>{"a", "b"});
  CHECK(split_list(",a,,") == std::vector<std::string>{"a"});
  CHECK(split_list("").empty());
}

TEST_CASE("names are joined as in a sentence") {
  CHECK(join_names({}) == "");
  CHECK(join_names({"a"}) == "a");
  CHECK(join_names({"a", "b"}) == "a and b");
  CHECK(join_names({"a", "b", "c"}) == "a, b and c");
}

TEST_CASE("shell words are quoted where needed") {
  CHECK(quote_for_shell("experiment.seed=3") == "experiment.seed=3");
  CHECK(quote_for_shell("a b") == "'a b'");
  CHECK(quote_for_shell("it's") == "'it'\\''s'");
  CHECK(quote_for_shell("") == "''");
}

TEST_CASE("of two names it is either, of more any") {
  CHECK(join_alternatives({"a"}) == "a");
  CHECK(join_alternatives({"a", "b"}) == "either a or b");
  CHECK(join_alternatives({"a", "b", "c"}) == "any of a, b or c");
}
