// SPDX-License-Identifier: Apache-2.0
// The page as a text: what is on it, in which order, and that nothing gets out of its quotes.
#include "report/page.hpp"

#include <fmt/format.h>

#include "report/bundle.hpp"
#include "report/html.hpp"
#include "report/metric_words.hpp"
#include "small_file.hpp"
#include "support/catch.hpp"

using namespace vouch;
using report::Assumption;
using report::make_page;
using test::fill_plausibly;
using test::SmallFile;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t number = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++number;
  return number;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<Assumption> make_assumptions(std::size_t number) {
  std::vector<Assumption> assumptions;
  for (std::size_t i = 0; i < number; ++i) {
    Assumption& assumption = assumptions.emplace_back();
    assumption.key = fmt::format("key.{}", i);
    assumption.value = std::to_string(i);
    assumption.group = i < 2 ? "First" : "Second";
  }
  return assumptions;
}

const SmallFile& plausible_file() {
  static const SmallFile file(40, fill_plausibly);
  return file;
}

}  // namespace

TEST_CASE("a page begins with its mark and has its parts in order") {
  report::PageOptions options;
  options.assumptions = make_assumptions(1);
  options.results_digest = "abc123";
  options.command = "vouch report small.h5";
  const std::string page = make_page(plausible_file().read(), options);
  CHECK(page.starts_with(report::page_mark));
  std::size_t last = 0;
  for (const char* const part :
       {"<meta charset=utf-8>", "<h1 ", "id=answer", "id=strategies", "id=\"comparison\"", "id=\"funnel\"",
        "id=\"people\"", "id=assumptions", "id=made", "abc123", "vouch report small.h5", "</html>"}) {
    INFO(part);
    const std::size_t at = page.find(part);
    REQUIRE(at != std::string::npos);
    CHECK(at > last);
    last = at;
  }
}

