// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include "report/evidence.hpp"
#include "support/catch.hpp"

using namespace vouch::cli;
using namespace vouch::statistics;
using vouch::test::Worlds;

namespace {

PartView make_part(const std::string& kind, const std::string& name, const std::vector<Worlds>& strategies) {
  return {kind, name,
          vouch::test::make_view(
              strategies,
              {"win_rate", "share", "deals won / decided", Direction::higher_is_better, {{"won"}}, {{"decided"}}})};
}

const Worlds some{{1, 2, 2}, {4, 5, 6}};
const Worlds more{{2, 3, 4}, {4, 5, 6}};
const Worlds none{{0, 0, 0}, {0, 0, 0}};

std::string head(const std::string& text) { return "[" + text + "]"; }

}  // namespace

TEST_CASE("each part has a block, but those without any value, which are named") {
  const std::vector<PartView> parts{
      make_part("source", "cold", {some, more}), make_part("source", "organic", {none, none}),
      make_part("source", "client", {none, more}), make_part("source", "partner", {none, none})};
  const std::string text = format_parts(parts, head);
  INFO(text);
  CHECK(text.find("[source cold]\n") == 0);
  CHECK(text.find("\n\n\n[source client]\nOnly B has a value of win_rate.\n") != std::string::npos);
  CHECK(text.find("\nA                –") != std::string::npos);
  CHECK(text.find("[source organic]") == std::string::npos);
  CHECK(text.find("Left out, as no strategy has a value of win_rate there: organic and partner.\n") !=
        std::string::npos);
  const std::string pairing = "Differences, the one in the first sentence too, are taken world by world";
  CHECK(text.find(pairing) != std::string::npos);
  CHECK(text.find(pairing) == text.rfind(pairing));
  CHECK(make_parts_json(parts)["source"].size() == 4);
}

TEST_CASE("of a population it is said where its business stands") {
  const std::string sentence = "What a population brings stands in the segments of the buyers";
  CHECK(format_parts({make_part("segment", "smb", {some, more})}, head).find(sentence) == std::string::npos);
  CHECK(format_parts({make_part("population", "partners", {some, more})}, head)
            .find("[population partners]\n" + sentence) == 0);
}

TEST_CASE("where no part has a value only that is said") {
  CHECK(format_parts({make_part("cohort", "new", {none, none})}, head) ==
        "Left out, as no strategy has a value of win_rate there: new.\n");
}
