// SPDX-License-Identifier: Apache-2.0
#include "report/picture.hpp"

#include "core/error.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

/// Of a PNG's header: 4 bytes, the highest first.
unsigned read_number(const std::string& png, std::size_t at) {
  unsigned number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8U | static_cast<unsigned char>(png.at(at + i));
  return number;
}

}  // namespace

TEST_CASE("a picture is a PNG of the size asked for") {
  const std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"72\" height=\"40\"><rect width=\"9\" height=\"9\"/></svg>";
  const std::string png = make_png(svg, 2.5);
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  CHECK(read_number(png, 16) == 180);
  CHECK(read_number(png, 20) == 100);
  CHECK(png == make_png(svg, 2.5));
}

TEST_CASE("what is no SVG is refused with librsvg's words") {
  try {
    make_png("<svg", 1.0);
    FAIL("nothing was thrown");
  } catch (const vouch::Error& error) {
    CHECK(error.code() == vouch::ExitCode::io);
    CHECK(std::string(error.what()).find("could not be drawn") != std::string::npos);
  }
  CHECK_THROWS_AS(make_png("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>", 1e6), vouch::Error);
}
