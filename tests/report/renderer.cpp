// SPDX-License-Identifier: Apache-2.0
#include "report/renderer.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "report/colours.hpp"
#include "report/picture.hpp"
#include "report/svg.hpp"
#include "report/svg_tree.hpp"
#include "report/text_extent.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

using Json = nlohmann::json;

Json make_line(const std::string& name, std::size_t strategy) {
  return {{"type", "line"},
          {"name", name},
          {"color", sentinel_of(colour_of(strategy))},
          {"symbol", symbol_of(strategy)},
          {"data", {1.0, 2.5, 2.0 + static_cast<double>(strategy)}}};
}

/// Lines with a legend, over months.
Drawing make_drawing(const std::vector<std::string>& names) {
  Json option = {{"legend", {{"show", true}}},
                 {"xAxis", {{"type", "category"}, {"data", {"May", "June", "July"}}}},
                 {"yAxis", {{"type", "value"}}},
                 {"series", Json::array()}};
  for (std::size_t i = 0; i < names.size(); ++i) option["series"].push_back(make_line(names[i], i));
  return {option.dump(), 480, 300};
}

std::string draw(const Drawing& drawing) { return render({&drawing, 1}).at(0); }

std::size_t count(const SvgNode& root, const std::string& name) {
  std::size_t found = 0;
  for_each_node(root, [&](const SvgNode& node) { found += node.name == name ? 1 : 0; });
  return found;
}

std::vector<std::string> list_ids(const SvgNode& root) {
  std::vector<std::string> ids;
  for_each_node(root, [&](const SvgNode& node) {
    if (const std::string* id = node.find("id"); id != nullptr) ids.push_back(*id);
  });
  return ids;
}

