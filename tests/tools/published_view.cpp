// SPDX-License-Identifier: Apache-2.0
#include "published_view.hpp"

#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::cli;
using scenario::FigureRole;

namespace {

using Bounds = std::optional<std::pair<double, double>>;

PublishedRow make_row(FigureRole role, Bounds range, std::optional<double> value, std::optional<double> half_width) {
  PublishedRow row;
  row.figure = {"customers who did", "a study", 0.3, range, "yes_rate", "ask", "", "", role, {}};
  row.estimate.value = value;
  row.estimate.half_width = half_width;
  if (half_width) row.estimate.standard_error = *half_width / 2.0;
  if (value && half_width) row.estimate.interval = {{*value - *half_width, *value + *half_width}};
  row.scale = {100.0, "%", ""};
  return row;
}

std::string judge(FigureRole role, Bounds range, std::optional<double> value, std::optional<double> half_width) {
  return judge_figure(make_row(role, range, value, half_width));
}

const Bounds around = std::pair(0.25, 0.375);

}  // namespace

TEST_CASE("what emerged is reproduced only by an interval that lies in the range") {
  CHECK(judge(FigureRole::emerged, around, 0.3125, 0.03125) == "reproduced");
  CHECK(judge(FigureRole::emerged, around, 0.3125, 0.0625) == "reproduced");  // from edge to edge
  CHECK(judge(FigureRole::emerged, around, 0.25, 0.0) == "reproduced");
  CHECK(judge(FigureRole::emerged, around, 0.3125, 0.125) == "undecided");  // too wide to tell
  CHECK(judge(FigureRole::emerged, around, 0.5, 0.125) == "undecided");
  CHECK(judge(FigureRole::emerged, around, 0.125, 0.125) == "undecided");
  CHECK(judge(FigureRole::emerged, around, 0.5, 0.0625) == "not reproduced");
  CHECK(judge(FigureRole::emerged, around, 0.125, 0.0625) == "not reproduced");
}

TEST_CASE("nothing is said where nothing is known") {
  CHECK(judge(FigureRole::emerged, std::nullopt, 0.3, 0.01) == "emerged");
  CHECK(judge(FigureRole::emerged, around, 0.3, std::nullopt) == "undecided");
  CHECK(judge(FigureRole::emerged, around, std::nullopt, std::nullopt) == "undecided");
}

TEST_CASE("what was put in is never reproduced, but it can miss") {
  CHECK(judge(FigureRole::in, around, 0.3, 0.01) == "went in");
  CHECK(judge(FigureRole::tuned, around, 0.3, 0.01) == "tuned to");
  CHECK(judge(FigureRole::in, std::nullopt, 0.31, 0.02) == "went in");
  CHECK(judge(FigureRole::in, std::nullopt, 0.1 + 0.2, 0.0) == "went in");  // equal but for rounding
  CHECK(judge(FigureRole::in, std::nullopt, 0.9, 0.01) == "went in, but missed");
  CHECK(judge(FigureRole::tuned, std::nullopt, 0.27, 0.02) == "tuned to, but missed");
  CHECK(judge(FigureRole::tuned, std::nullopt, 0.27, std::nullopt) == "tuned to");
  CHECK(judge(FigureRole::in, around, std::nullopt, std::nullopt) == "went in");
  CHECK(judge(FigureRole::in, around, 0.9, 0.01) == "went in, but missed");
  CHECK(judge(FigureRole::tuned, around, 0.9, 0.01) == "tuned to, but missed");
}

TEST_CASE("published figures stand beside the simulated ones") {
  auto money = make_row(FigureRole::in, std::nullopt, 12345.0, 100.0);
  money.figure.figure = "worth";
  money.figure.value = 12000;
  money.scale = {1.0, "EUR", "EUR"};
  auto none = make_row(FigureRole::tuned, std::nullopt, std::nullopt, std::nullopt);
  none.figure.figure = "nobody asked";
  none.figure.value = 0.287;
  const std::string text = format_published({make_row(FigureRole::emerged, around, 0.28, 0.02), money, none}, 0.95);
  INFO(text);
  CHECK(text.find("customers who did  30 % (25 to 37.5)      28.0 %      26.0 to 30.0  reproduced") !=
        std::string::npos);
  CHECK(text.find("worth                     12,000 EUR  12,345 EUR  12,245 to 12,445  went in, but missed") !=
        std::string::npos);
  CHECK(text.find("nobody asked                  28.7 %           –                 –  tuned to") != std::string::npos);
  CHECK(text.find("strategy") == std::string::npos);
  money.figure.strategy = "wait";
  const std::string both = format_published({none, money}, 0.95);
  CHECK(both.find("nobody asked      ask ") != std::string::npos);
  CHECK(both.find("worth             wait ") != std::string::npos);
}

TEST_CASE("the interval need not lie evenly about the figure") {
  auto row = make_row(FigureRole::emerged, around, 0.3, 0.01);
  row.estimate.interval = {{0.2, 0.31}};
  CHECK(judge_figure(row) == "undecided");
  CHECK(format_published({row}, 0.95).find("20.00 to 31.00") != std::string::npos);
  CHECK(make_published_json({row})[0]["interval"] == nlohmann::ordered_json({0.2, 0.31}));
}

TEST_CASE("for programs published figures are unrounded, and null where unknown") {
  auto part = make_row(FigureRole::tuned, std::nullopt, std::nullopt, std::nullopt);
  part.figure.segment = "smb";
  part.figure.from = "organic";
  part.scale = {1.0, "days", "days"};
  const auto json = make_published_json({make_row(FigureRole::emerged, around, 0.3125, 0.0625), part});
  CHECK(json[0]["published"] == 0.3);
  CHECK(json[0]["range"] == nlohmann::ordered_json({0.25, 0.375}));
  CHECK(json[0]["interval"] == nlohmann::ordered_json({0.25, 0.375}));
  CHECK(json[0]["unit"] == "1");
  CHECK(json[0]["role"] == "emerged");
  CHECK(json[0]["judgement"] == "reproduced");
  CHECK(json[0]["segment"].is_null());
  CHECK(json[1]["segment"] == "smb");
  CHECK(json[1]["source_filter"] == "organic");
  CHECK(json[1]["unit"] == "days");
  for (const char* key : {"range", "simulated", "half_width", "interval"}) CHECK(json[1][key].is_null());
  CHECK(make_published_json({}) == nlohmann::ordered_json::array());
}