TEST_CASE("a page has no script, asks for nothing and is small") {
  const std::string page = make_page(plausible_file().read(), {});
  CHECK_FALSE(has(page, "<script"));
  CHECK_FALSE(has(page, "<link"));
  CHECK_FALSE(has(page, " src="));
  CHECK_FALSE(has(page, "url(h"));
  CHECK(count(page, "http") == count(page, "http-equiv") + count(page, "http://www.w3.org/2000/svg"));
  CHECK(has(page, "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
  CHECK(page.size() < 300'000);
}

TEST_CASE("the same reading gives the same page") {
  for (const auto interaction : {report::Interaction::none, report::Interaction::hovering}) {
    report::PageOptions options;
    options.interaction = interaction;
    CHECK(make_page(plausible_file().read(), options) == make_page(plausible_file().read(), options));
  }
}

TEST_CASE("each chart stands there twice, once hidden, with its table") {
  const std::string page = make_page(plausible_file().read(), {});
  const std::size_t num_charts = count(page, "<article class=chart");
  CHECK(num_charts > 5);
  CHECK(count(page, "<div class=wide>") == num_charts);
  CHECK(count(page, "<div class=narrow>") == num_charts);
  CHECK(count(page, "role=\"img\"") == 2 * num_charts);
  CHECK(count(page, "<summary>The numbers</summary>") == num_charts);
  CHECK(count(page, "<h3>") == num_charts);
}

TEST_CASE("what a file does not have is left out") {
  const SmallFile file(40, [](test::SmallWorld&, int, std::int64_t) {});
  const std::string page = make_page(file.read(), {});
  CHECK_FALSE(has(page, "id=\"funnel\""));
  CHECK_FALSE(has(page, "id=assumptions"));
  CHECK(has(page, "id=made"));
}

TEST_CASE("names are text, whatever they look like") {
  report::Reading reading = plausible_file().read();
  reading.view.strategy_names[1] = "<script>alert(1)</script>\"'><b>&amp;";  // not the baseline's, which the file names
  reading.view.strategy_names[2] = "]]></style></svg>";
  report::PageOptions options;
  options.strategies = {{"<i>label</i>", "<u>description</u>"}, {}, {}};
  options.assumptions = make_assumptions(1);
  options.assumptions[0].note = "</table><script>";
  options.command = "vouch report '<a>.h5'";
  const std::string page = make_page(reading, options);
  for (const char* const part : {"<script", "<b>&", "<i>", "<u>", "</table><script", "<a>", "]]></style"}) {
    INFO(part);
    CHECK_FALSE(has(page, part));
  }
  CHECK(has(page, "&lt;i&gt;label&lt;/i&gt;"));
  CHECK(count(page, "</style>") == 1);
}

TEST_CASE("a page with scripts names them in its policy and keeps its data inside") {
  report::Reading reading = plausible_file().read();
  reading.view.strategy_names[1] = "</script><!--<script>";
  report::PageOptions options;
  options.interaction = report::Interaction::hovering;
  const std::string page = make_page(reading, options);
  CHECK(count(page, "<script>") - count(report::echarts_source().data(), "<script>") == 2);
  CHECK(count(page, "<script type=\"application/json\" id=live-charts>") == 1);
  CHECK_FALSE(has(page, "</script><!--"));
  CHECK(has(page, "\\u003c/script>\\u003c!--\\u003cscript>"));
  CHECK(count(page, "'sha256-") == 2);
  CHECK_FALSE(has(page.substr(0, page.find("<style>")), "script-src 'unsafe-inline'"));
  CHECK(count(page, "<div class=wide>") > 5);  // for where scripts are blocked
}

TEST_CASE("the scripts hold nothing that would end their element") {
  for (const std::string_view script : {report::echarts_source(), report::page_script()}) {
    CHECK(script.find("</script") == std::string_view::npos);
    CHECK(script.find("<!--") == std::string_view::npos);
  }
}

TEST_CASE("the first fifteen assumptions are shown, the rest behind a click") {
  report::PageOptions options;
  options.order_note = "In some order.";
  options.assumptions = make_assumptions(15);
  CHECK_FALSE(has(make_page(plausible_file().read(), options), " more</summary>"));
  options.assumptions = make_assumptions(17);
  const std::string page = make_page(plausible_file().read(), options);
  CHECK(has(page, "<summary>2 more</summary>"));
  CHECK(has(page, "In some order."));
  CHECK(count(page, "scope=rowgroup") == 3);  // first and second, and the second again in the rest
  CHECK(page.find("key.<wbr>14") < page.find("<summary>2 more"));
  CHECK(page.find("key.<wbr>15") > page.find("<summary>2 more"));
}

TEST_CASE("assumptions tell sources from guesses") {
  report::PageOptions options;
  options.assumptions = make_assumptions(3);
  options.assumptions[1].standing = Assumption::Standing::sourced;
  options.assumptions[1].source = "A & B (1999)";
  options.assumptions[2].standing = Assumption::Standing::chosen;
  const std::string page = make_page(plausible_file().read(), options);
  CHECK(has(page, "Of the 3 rows below 1 is marked <b class=guess>guess</b>"));
  CHECK(count(page, "<b class=guess>guess</b>") == 2);
  CHECK(has(page, "A &amp; B (1999)"));
  CHECK(has(page, "<span class=tag>chosen</span>"));
}

TEST_CASE("lines break neither before a unit nor inside a name") {
  using report::html::make_words;
  CHECK(make_words("27 % more of at-signing, 3 ± 1 EUR") ==
        "27\u00a0% more of <span class=n>at-signing,</span> 3\u00a0±\u00a01\u00a0EUR");
  CHECK(make_words("from -3 to <b-c> - 4 days USUAL") == "from -3 to <span class=n>&lt;b-c&gt;</span> - 4 days USUAL");
  CHECK(make_words("").empty());
  CHECK(make_words("a  b ") == "a  b ");
  CHECK(report::html::make_key("a.b_c<d") == "a.<wbr>b_<wbr>c&lt;d");
}

TEST_CASE("what makes the answer doubtful stands below it") {
  report::PageOptions options;
  options.warnings = {"They differ: <b>much</b>."};
  const std::string page = make_page(plausible_file().read(), options);
  const std::size_t at = page.find("Mind: They differ: &lt;b&gt;much&lt;/b&gt;.");
  REQUIRE(at != std::string::npos);
  CHECK(at > page.find("class=lead"));
  CHECK(at < page.find("id=strategies"));
}

TEST_CASE("a page tells that its statements hold by themselves") {
  CHECK(has(make_page(plausible_file().read(), {}), "a page of ten such charts is not right as a whole with 95"));
}

TEST_CASE("formulas are told in words") {
  const auto explain = [](const char* name, const char* unit, const char* description) {
    return report::explain_metric(statistics::make_plain_metric(name, unit, description));
  };
  CHECK(explain("net_value", "currency", "revenue - touch_cost - reward_cost").starts_with("margin earned less "));
  CHECK(explain("yes_rate", "share", "first answers yes / asks") == "first answers yes, as a share of asks");
  CHECK(explain("mine", "share", "a / b") == "a / b");
}

TEST_CASE("the page says what simulated futures are, and never calls them worlds") {
  const std::string page = make_page(plausible_file().read(), {});
  CHECK(
      has(page, "Each strategy was tried in the same 40 simulated futures, in each of which all have the same luck."));
  CHECK_FALSE(has(page, "worlds"));
}
