// SPDX-License-Identifier: Apache-2.0
#include "report/terminal_chart.hpp"

#include <cmath>
#include <limits>
#include <sstream>

#include "report/panel_scale.hpp"
#include "report/text.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

constexpr Colour muted = {Colour::Role::muted, 0};

Chart make_chart_of(std::vector<Panel> panels) {
  Chart chart;
  chart.title = "Early wins";
  chart.caption = "Means of 20 worlds.";
  chart.panels = std::move(panels);
  return chart;
}

std::string draw(const Panel& panel, std::size_t width) {
  return "\n" + draw_in_terminal(make_chart_of({panel}), width, Ansi::plain);
}

Datum make_interval(double value, double half_width, double row, std::size_t strategy, const std::string& label) {
  return {value, row, value - half_width, value + half_width, 1.0, label, colour_of(strategy)};
}

Series make_line(std::size_t strategy, const std::string& name, const std::vector<double>& values) {
  Series series;
  series.name = name;
  series.colour = colour_of(strategy);
  for (std::size_t i = 0; i < values.size(); ++i) series.data.push_back({static_cast<double>(i), values[i]});
  return series;
}

Panel make_rows(Mark mark) {
  Panel panel;
  panel.x.title = "won";
  panel.x.from_zero = true;
  panel.y.categories = {"early", "at signing, then once more"};
  Series series;
  series.mark = mark;
  series.has_own_colours = true;
  series.data = {make_interval(30.0, 4.0, 0.0, 1, "30.0"), make_interval(21.3, 2.0, 1.0, 0, "21.3")};
  panel.series = {series};
  return panel;
}

/// A panel of each kind, with these values.
std::vector<Panel> make_panels(const std::vector<double>& values, std::size_t num_strategies) {
  std::vector<Panel> panels(4);
  const std::vector<std::string> names = {"früh", "顧客紹介",   "at-signing-press-once-on-a-maybe",
                                          "",     "a\x1b[31mb", "\xff"};
  for (std::size_t i = 0; i < values.size(); ++i) panels[1].y.categories.push_back(names[i % names.size()]);
  panels[2].x.categories = panels[1].y.categories;
  panels[3].x.categories = panels[3].y.categories = panels[1].y.categories;
  for (std::size_t k = 0; k < num_strategies; ++k)
    for (const Mark mark : {Mark::line, Mark::band, Mark::interval, Mark::point, Mark::bar, Mark::cell})
      for (std::size_t p = 0; p < panels.size(); ++p) {
        if ((mark == Mark::cell) != (p == 3)) continue;
        Series series{names[k % names.size()], mark, k % 3 == 2 ? muted : colour_of(k), false, {}};
        for (std::size_t i = 0; i < values.size(); ++i) {
          const auto place = static_cast<double>(i);
          Datum datum{p == 1 ? values[i] : place,
                      p == 1 ? place : values[i],
                      values[i] - 1.0,
                      values[i] * 1.1,
                      values[i],
                      names[(i + k) % names.size()],
                      {}};
          if (p == 3) datum.y = static_cast<double>((i + k) % values.size());
          series.data.push_back(datum);
        }
        panels[p].series.push_back(series);
      }
  for (Panel& panel : panels) {
    panel.title = names[2];
    panel.x.title = "days since the purchase of what was recommended to somebody else";
    panel.rule = 0.0;
    panel.rule_label = "no difference";
  }
  return panels;
}

/// The first line that is too wide, ends in a space, or holds a code of the terminal.
std::string find_wrong_line(const Chart& chart, std::size_t width) {
  std::istringstream lines(draw_in_terminal(chart, width, Ansi::plain));
  for (std::string line; std::getline(lines, line);)
    if (compute_width(line) > width || line.find('\x1b') != std::string::npos || (!line.empty() && line.back() == ' '))
      return line;
  return {};
}

}  // namespace

TEST_CASE("intervals are drawn in rows, with their values at the right") {
  CHECK(draw(make_rows(Mark::interval), 48) == R"(
Early wins

early                            ├─●─┤      30.0
at signing,                  ├●┤            21.3
 then once more
                 ┬───────────┬───────────┬
                 0          20          40
                            won

Means of 20 worlds.
)");
}

