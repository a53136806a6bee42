// SPDX-License-Identifier: Apache-2.0
#include "report/echarts_option.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "report/cell_key.hpp"
#include "report/chart_layout.hpp"
#include "report/picture.hpp"
#include "report/sample_charts.hpp"
#include "report/scale.hpp"
#include "report/svg.hpp"
#include "report/text_fit.hpp"
#include "support/catch.hpp"

using namespace vouch::report;
using namespace vouch::test;

namespace {

using Json = nlohmann::json;

Json make_option(const Chart& chart, Format format) { return Json::parse(make_drawing(chart, format).option); }

Extent make_extent(double low, double high) {
  Extent extent;
  extent.add(low);
  extent.add(high);
  return extent;
}

bool overlap(const Json& a, const Json& b) {
  const auto ends_before = [](const Json& one, const Json& other, const char* start, const char* size) {
    return one[start].get<double>() + one[size].get<double>() <= other[start].get<double>() + 1e-9;
  };
  return !ends_before(a, b, "left", "width") && !ends_before(b, a, "left", "width") &&
         !ends_before(a, b, "top", "height") && !ends_before(b, a, "top", "height");
}

std::set<std::string> list_names(const Json& option) {
  std::set<std::string> names;
  for (const Json& series : option["series"]) names.insert(series["name"].get<std::string>());
  return names;
}

std::vector<std::string> list_texts(const Json& option) {
  std::vector<std::string> texts;
  for (const Json& text : option.value("graphic", Json::array())) texts.push_back(text["style"]["text"]);
  return texts;
}

bool has_text(const Json& option, const std::string& text) {
  const std::vector<std::string> texts = list_texts(option);
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

TEST_CASE("axes of values end at round numbers around the data") {
  for (const auto& [low, high] : std::vector<std::pair<double, double>>{
           {0, 1}, {-3.7, 12.1}, {99.2, 101.3}, {1e9, 1.2e9}, {1e-7, 3e-7}, {-5e4, -2e4}, {0, 0}, {7, 7}, {-7, -7}}) {
    const AxisScale scale = make_scale(make_extent(low, high), {}, Ends::ticks, 6.0);
    INFO(low << " to " << high << ": " << scale.low << " to " << scale.high << " by " << scale.step);
    CHECK(scale.low <= low);
    CHECK(scale.high >= high);
    CHECK(scale.high - scale.low <= 3.0 * std::max(high - low, 0.5 * std::max(std::abs(high), 1e-300)) + (low == 0.0));
    const double digits = scale.step / std::pow(10.0, std::floor(std::log10(scale.step) + 1e-9));
    CHECK((std::abs(digits - 1) < 1e-9 || std::abs(digits - 2) < 1e-9 || std::abs(digits - 2.5) < 1e-9 ||
           std::abs(digits - 5) < 1e-9));
    const std::vector<double> ticks = list_ticks(scale);
    REQUIRE(ticks.size() >= 2);
    CHECK(ticks.size() <= 9);
    CHECK(ticks.front() == Approx(scale.low).margin(1e-12));
    CHECK(ticks.back() == Approx(scale.high).margin(1e-12));
  }
}

TEST_CASE("axes keep their own ends, count days and months as calendars do, and begin at zero if asked") {
  Axis axis;
  axis.low = 0.0;
  axis.high = 97.0;
  const AxisScale own = make_scale(make_extent(20, 30), axis, Ends::ticks, 5.0);
  CHECK(own.low == 0.0);
  CHECK(own.high == 97.0);
  CHECK(list_ticks(own) == std::vector<double>{0, 20, 40, 60, 80});
  Axis time;
  time.title = "days since the purchase";
  CHECK(make_scale(make_extent(0, 365), time, Ends::data, 6.0).step == 90.0);
  time.title = "months";
  CHECK(make_scale(make_extent(0, 36), time, Ends::data, 6.0).step == 6.0);
  Axis from_zero;
  from_zero.from_zero = true;
  CHECK(make_scale(make_extent(40, 50), from_zero, Ends::ticks, 5.0).low == 0.0);
  CHECK(make_scale({}, {}, Ends::ticks, 5.0).high == 1.0);
  CHECK(make_scale(make_extent(std::nan(""), HUGE_VAL), {}, Ends::ticks, 5.0).high == 1.0);
}

TEST_CASE("ticks are labelled with separators, unit and equal decimals") {
  Axis axis;
  axis.suffix = " %";
  const AxisScale scale = make_scale(make_extent(0, 2), {}, Ends::ticks, 5.0);
  CHECK(format_tick(1.0, scale, axis) == "1.0 %");
  CHECK(format_tick(1200.0, make_scale(make_extent(0, 5000), {}, Ends::ticks, 5.0), {}) == "1,200");
  CHECK(format_tick(2e-7, make_scale(make_extent(0, 5e-7), {}, Ends::ticks, 5.0), {}) == "2e-07");
}

TEST_CASE("text is broken where it may be, and cut with an ellipsis") {
  CHECK(fit_text("short", 100, 12, 2) == "short");
  CHECK(fit_text("ask_after_first_result", 90, 12, 3) == "ask_after_\nfirst_result");
  CHECK(count_lines(fit_text("one two three four five six seven eight", 60, 12, 2)) == 2);
  const std::string cut = fit_text("one two three four five six seven eight", 60, 12, 2);
  CHECK(cut.substr(cut.size() - 3) == "…");
  CHECK(fit_text("two\nlines", 200, 12, 2) == "two lines");
  for (const std::string& name : make_hard_names(12)) {
    for (const double width : {30.0, 80.0, 150.0}) {
      const std::string fitted = fit_text(name, width, 12, 3);
      CHECK(estimate_text_width(fitted, 12) <= width + 1e-9);
      CHECK_NOTHROW(Json(fitted).dump());  // no character is cut in two
    }
  }
}

TEST_CASE("every sample gives an option in which nothing overlaps or leaves the picture") {
  for (const Chart& chart : make_sample_charts()) {
    for (const Format format : {Format::wide, Format::narrow}) {
      const Drawing drawing = make_drawing(chart, format);
      INFO(chart.id << " " << drawing.width << " x " << drawing.height);
      const Json option = Json::parse(drawing.option);
      CHECK(drawing.width == (format == Format::wide ? 720 : 360));
      const Json& grids = option["grid"];
      REQUIRE(grids.size() == chart.panels.size());
      for (std::size_t i = 0; i < grids.size(); ++i) {
        CHECK(grids[i]["left"].get<double>() >= 0.0);
        CHECK(grids[i]["width"].get<double>() >= 0.25 * drawing.width / static_cast<double>(chart.num_columns));
        CHECK(grids[i]["left"].get<double>() + grids[i]["width"].get<double>() <= drawing.width);
        CHECK(grids[i]["top"].get<double>() + grids[i]["height"].get<double>() <= drawing.height);
        for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(overlap(grids[i], grids[j]));
      }
      const Chart keyed = replace_long_cell_labels(chart, format);
      const Layout layout = make_layout(keyed, format);
      for (const Text& text : layout.texts) {
        const double width = estimate_text_width(text.text, option["textStyle"]["fontSize"].get<double>());
        const double left = text.x - (text.side == Side::left ? 0.0 : text.side == Side::right ? width : width / 2.0);
        INFO(text.text);
        CHECK(left >= -1.0);
        CHECK(left + width <= drawing.width + 1.0);
        CHECK(text.y >= 0.0);
        CHECK(text.y < drawing.height);
      }
    }
  }
}

TEST_CASE("every sample is drawn") {
  std::vector<Drawing> drawings;
  std::vector<std::string> names;
  for (const Chart& chart : make_sample_charts()) {
    for (const Format format : {Format::wide, Format::narrow}) {
      drawings.push_back(make_drawing(chart, format));
      names.push_back(chart.id + (format == Format::wide ? "-wide" : "-narrow"));
    }
  }
  const std::vector<std::string> svgs = render(drawings);
  REQUIRE(svgs.size() == drawings.size());
  // To look at them: a folder in this variable.
  const char* folder = std::getenv("VOUCH_GALLERY");
  for (std::size_t i = 0; i < svgs.size(); ++i) {
    INFO(names[i]);
    CHECK(svgs[i].find("NaN") == std::string::npos);
    CHECK(finish_for_page(svgs[i], names[i], "title", "description").size() < 50'000);
    if (folder == nullptr) continue;
    for (const Theme theme : {Theme::light, Theme::dark}) {
      const std::string file = std::string(folder) + "/" + names[i] + (theme == Theme::dark ? "-dark" : "");
      std::ofstream(file + ".png") << make_png(finish_for_file(svgs[i], theme, {names[i], {}, names[i]}), 2.0);
    }
  }
}

TEST_CASE("ECharts places values where their labels are") {
  for (const Format format : {Format::wide, Format::narrow}) {
    for (const Chart& chart : {make_histogram(), make_line_chart(2, LineEnds::apart), make_scatter()}) {
      const Layout layout = make_layout(chart, format);
      const PanelPlan& plan = layout.panels[0];
      const Drawing drawing = make_drawing(chart, format);
      const std::string svg = render({&drawing, 1})[0];
      for (const double tick : list_ticks(plan.x)) {
        const double place = plan.box.left + find_place(tick, plan.x, plan.box.width);
        INFO(chart.id << ", " << tick << " at " << place);
        // ECharts moves ticks, which are 4 pixels long, to the middle of a pixel.
        const std::string bottom = fmt::format("{:.0f}", std::round(plan.box.top + plan.box.height) + 4.0);
        bool is_there = false;
        for (const double moved : {-0.5, 0.5, 1.5}) {
          is_there = is_there || svg.find(fmt::format("L{:.1f} {}", std::floor(place) + moved, bottom)) < svg.size();
        }
        CHECK(is_there);
      }
    }
  }
}

TEST_CASE("pictures of rows grow with their rows, and phones have their own") {
  const auto height_of = [](std::size_t rows, Format format) {
    return make_drawing(make_interval_chart(rows, 100.0, 5.0), format).height;
  };
  for (const Format format : {Format::wide, Format::narrow}) {
    CHECK(height_of(3, format) < height_of(6, format));
    CHECK(height_of(6, format) < height_of(12, format));
  }
  const Json wide = make_option(make_interval_chart(12, 100.0, 5.0), Format::wide);
  const Json narrow = make_option(make_interval_chart(12, 100.0, 5.0), Format::narrow);
  CHECK_FALSE(wide["yAxis"][0]["axisLabel"].contains("inside"));
  CHECK(narrow["yAxis"][0]["axisLabel"]["inside"] == true);  // names above their rows
  CHECK(narrow["grid"][0]["width"].get<double>() > 300.0);
  CHECK(make_option(make_fan_chart(12, 3), Format::narrow)["grid"][1]["left"].get<double>() > 150.0);
}

TEST_CASE("all series are there by name, with those of bands apart") {
  const Json lines = make_option(make_line_chart(12, LineEnds::apart), Format::wide);
  const std::set<std::string> names = list_names(lines);
  for (const std::string& name : make_hard_names(12)) CHECK(names.count(name) == 1);
  CHECK(lines["legend"]["data"].size() == 12);
  std::size_t num_bands = 0;
  const Json fans = make_option(make_fan_chart(2, 2), Format::wide);
  for (const Json& series : fans["series"]) {
    if (!series.contains("stack")) continue;
    ++num_bands;
    CHECK(series["stackStrategy"] == "all");
    CHECK(series["name"].get<std::string>()[0] == ' ');
    CHECK(series["tooltip"]["show"] == false);
  }
  CHECK(num_bands == 8);
}

TEST_CASE("few lines that end apart are named there, others in a legend") {
  const Json apart = make_option(make_line_chart(4, LineEnds::apart), Format::wide);
  CHECK_FALSE(apart.contains("legend"));
  CHECK(apart["series"][0]["endLabel"]["formatter"] == "ask_at_signing");
  const Json together = make_option(make_line_chart(4, LineEnds::together), Format::wide);
  CHECK(together["legend"]["data"].size() == 4);
  CHECK_FALSE(together["series"][0].contains("endLabel"));
  CHECK(make_option(make_line_chart(4, LineEnds::apart), Format::narrow).contains("legend"));
  CHECK_FALSE(make_option(make_line_chart(1, LineEnds::apart), Format::wide).contains("legend"));
}

TEST_CASE("a gap is null, and values that are not finite draw nothing") {
  const Json option = make_option(make_line_chart(3, LineEnds::apart), Format::wide);
  std::size_t num_gaps = 0;
  for (const Json& series : option["series"]) {
    for (const Json& datum : series["data"]) num_gaps += datum.is_array() && datum[1].is_null() ? 1 : 0;
  }
  CHECK(num_gaps == 9);
  Chart chart = make_interval_chart(3, 100.0, 5.0);
  chart.panels[0].series[0].data[1].x = gap;
  chart.panels[0].series[0].data[1].high = HUGE_VAL;
  const Json intervals = make_option(chart, Format::wide);
  CHECK(intervals["series"][0]["data"][1]["value"][0].is_null());
  CHECK(intervals["series"][0]["markLine"]["data"].size() == 2);
  CHECK(intervals["xAxis"][0]["max"].get<double>() < 200.0);
}

TEST_CASE("panels with the same axis have the same scale, and write its title and ticks once") {
  const Json option = make_option(make_fan_chart(4, 2), Format::wide);
  const std::vector<std::string> texts = list_texts(option);
  for (const Json& axis : option["yAxis"]) CHECK(axis["max"] == option["yAxis"][0]["max"]);
  CHECK(std::count(texts.begin(), texts.end(), "customers won so far") == 1);
  CHECK(std::count(texts.begin(), texts.end(), "months since the start") == 1);
  CHECK(std::count(texts.begin(), texts.end(), "24") == 2);
}

TEST_CASE("names are the reader's, whatever they hold") {
  Chart chart = make_interval_chart(2, 100.0, 5.0);
  chart.panels[0].y.categories = {"\"quoted\\ {b} </script>", "broken \xff UTF-8"};
  chart.panels[0].series[0].data[0].label = "a\nb\"";
  const Json option = make_option(chart, Format::wide);
  CHECK(option["yAxis"][0]["data"][0] == "\"quoted\\ {b} </script>");
  CHECK(option["yAxis"][0]["data"][1] == "broken \xef\xbf\xbd UTF-8");
}

TEST_CASE("a rule has its label, bars with labels need no ticks") {
  const Json rule = make_option(make_scatter(), Format::wide);
  CHECK(has_text(rule, "no difference"));
  CHECK(list_names(rule).count(" rule 0") == 1);
  const Json bars = make_option(make_funnel_chart(1), Format::wide);
  CHECK(has_text(bars, "in a world"));
  CHECK(list_texts(bars).size() == 2);  // with the panel's title
  CHECK(bars["series"][0]["data"][0]["label"]["formatter"] == "4000");
}

TEST_CASE("cells too small for their labels have letters that the legend explains") {
  CHECK_FALSE(make_option(make_heat_map(5, 4), Format::wide).contains("legend"));
  const Json option = make_option(make_heat_map(12, 8), Format::narrow);
  REQUIRE(option["legend"]["data"].size() == 5);
  CHECK(option["legend"]["data"][0]["name"] == "A: ask_at_signing");
  std::size_t num_cells = 0;
  for (const Json& series : option["series"]) {
    num_cells += series["data"].size();
    for (const Json& cell : series["data"]) CHECK(cell["label"]["formatter"].get<std::string>().size() == 1);
  }
  CHECK(num_cells == 96);
}
