// SPDX-License-Identifier: Apache-2.0
#include "report/svg_paths.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <string>

#include "report/svg_shrink.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

std::string shorten(const std::string& data) {
  SvgNode path{"path", {}, {{"d", data}}, {}};
  shorten_lines(path);
  return *path.find("d");
}

std::string shrink(const std::string& content) {
  SvgNode root = parse_svg("<svg>" + content + "</svg>");
  shrink_svg(root);
  std::string text;
  for (const SvgNode& child : root.children) write_svg(child, text);
  return text;
}

}  // namespace

TEST_CASE("lines are said in steps of tenths of a pixel") {
  CHECK(shorten("M10 20L30 20L30.5 19.5") == "M10 20h20l.5-.5");
  CHECK(shorten("M10 20L30 20M0 0.04L1 -0") == "M10 20h20M0 0h1");
  CHECK(shorten("M1 1l2 2l-1 -1Z") == "M1 1l2 2-1-1z");
  CHECK(shorten("M1 1L2 2ZM3 3L4 4z") == "M1 1l1 1zM3 3l1 1z");
  CHECK(shorten("M1 1 2 2 3 4") == "M1 1l1 1 1 2");
  CHECK(shorten("M1 1L1.5 1.5L2.1 1.6L2.1 1.6L1 2.6") == "M1 1l.5.5.6.1-1.1 1");
  CHECK(shorten("M1 1L1 1") == "M1 1h0");
}

TEST_CASE("upright and level lines take one number, and may be shortened again") {
  const std::string cell = "M145.5 497.8h23.9v32.5h-23.9z";
  CHECK(shorten("M145.5 497.8L169.4 497.8L169.4 530.3L145.5 530.3Z") == cell);
  CHECK(shorten(cell) == cell);
  CHECK(shorten("M1 2H5V7h1v1l1 1") == "M1 2h4v5h1v1l1 1");
  CHECK(shorten("M0 0L1 0L2 0") == "M0 0h1 1");
}

TEST_CASE("points that nobody would miss are left out of long lines, and no others") {
  std::string line = "M0 0";
  std::string saw = "M0 0";
  std::string saw_in_steps = "M0 0";
  for (int i = 1; i <= 20; ++i) {
    const double x = 5.0 * i;
    line += fmt::format("L{} {}", x, 2.0 * x + (i % 2 == 0 ? 0.1 : -0.1));
    saw += fmt::format("L{} {}", x, i % 2);
    saw_in_steps += fmt::format("{}5{}", i == 1 ? "l" : " ", i % 2 == 1 ? " 1" : "-1");
  }
  CHECK(shorten(line) == "M0 0l100 200.1");
  CHECK(shorten(saw) == saw_in_steps);
  CHECK(shorten("M0 0L1 1L2 2L3 3") == "M0 0l1 1 1 1 1 1");
}

TEST_CASE("rounding does not add up along a line") {
  std::string path = "M0 0";
  for (int i = 1; i <= 100; ++i) path += fmt::format("L{} {}", 1.06 * i, i % 2);
  const std::string shortened = shorten(path);
  REQUIRE(shortened.starts_with("M0 0l"));
  const char* at = shortened.c_str() + 5;
  double x = 0.0;
  for (int i = 0; *at != '\0'; ++i) {
    char* end = nullptr;
    const double step = std::strtod(at, &end);
    REQUIRE(end != at);
    if (i % 2 == 0) x += step;
    at = end;
  }
  CHECK(x == Approx(106.0).margin(0.051));
}

TEST_CASE("what is no plain line stays as it is") {
  for (const char* const path : {"M1 0A1 1 0 1 1 1 -0.0001", "M0 0C1 1 2 2 3 3", "nonsense", "M1"}) {
    INFO(path);
    CHECK(shorten(path) == path);
  }
}

TEST_CASE("a scaled symbol becomes a path of its own") {
  CHECK(shrink("<path d=\"M0 -1L1 0L0 1L-1 0Z\" transform=\"matrix(5,0,0,5,100,50)\"/>") ==
        "<path d=\"M100 45l5 5-5 5-5-5z\"/>");
  CHECK(shrink("<path d=\"M0 -1L1 0\" transform=\"matrix(5,0,0,5,100,50)\" stroke=\"red\" stroke-width=\"0.4\"/>") ==
        "<path d=\"M100 45l5 5\" stroke=\"red\" stroke-width=\"2\"/>");
  CHECK(shrink("<path d=\"M1 0A1 1 0 1 1 1 -0.0001A1 1 0 0 1 1 0\" transform=\"matrix(4.5,0,0,4.5,100,50)\"/>") ==
        "<path d=\"M95.5 50a4.5 4.5 0 1 1 9 0a4.5 4.5 0 1 1 -9 0Z\"/>");
  const std::string turned = "<path d=\"M0-1l1 1\" transform=\"matrix(0,1,1,0,5,5)\"/>";
  CHECK(shrink(turned) == turned);
}

TEST_CASE("paths of one look are one path, unless something shines through where they cross") {
  CHECK(shrink("<path d=\"M1 1L2 2Z\" fill=\"red\"/><path d=\"M3 3L4 4Z\" fill=\"red\"/>") ==
        "<path d=\"M1 1l1 1zM3 3l1 1z\" fill=\"red\"/>");
  CHECK(shrink("<path d=\"M1 1L2 2\" fill=\"none\" stroke=\"red\" stroke-opacity=\"0.5\"/>"
               "<path d=\"M3 3L4 4\" fill=\"none\" stroke=\"red\" stroke-opacity=\"0.5\"/>") ==
        "<path d=\"M1 1l1 1M3 3l1 1\" fill=\"none\" stroke=\"red\" stroke-opacity=\"0.5\"/>");
  const std::string bands = shrink(
      "<path d=\"M0 0L9 0L9 9Z\" fill=\"red\" fill-opacity=\"0.2\"/>"
      "<path d=\"M0 0L5 0L5 5Z\" fill=\"red\" fill-opacity=\"0.2\"/>");
  CHECK(bands.find("<path", bands.find("<path") + 1) != std::string::npos);
}

TEST_CASE("cells are apart, however pale") {
  CHECK(shrink("<path d=\"M0 0L9 0L9 9Z\" fill=\"red\" fill-opacity=\"0.3539437621686926\" stroke=\"#0a0bf2\" "
               "stroke-opacity=\"0.3539437621686926\"/>") ==
        "<path d=\"M0 0h9v9z\" fill=\"red\" fill-opacity=\"0.35\" stroke=\"#0a0bf2\"/>");
}

TEST_CASE("what neighbours have in common is said once, where that is shorter") {
  CHECK(shrink("<path d=\"M0 0L1 1\" fill=\"red\" stroke=\"blue\"/>"
               "<path d=\"M2 2L3 3\" fill=\"red\" stroke=\"navy\"/>"
               "<path d=\"M2 2L3 3\" fill=\"red\" stroke=\"teal\"/>") ==
        "<g fill=\"red\"><path d=\"M0 0l1 1\" stroke=\"blue\"/><path d=\"M2 2l1 1\" stroke=\"navy\"/>"
        "<path d=\"M2 2l1 1\" stroke=\"teal\"/></g>");
  const std::string different = "<path d=\"M0 0l1 1\" fill=\"red\"/><path d=\"M0 0l1 1\" fill=\"blue\"/>";
  CHECK(shrink(different) == different);
}
