// SPDX-License-Identifier: Apache-2.0
#include "report/colours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "support/catch.hpp"

using namespace vouch::report;

namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

constexpr std::size_t num_colours = 12;
constexpr std::array themes = {Theme::light, Theme::dark};
constexpr Matrix identity = {{{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}}};
// Machado, Oliveira and Fernandes (2009), severity 1: what who lacks red or green cones sees, in linear RGB.
constexpr Matrix protanopia = {
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia = {
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
// Ottosson (2020), "A perceptual color space for image processing".
constexpr Matrix cones = {{{0.4122214708, 0.5363325363, 0.0514459929},
                           {0.2119034982, 0.6806995451, 0.1073969566},
                           {0.0883024619, 0.2817188376, 0.6299787005}}};
constexpr Matrix opponents = {{{0.2104542553, 0.7936177850, -0.0040720468},
                               {1.9779984951, -2.4285922050, 0.4505937099},
                               {0.0259040371, 0.7827717662, -0.8086757660}}};

Vector operator*(const Matrix& matrix, const Vector& vector) {
  Vector product{};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < 3; ++i) product[row] += matrix[row][i] * vector[i];
  }
  return product;
}

Vector linear_rgb(const std::string& hex) {
  Vector rgb{};
  for (std::size_t i = 0; i < 3; ++i) {
    const double value = std::stoi(hex.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
    rgb[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  }
  return rgb;
}

/// WCAG 2.1.
double compute_contrast(const std::string& a, const std::string& b) {
  const auto luminance = [](const Vector& rgb) { return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]; };
  const auto [low, high] = std::minmax({luminance(linear_rgb(a)), luminance(linear_rgb(b))});
  return (high + 0.05) / (low + 0.05);
}

/// In Oklab, hundredths; about 2 can just be told apart side by side.
double compute_distance(const std::string& a, const std::string& b, const Matrix& sight) {
  const auto place = [&](const std::string& hex) {
    Vector seen = cones * (sight * linear_rgb(hex));
    for (double& value : seen) value = std::cbrt(std::max(0.0, value));
    return opponents * seen;
  };
  const Vector from = place(a);
  const Vector to = place(b);
  return 100.0 * std::hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}

double compute_least_distance(const std::string& a, const std::string& b) {
  return std::min(
      {compute_distance(a, b, identity), compute_distance(a, b, protanopia), compute_distance(a, b, deuteranopia)});
}

/// From the style sheet: "#14171a" of "background".
std::string read_variable(Theme theme, const std::string& name) {
  const std::string css = make_css_variables(theme);
  const std::size_t at = css.find("--" + name + ":");
  REQUIRE(at != std::string::npos);
  return css.substr(at + name.size() + 3, 7);
}

bool differ_in_form(std::size_t a, std::size_t b) {
  return std::string(symbol_of(a)) != symbol_of(b) && std::string(line_type_of(a)) != line_type_of(b);
}

}  // namespace

TEST_CASE("marks stand out from the background, and text can be read") {
  for (const Theme theme : themes) {
    const std::string background = read_variable(theme, "background");
    for (std::size_t i = 0; i < num_colours; ++i) {
      INFO("strategy " << i << ", " << value_of(colour_of(i), theme));
      CHECK(compute_contrast(value_of(colour_of(i), theme), background) >= 3.0);
    }
    CHECK(compute_contrast(value_of({Colour::Role::muted}, theme), background) >= 3.0);
    CHECK(compute_contrast(value_of({Colour::Role::ink}, theme), background) >= 4.5);
    CHECK(compute_contrast(read_variable(theme, "text"), background) >= 4.5);
    CHECK(compute_contrast(read_variable(theme, "grid"), background) < 2.0);
  }
}

TEST_CASE("eight strategies can be told apart by colour without red or green cones") {
  for (const Theme theme : themes) {
    for (std::size_t i = 0; i < 8; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        INFO(i << " and " << j << (theme == Theme::light ? ", light" : ", dark"));
        CHECK(compute_least_distance(value_of(colour_of(i), theme), value_of(colour_of(j), theme)) > 6.0);
      }
    }
  }
}

TEST_CASE("colours that come near have another symbol and another line") {
  for (const Theme theme : themes) {
    for (std::size_t i = 0; i < num_colours; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const double distance = compute_least_distance(value_of(colour_of(i), theme), value_of(colour_of(j), theme));
        INFO(i << " and " << j << ": " << distance << (theme == Theme::light ? ", light" : ", dark"));
        CHECK((distance > 6.0 || differ_in_form(i, j)));
      }
    }
  }
}

TEST_CASE("neighbours, and strategies of the same colour, differ in form") {
  for (std::size_t i = 0; i < 3 * num_colours; ++i) {
    CHECK(differ_in_form(i, i + 1));
    CHECK(value_of(colour_of(i), Theme::light) == value_of(colour_of(i + num_colours), Theme::light));
    CHECK(differ_in_form(i, i + num_colours));
  }
}

TEST_CASE("every role has a sentinel of its own") {
  std::set<std::string> sentinels = {grid_sentinel, text_sentinel, background_sentinel,
                                     sentinel_of({Colour::Role::ink}), sentinel_of({Colour::Role::muted})};
  for (std::size_t i = 0; i < num_colours; ++i) sentinels.insert(sentinel_of(colour_of(i)));
  CHECK(sentinels.size() == num_colours + 5);
}