std::string find_refusal(const std::string& option) {
  try {
    draw({option, 480, 300});
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

std::string read_file(const char* name) {
  std::ifstream file(name, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a chart is drawn with what its option says") {
  const std::string svg = draw(make_drawing({"early", "late"}));
  const SvgNode root = parse_svg(svg);
  CHECK(*root.find("viewBox") == "0 0 480 300");
  for (const char* text : {">early</text>", ">late</text>", ">May</text>", ">July</text>", "#0a0b00", "#0a0b01"}) {
    INFO(text);
    CHECK(svg.find(text) != std::string::npos);
  }
  CHECK(count(root, "clipPath") == 2);
  CHECK(count(root, "script") == 0);
  CHECK(svg.find("hover") == std::string::npos);

  const SvgNode finished = parse_svg(finish_for_page(svg, "id", "title", "words"));
  CHECK(count(finished, "clipPath") == 1);
  CHECK(count(finished, "path") < count(root, "path"));
  CHECK(count(finished, "style") == 0);
}

TEST_CASE("a drawing is the same in any company, but for its ids") {
  const std::vector<Drawing> kinds = {make_drawing({"a", "b"}), make_drawing({"a", "b", "longer"}),
                                      make_drawing({"c"})};
  std::vector<Drawing> drawings;
  for (std::size_t i = 0; i < 9; ++i) drawings.push_back(kinds[i % kinds.size()]);
  const std::vector<std::string> svgs = render(drawings);
  CHECK(render(drawings) == svgs);

  std::set<std::string> ids;
  std::size_t num_ids = 0;
  for (std::size_t i = 0; i < svgs.size(); ++i) {
    const std::vector<std::string> own = list_ids(parse_svg(svgs[i]));
    num_ids += own.size();
    ids.insert(own.begin(), own.end());
  }
  CHECK(num_ids == 3 * (2 + 3 + 1));
  CHECK(ids.size() == num_ids);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string alone = finish_for_page(draw(kinds[i]), "same", "", "");  // by one thread
    for (std::size_t j = i; j < svgs.size(); j += kinds.size())
      CHECK(finish_for_page(svgs[j], "same", "", "") == alone);
  }
  CHECK(render({}).empty());
}

TEST_CASE("an option that cannot be drawn is refused in ECharts' words") {
  CHECK(find_refusal("{\"series\":") == "a chart could not be drawn: SyntaxError: invalid json (at offset 11)");
  CHECK(find_refusal(R"({"xAxis":{},"yAxis":{},"series":[{"type":"line"},{"type":"pigeon"}]})") ==
        "a chart could not be drawn: Error: one of these series is unknown: line, pigeon");
  CHECK(find_refusal(R"({"xAxis":{"type":"lo"},"yAxis":{},"series":[{"type":"line"}]})").find("xAxis.lo") !=
        std::string::npos);
  std::vector<Drawing> drawings(5, make_drawing({"a"}));
  drawings[3] = {"[", 480, 300};
  CHECK_THROWS_AS(render(drawings), std::logic_error);
}

TEST_CASE("names of any kind stay text") {
  const std::vector<std::string> names = {"<script>alert(1)</script>",
                                          "\"quoted\" & 'so'",
                                          "🎉 fête",
                                          "مرحبا بالعالم",
                                          "紹介してもらう",
                                          "a\x01\tb",
                                          "{a|b} {c}"};
  const std::string svg = draw(make_drawing(names));
  const std::string page = finish_for_page(svg, "id", names[0], names[1]);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(count(parse_svg(page), "script") == 0);
  for (const std::string& text :
       std::vector<std::string>{">&lt;script&gt;alert(1)&lt;/script&gt;</text>", escape(names[1]) + "</text>",
                                "🎉 fête</text>", "مرحبا بالعالم</text>", "紹介してもらう</text>", "{a|b} {c}</text>"}) {
    INFO(text);
    CHECK(page.find(text) != std::string::npos);
  }
  const std::string png = make_png(finish_for_file(svg, Theme::dark, {names[0], names[1], names[3]}), 1.0);
  CHECK(png.substr(1, 3) == "PNG");
}

TEST_CASE("text is measured by its letters, its size and its weight") {
  CHECK(compute_text_extent("", "12px sans-serif") == 0.0);
  CHECK(compute_text_extent("mmm", "12px sans-serif") > 2.0 * compute_text_extent("iii", "12px sans-serif"));
  const double plain = compute_text_extent("strategy", "normal normal 12px sans-serif");
  CHECK(plain == Approx(12.0 * 1.15 * 3.557));  // s t r a t e g y
  CHECK(compute_text_extent("strategy", "24px x") == Approx(2.0 * plain));
  CHECK(compute_text_extent("strategy", "bold 12px x") > plain);
  CHECK(compute_text_extent("紹", "10px x") > compute_text_extent("й", "10px x"));
  CHECK(compute_text_extent("é", "10px x") == Approx(compute_text_extent("e\xcc\x81", "10px x")).epsilon(0.2));
}

// An ECharts option in a file, to try things out: VOUCH_OPTION=chart.json test_report '[.draw]' makes chart.json.svg,
// as in a file, chart.json.html, as on a page, and chart.json.png, and says how long it took.
TEST_CASE("an option file is drawn", "[.draw]") {
  const char* name = std::getenv("VOUCH_OPTION");
  REQUIRE(name != nullptr);
  const std::vector<Drawing> drawings(24, Drawing{read_file(name), 720, 400});
  for (const std::size_t num_drawings : {1, 2, 24}) {
    const auto start = std::chrono::steady_clock::now();
    render({drawings.data(), num_drawings});
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << num_drawings << " drawings: " << seconds.count() << " s\n";
  }
  const std::string drawn = draw(drawings[0]);
  const std::string svg = finish_for_file(drawn, Theme::light, {name, {}, {}});
  const std::string page = finish_for_page(drawn, "chart", name, "");
  std::ofstream(std::string(name) + ".svg", std::ios::binary) << svg;
  std::ofstream(std::string(name) + ".html", std::ios::binary) << "<!DOCTYPE html>" << page;
  std::ofstream(std::string(name) + ".png", std::ios::binary) << make_png(svg, 2.0);
  std::cout << drawn.size() << " bytes by ECharts, " << page.size() << " on a page\n";
}
