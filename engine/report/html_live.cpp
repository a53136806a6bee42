// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/bundle.hpp"
#include "report/colour_roles.hpp"
#include "report/colours.hpp"
#include "report/html.hpp"
#include "results/sha256.hpp"

namespace vouch::report::html {
namespace {

using Json = nlohmann::ordered_json;

std::string encode_base64(std::span<const std::byte> bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8U | (i + k < bytes.size() ? std::to_integer<unsigned>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : letters[word >> (18U - 6U * k) & 63U];
  }
  return text;
}

/// As a policy names a script: by its digest, so that no other one runs.
std::string make_source(std::string_view script) {
  results::Sha256 sha;
  sha.update(std::as_bytes(std::span(script)));
  return fmt::format(" 'sha256-{}'", encode_base64(sha.finish()));
}

/// "--s0" of "var(--s0)".
std::string find_variable(const std::string& sentinel) {
  const std::string paint = replace_sentinel_by_variable(sentinel);
  return paint.substr(4, paint.size() - 5);
}

Json make_colours_json() {
  Json colours;
  const auto add = [&](const std::string& sentinel) { colours[sentinel] = find_variable(sentinel); };
  for (std::size_t s = 0; s < num_strategy_colours; ++s) add(sentinel_of(colour_of(s)));
  for (const Colour::Role role : {Colour::Role::ink, Colour::Role::muted}) add(sentinel_of({role}));
  for (const char* const sentinel : {grid_sentinel, text_sentinel, background_sentinel}) add(sentinel);
  return colours;
}

Json make_axis_json(const Axis& axis) {
  return {{"title", axis.title}, {"categories", axis.categories}, {"suffix", axis.suffix}};
}

Json make_drawing_json(const Drawing& drawing) {
  return {{"option", Json::parse(drawing.option)}, {"width", drawing.width}, {"height", drawing.height}};
}

/// As the text of a script element: nothing in it ends that, or opens a comment.
std::string dump(const Json& json) {
  std::string text;
  for (const char c : json.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
  return text;
}

}  // namespace

std::string make_policy(Interaction interaction) {
  const std::string policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  if (interaction == Interaction::none) return policy;
  return policy + "; script-src" + make_source(echarts_source()) + make_source(page_script());
}

std::string make_scripts(const Reading& reading, std::span<const Chart> charts, std::span<const Drawing> drawings) {
  Json page;
  page["colours"] = make_colours_json();
  page["strategies"] = Json::array();
  const std::size_t num_strategies = reading.strategy_names().size();
  for (std::size_t s = 0; s < num_strategies && num_strategies <= num_strategy_colours; ++s)
    page["strategies"].push_back(sentinel_of(colour_of(s)));
  page["charts"] = Json::array();
  for (std::size_t i = 0; i < charts.size(); ++i) {
    Json chart{{"id", charts[i].id}, {"panels", Json::array()}};
    for (const Panel& panel : charts[i].panels)
      chart["panels"].push_back({{"x", make_axis_json(panel.x)}, {"y", make_axis_json(panel.y)}});
    chart["wide"] = make_drawing_json(drawings[2 * i]);
    chart["narrow"] = make_drawing_json(drawings[2 * i + 1]);
    page["charts"].push_back(std::move(chart));
  }
  return fmt::format(
      "<script type=\"application/json\" id=live-charts>{}</script>\n<script>{}</script>\n<script>{}</script>\n",
      dump(page), echarts_source(), page_script());
}

}  // namespace vouch::report::html