TEST_CASE("bars end within an eighth of a column, and below zero they go to the left") {
  Panel panel = make_rows(Mark::bar);
  CHECK(draw(panel, 60) == R"(
Early wins

early                ████████████████████████▊          30.0
at signing, then     █████████████████▋                 21.3
 once more
                     ┬───────┬───────┬───────┬───────┬
                     0      10      20      30      40
                                    won

Means of 20 worlds.
)");
  panel.series[0].data[1].x = -21.3;
  panel.rule = 0.0;
  panel.rule_label = "no difference";
  CHECK(draw(panel, 60) == R"(
Early wins

                           no difference
early                            ███████████████▊       30.0
at signing, then      ███████████│                      21.3
 once more                       │
                     ──┬─────────┬─────────┬─────────┬
                      -20        0        20        40
                                    won

Means of 20 worlds.
)");
}

TEST_CASE("names stand above their rows where there is little room") {
  CHECK(draw(make_rows(Mark::interval), 32) == R"(
Early wins

early
                ├──●─┤      30.0
at signing, then once more
            ├●─┤            21.3
┬────────────┬───────────┬
0           20          40
           won

Means of 20 worlds.
)");
}

TEST_CASE("strategies that share a row, and lines, are told apart by letters") {
  Panel rows = make_rows(Mark::interval);
  rows.y.categories = {"smb"};
  rows.series[0].data[1].y = 0.0;
  CHECK(draw(rows, 48) == R"(
Early wins

smb B                        ├──●───┤       30.0
    A                  ├─●┤                 21.3
      ┬────────┬────────┬───────┬────────┬
      0       10       20      30       40
                      won

Means of 20 worlds.
)");
  Panel lines;
  lines.x.title = "months";
  lines.y.title = "won";
  lines.series = {make_line(0, "early", {0, 4, 7, 9, 10}), make_line(1, "late", {0, 1, 2, gap, 8})};
  CHECK(draw(lines, 48) == R"(
Early wins

won
10 ┤                               ⣀⣀⣀⡤⠤⠤⠖⠒⠒⠋⠉ A
   │                         ⣀⣠⠤⠖⠚⠉⠁         ⢀ B
   │                    ⣀⡤⠖⠚⠉⠁
   │                ⣀⡤⠖⠋⠁
 5 ┤            ⣀⡤⠖⠋⠁
   │        ⢀⣠A⠋⠁
   │     ⢀⣠⠖⠋
   │  ⢀⣠⠖⠋    ⢀⣀⣀⣠⠤⠤⠴⠒⠒⠚⠉⠁
 0 ┤⣠⣶⠯⠤⠴⠒⠒⠚⠉⠉B
   └┬─────────┬──────────┬─────────┬─────────┬
    0         1          2         3         4
                      months

A early   B late

Means of 20 worlds.
)");
}

TEST_CASE("a fan is darker inside, and the baseline's line is dotted") {
  Panel panel;
  panel.title = "early";
  Series outer = make_line(0, "", {0, 0, 0, 0, 0});
  outer.mark = Mark::band;
  for (Datum& datum : outer.data) datum = {datum.x, 0.0, 0.0, 10.0};
  Series inner = outer;
  for (Datum& datum : inner.data) datum = {datum.x, 0.0, 3.0, 7.0};
  Series baseline = make_line(1, "late", {0, 1, 2, 3, 4});
  baseline.colour = muted;
  panel.series = {outer, inner, baseline, make_line(0, "early", {5, 5, 5, 5, 5})};
  CHECK(draw(panel, 40) == R"(
Early wins

early
10 ┤░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
   │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
   │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
   │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
 5 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⣉⢉⡉
   │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒⢀⢀⡀⣠⠠⠄⠖⠐⠂⠋⠈⠁⠁▒▒
   │░░░░░░░░░░⢀⡀⣀⠠⠄⠴⠐⠂⠚⠈⠁⠉░░░░░░░░░░░░░░
 0 ┤⣀⢠⠄⠤⠰⠂⠒⠈⠁⠉░░░░░░░░░░░░░░░░░░░░░░░░░░
   └┬─────────────────┬────────────────┬
    0                 2                4

⠒⠂⠒ late

Means of 20 worlds.
)");
}

