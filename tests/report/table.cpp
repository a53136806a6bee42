// SPDX-License-Identifier: Apache-2.0
#include "report/table.hpp"

#include <sstream>
#include <stdexcept>

#include "support/catch.hpp"

using namespace vouch::report;

TEST_CASE("columns are aligned, whatever the alphabet") {
  Table table({{"strategy", Align::left}, {"net value\nEUR"}});
  table.add_row({"früh", "1,234"});
  table.add_row({"紹介", "5"});
  CHECK(table.format() ==
        "          net value\n"
        "strategy        EUR\n"
        "───────────────────\n"
        "früh          1,234\n"
        "紹介              5\n");
}

TEST_CASE("a table that is too wide wraps its first column") {
  Table table({{"strategy", Align::left}, {"value"}});
  table.add_row({"at signing and press once on a maybe", std::string(30, '9')});
  const std::string text = table.format(50);
  CHECK(text.find("at signing and      " + std::string(30, '9') + "\npress once on a\nmaybe\n") != std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(compute_width(line) <= 50);
}

TEST_CASE("a row needs all its cells") {
  Table table({{"a"}, {"b"}});
  CHECK_THROWS_AS(table.add_row({"1"}), std::logic_error);
}
