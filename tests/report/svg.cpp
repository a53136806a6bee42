// SPDX-License-Identifier: Apache-2.0
#include "report/svg.hpp"

#include <string>

#include "report/svg_tree.hpp"
#include "support/catch.hpp"

using namespace vouch::report;

namespace {

/// As ECharts writes it.
const std::string drawn =
    "<svg width=\"720\" height=\"400\" xmlns=\"http://www.w3.org/2000/svg\" "
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" baseProfile=\"full\" viewBox=\"0 0 720 400\">\n"
    "<rect width=\"720\" height=\"400\" x=\"0\" y=\"0\" fill=\"none\"></rect>\n"
    "<path d=\"M60 320.5L580 320.5\" fill=\"none\" pointer-events=\"visible\" stroke=\"#0a0bf0\" class=\"a\"></path>\n"
    "<path d=\"M60 277.5L580 277.5\" fill=\"none\" pointer-events=\"visible\" stroke=\"#0a0bf0\" class=\"a\"></path>\n"
    "<g clip-path=\"url(#v0-c0)\">\n<path d=\"M1 2l3 4\" fill=\"none\" stroke=\"#0a0b03\" stroke-width=\"2\" "
    "ecmeta_series_index=\"1\"></path>\n</g>\n"
    "<g clip-path=\"url(#v0-c1)\">\n<path d=\"M1 0A1 1 0 1 1 1 -0.1A1 1 0 0 1 1 0\" "
    "transform=\"matrix(4.5,0,0,4.5,613.6197,74.7617)\" fill=\"#0a0b03\" stroke=\"#0a0bf2\" "
    "stroke-width=\"0.2\"></path>\n</g>\n"
    "<text dominant-baseline=\"central\" text-anchor=\"end\" style=\"font-size:10px;font-family:sans-serif;\" "
    "y=\"-6\" transform=\"translate(52 320)\" fill=\"#0a0bf1\">a &amp; b</text>\n"
    "<defs >\n<clipPath id=\"v0-c0\">\n<path d=\"M59 64l522 0Z\" fill=\"#000\"></path>\n</clipPath>\n"
    "<clipPath id=\"v0-c1\">\n<path d=\"M59 64l522 0Z\" fill=\"#000\" class=\"b\"></path>\n</clipPath>\n</defs>\n"
    "<style ><![CDATA[\n.a:hover { fill:red }\n]]>\n</style>\n</svg>";

}  // namespace

TEST_CASE("a picture for a page has only what is seen, in colours that a style sheet decides") {
  CHECK(finish_for_page(drawn, "fan", "Who & <what>", "It \"rises\"") ==
        "<svg viewBox=\"0 0 720 400\" font-size=\"10\" fill=\"var(--text)\" role=\"img\" "
        "aria-labelledby=\"fan-title fan-desc\"><title id=\"fan-title\">Who &amp; &lt;what&gt;</title>"
        "<desc id=\"fan-desc\">It &quot;rises&quot;</desc>"
        "<path d=\"M60 320.5h520M60 277.5h520\" fill=\"none\" stroke=\"var(--grid)\"/>"
        "<g clip-path=\"url(#fan-0)\"><path d=\"M1 2l3 4\" fill=\"none\" stroke=\"var(--s3)\" stroke-width=\"2\"/>"
        "<path d=\"M609.1 74.8a4.5 4.5 0 1 1 9 0a4.5 4.5 0 1 1 -9 0Z\" fill=\"var(--s3)\" stroke=\"var(--background)\" "
        "stroke-width=\"0.9\"/></g>"
        "<text text-anchor=\"end\" y=\"317.5\" x=\"52\">a &amp; b</text>"
        "<defs><clipPath id=\"fan-0\"><path d=\"M59 64h522z\"/></clipPath></defs></svg>");
}

TEST_CASE("a picture for a file stands by itself, in the colours of its theme") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const std::string file = finish_for_file(drawn, theme, {"What <is> found", "what is shown", "words"});
    CHECK(
        file.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg width=\"740\" height=\"497\" "
                         "xmlns=\"http://www.w3.org/2000/svg\""));
    CHECK(file.find("font-family=\"Helvetica, Arial, sans-serif\"") != std::string::npos);
    CHECK(file.find("stroke=\"" + value_of(colour_of(3), theme) + "\"") != std::string::npos);
    CHECK(file.find(theme == Theme::light ? "height=\"100%\" fill=\"#ffffff\"" : "height=\"100%\" fill=\"#14171a\"") !=
          std::string::npos);
    CHECK(file.find("font-weight=\"bold\"") <
          file.find(">What &lt;is&gt; found</text><g transform=\"translate(10,52)\">"));
    CHECK(file.find(">what is shown</text></svg>") != std::string::npos);
    CHECK(file.find("var(") == std::string::npos);
    CHECK(file.find("#0a0b") == std::string::npos);
    CHECK(file.ends_with("</svg>\n"));
  }
}

TEST_CASE("text cannot leave its place") {
  CHECK(escape("<script>&\"'") == "&lt;script&gt;&amp;&quot;&#39;");
  CHECK(escape("früh 紹介 🎉 مرحبا") == "früh 紹介 🎉 مرحبا");
  CHECK(escape(std::string("a\x01\x1b[0m\tb\0", 9)) == "a[0m\tb");
  const std::string page = finish_for_page(drawn, "x", "</title><script>alert(1)</script>", "]]>");
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("]]>") == std::string::npos);
}

TEST_CASE("turned text keeps its turn") {
  const std::string page = finish_for_page(
      "<svg viewBox=\"0 0 9 9\"><text dominant-baseline=\"central\" style=\"font-size:20px\" "
      "transform=\"matrix(0,-1,1,0,20,100)\">up</text></svg>",
      "x", "", "");
  CHECK(page.find("transform=\"matrix(0,-1,1,0,20,100)\" x=\"0\" y=\"7\">up<") != std::string::npos);
}

TEST_CASE("an SVG that is cut short is an error, not a short picture") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, drawn.find("<path") + 9, drawn.size() - 7}) {
    CHECK_THROWS_AS(parse_svg(drawn.substr(0, size)), std::logic_error);
  }
  CHECK_THROWS_AS(parse_svg("<svg><g></svg>"), std::logic_error);
}