TEST_CASE("a heat map has a letter and a shade in each cell, and its value where there is room") {
  Panel panel;
  panel.x.title = "days of delay";
  panel.y.title = "patience";
  panel.x.categories = {"0", "30", "60"};
  panel.y.categories = {"low", "high"};
  Series early{"early", Mark::cell, colour_of(0), false, {}};
  early.data = {{0, 0, {}, {}, 1.0, "+3 %"}, {1, 0, {}, {}, 0.5, "+1 %"}, {0, 1, {}, {}, 0.0, "0 %"}};
  Series late{"late", Mark::cell, colour_of(1), false, {}};
  late.data = {{2, 0, {}, {}, 0.3, "+1 %"}, {1, 1, {}, {}, 0.7, "+2 %"}, {2, 1, {}, {}, 1.0, "+3 %"}};
  panel.series = {early, late};
  CHECK(draw(panel, 48) == R"(
Early wins

patience
 low ▓A +3 %▓ ▒A +1 %▒ ░B +1 %░
high  A 0 %   ▓B +2 %▓ ▓B +3 %▓
     ────┬────────┬────────┬────
         0       30       60
            days of delay

A early   B late

Means of 20 worlds.
)");
  CHECK(draw(panel, 24) == R"(
Early wins

patience
 low A▓ A▒ B░
high A  B▓ B▓
     ─┬──┬──┬─
      0 30 60
      days of
       delay

A early   B late

Means of 20 worlds.
)");
}

TEST_CASE("panels stand side by side where there is room, with the same scale for the same quantity") {
  Panel few = make_rows(Mark::bar);
  few.title = "won";
  Panel many = few;
  many.title = "asked";
  for (Datum& datum : many.series[0].data) datum.x *= 10.0;
  Chart chart = make_chart_of({few, many});
  chart.num_columns = 2;
  CHECK("\n" + draw_in_terminal(chart, 100, Ansi::plain) == R"(
Early wins

won                                                asked
early            ██▌                        30.0   early            █████████████████████████  30.0
at signing,      █▊                         21.3   at signing,      █████████████████▊         21.3
 then once more                                     then once more
                 ┬───────┬───────┬───────┬                          ┬───────┬───────┬───────┬
                 0      100     200     300                         0      100     200     300
                            won                                                won

Means of 20 worlds.
)");
  CHECK(find_shared_extent(chart, few, &Panel::x).extent.high == 300.0);
  chart.panels[1].x.title = "asked";
  CHECK(find_shared_extent(chart, few, &Panel::x).extent.high == 34.0);
}

TEST_CASE("colours are there only where they are wanted, and end with each line") {
  const Chart chart = make_chart_of({make_rows(Mark::interval)});
  std::istringstream lines(draw_in_terminal(chart, 60, Ansi::coloured));
  std::string plain;
  bool has_colours = false;
  for (std::string line; std::getline(lines, line);) {
    bool is_open = false;
    for (std::size_t at = 0; (at = line.find('\x1b', at)) != std::string::npos;) {
      const std::size_t end = line.find('m', at);
      is_open = line.substr(at, end + 1 - at) != "\x1b[0m";
      has_colours = has_colours || is_open;
      line.erase(at, end + 1 - at);
    }
    CHECK_FALSE(is_open);
    plain += line + '\n';
  }
  CHECK(has_colours);
  CHECK(plain == draw_in_terminal(chart, 60, Ansi::plain));
}

TEST_CASE("no line is wider than the terminal, whatever is drawn") {
  constexpr double huge = std::numeric_limits<double>::max();
  constexpr double tiny = std::numeric_limits<double>::denorm_min();
  constexpr double endless = std::numeric_limits<double>::infinity();
  const std::vector<std::vector<double>> cases = {{},
                                                  {gap},
                                                  {gap, gap, gap},
                                                  {0.0},
                                                  {7.0},
                                                  {-3.0, -3.0, -3.0},
                                                  {0.0, 0.0},
                                                  {-huge, huge, 0.0},
                                                  {huge},
                                                  {tiny, 3.0 * tiny},
                                                  {1e-300, 2e-300},
                                                  {1e15, 1e15 + 1.0},
                                                  {endless, 1.0, -endless},
                                                  {0.001, 123456789.0, -42.0, gap, 0.5},
                                                  std::vector<double>(70, 0.25)};
  for (const auto& values : cases)
    for (const std::size_t num_strategies : {std::size_t{1}, std::size_t{2}, std::size_t{14}})
      for (const std::size_t width : {20u, 33u, 40u, 57u, 80u, 100u, 143u, 200u}) {
        Chart chart = make_chart_of(make_panels(values, num_strategies));
        chart.num_columns = 1 + width % 3;
        REQUIRE(find_wrong_line(chart, width) == "");
      }
  for (std::size_t width = 40; width <= 200; ++width)
    REQUIRE(find_wrong_line(make_chart_of(make_panels({1.0, -2.5, 3.0, gap, 8.0}, 3)), width) == "");
}

TEST_CASE("an empty chart is its title and caption") {
  CHECK(draw_in_terminal(make_chart_of({}), 80, Ansi::plain) == "Early wins\n\nMeans of 20 worlds.\n");
}
