// SPDX-License-Identifier: Apache-2.0
// Where letters, dots and labels stand in the terminal.
#include "report/terminal_chart.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

std::string draw(const std::vector<Panel>& panels, std::size_t width) {
  Chart chart;
  chart.title = "Wins";
  chart.panels = panels;
  return draw_in_terminal(chart, width, Ansi::plain);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Series make_line(std::size_t strategy, const std::vector<double>& values) {
  Series series{"", Mark::line, colour_of(strategy), false, {}};
  for (std::size_t i = 0; i < values.size(); ++i) series.data.push_back({static_cast<double>(i), values[i]});
  return series;
}

}  // namespace

TEST_CASE("lines that end in one row have their letters side by side, and short lines beside their ends") {
  Panel panel;
  panel.y.from_zero = true;
  panel.series = {make_line(0, {8, 8, 9.9, 10, 10}), make_line(1, {8, 8, 9.9, 10, 9.9}), make_line(2, {8, 7, 6, 5, 4}),
                  make_line(3, {8, 6, 2})};
  const std::string drawn = draw({panel}, 60);
  INFO(drawn);
  CHECK(has(drawn, " AB\n"));
  CHECK(has(drawn, " C\n"));
  CHECK(has(drawn, "D\n"));
  CHECK(has(drawn, " 0 ┤\n"));
}

TEST_CASE("the baseline's dot is seen beside another, and in one place with it") {
  Panel panel;
  panel.y.categories = {"early", "late"};
  panel.x.from_zero = true;
  Series front{"", Mark::interval, colour_of(0), false, {{30.0, 0.0, 26.0, 34.0}, {21.0, 1.0, 19.0, 23.0}}};
  Series baseline{"base", Mark::interval, {Colour::Role::muted, 0}, false, {{30.1, 0.0}, {19.6, 1.0}}};
  panel.series = {baseline, front};
  const std::string drawn = draw({panel}, 48);
  INFO(drawn);
  CHECK(has(drawn, "─◉─"));
  CHECK(has(drawn, "○"));
  CHECK(has(drawn, "◉ both in one place"));
  panel.series[0].data[0].x = 10.0;
  CHECK_FALSE(has(draw({panel}, 48), "◉"));
}

TEST_CASE("of tick labels that would touch every second or third is shown") {
  Panel panel;
  panel.y.categories = {"early"};
  panel.x.from_zero = true;
  panel.series = {{"", Mark::bar, colour_of(0), false, {{30e9, 0.0}}}};
  const std::string drawn = draw({panel}, 60);
  INFO(drawn);
  CHECK(has(drawn, " 15,000,000,000 "));
  CHECK(has(drawn, " 30,000,000,000\n"));
  CHECK_FALSE(has(drawn, "20,000,000,000"));
}

TEST_CASE("panels of one quantity say it once, and an axis that all but reaches a tick has it") {
  Panel one;
  one.x.title = "months since the start";
  one.y.title = "won";
  Series line = make_line(0, {0, 1, 2});
  line.data[2].x = 35.5;
  one.series = {line};
  Panel two = one;
  const std::string drawn = draw({one, two}, 60);
  CHECK(drawn.find("\nwon\n") == drawn.rfind("\nwon\n"));
  CHECK(has(drawn, "36\n"));
  two.y.title = "lost";
  CHECK(has(draw({one, two}, 60), "\nlost\n"));
}
