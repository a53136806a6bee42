// SPDX-License-Identifier: Apache-2.0
#include "report/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "report/bundle.hpp"
#include "report/charts/charts.hpp"
#include "report/echarts_option.hpp"
#include "report/headline.hpp"
#include "report/html.hpp"
#include "report/number.hpp"
#include "report/renderer.hpp"
#include "report/svg.hpp"
#include "report/sweep_view.hpp"

namespace vouch::report {
namespace {

constexpr Format formats[] = {Format::wide, Format::narrow};

const char* name_of(Format format) { return format == Format::wide ? "wide" : "narrow"; }

/// All charts, and of each its drawings in both formats.
struct Contents {
  std::optional<Headline> sweep;  ///< if the answer is about all points of one
  std::vector<ChartSection> sections;
  std::vector<Chart> charts;  ///< of all sections
  std::vector<Drawing> drawings;
};

constexpr const char* sweep_id = "sweep";

Contents gather(const Reading& reading, Scope scope) {
  Contents contents;
  contents.sections = make_chart_sections(reading);
  if (scope == Scope::all_points && (contents.sweep = make_sweep_headline(reading)))
    std::stable_partition(contents.sections.begin(), contents.sections.end(),
                          [](const ChartSection& section) { return section.id == sweep_id; });
  for (const ChartSection& section : contents.sections) {
    for (const Chart& chart : section.charts) {
      contents.charts.push_back(chart);
      for (const Format format : formats) contents.drawings.push_back(make_drawing(chart, format));
    }
  }
  return contents;
}

/// Where a page's text comes from; what is unknown is left out.
std::string make_title(const results::RunIdentity& identity) {
  if (!identity.title.empty()) return identity.title;
  return identity.question.empty() ? "A comparison of strategies" : identity.question;
}

std::string make_head(const results::RunIdentity& identity, Interaction interaction) {
  std::string head = "<head>\n<meta charset=utf-8>\n";
  head += fmt::format("<meta http-equiv=Content-Security-Policy content=\"{}\">\n", html::make_policy(interaction));
  head += "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n";
  head += "<meta name=color-scheme content=\"light dark\">\n";
  head += fmt::format("<meta name=generator content=\"vouch {}\">\n", escape(identity.version));
  head += fmt::format("<title>{}</title>\n<style>\n:root{{{}}}\n", escape(make_title(identity)),
                      make_css_variables(Theme::light));
  head += fmt::format("@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n{}</style>\n",
                      make_css_variables(Theme::dark), page_style());
  return head + "</head>\n";
}

/// "awkwardness = -1.8, value_realised = 0".
std::string name_point(const Reading& reading, const std::vector<std::string>& names) {
  const std::vector<results::SweptKey>& sweep = reading.file.identity().sweep;
  std::string where;
  for (std::size_t k = 0; k < sweep.size(); ++k)
    where += fmt::format("{}<code>{}</code> = {}", where.empty() ? "" : ", ", escape(names[k]),
                         escape(sweep[k].values[static_cast<std::size_t>(reading.choice.point)]));
  return where;
}

/// "Shard 3 of 10 of a run, by itself: replications 201 to 300 of 1,000."
std::string describe_part(const results::RunIdentity& identity) {
  const results::Part& part = *identity.part;
  return fmt::format("{} of a run, by itself: {} of {}.",
                     part.shard > 0 ? fmt::format("Shard {} of {}", part.shard, part.num_shards) : "A part",
                     format_replications(part.first, part.count), format_count(identity.replications));
}

/// What the reader should know before the answer: that it is a part of a run, or one that is not over, and which point
/// of a sweep this is.
std::string make_notes(const Reading& reading, const Contents& contents) {
  std::string notes;
  const results::RunIdentity& identity = reading.file.identity();
  if (identity.part) notes += fmt::format("<p class=aside>{}</p>\n", describe_part(identity));
  if (const auto& unfinished = reading.file.unfinished())
    notes += fmt::format("<p class=aside>This run is not over: {} of {}{} simulated futures so far.</p>\n",
                         format_count(unfinished->num_done), identity.stopping.aim.empty() ? "" : "at most ",
                         format_count(unfinished->num_planned));
  if (identity.sweep.empty() || contents.sweep) return notes;
  std::vector<std::string> keys;
  for (const results::SweptKey& swept : identity.sweep) keys.push_back(swept.key);
  return notes +
         fmt::format(
             "<p class=aside>One of {} points of a sweep, number {} counting from 0: {}. The answer is for this "
             "point by itself; only the part on the sweep is about all of them.</p>\n",
             format_count(identity.num_points()), reading.choice.point, name_point(reading, keys));
}

std::string make_header(const Reading& reading, const Contents& contents) {
  const results::RunIdentity& identity = reading.file.identity();
  const bool has_both = !identity.title.empty() && !identity.question.empty();
  return fmt::format("<header>\n{}<h1 dir=auto>{}</h1>\n{}</header>\n",
                     has_both ? fmt::format("<p class=kicker dir=auto>{}</p>\n", escape(identity.title)) : "",
                     html::make_words(identity.question.empty() ? make_title(identity) : identity.question),
                     make_notes(reading, contents));
}

std::string make_paragraph(const char* style, const std::string& text) {
  return text.empty() ? "" : fmt::format("<p class={}>{}</p>\n", style, html::make_words(text));
}

std::string make_answer(const Headline& headline, const PageOptions& options) {
  std::string text = "<section class=answer aria-labelledby=answer>\n<h2 id=answer class=kicker>The answer</h2>\n";
  text += make_paragraph("lead", headline.answer) + make_paragraph("stake", headline.stake);
  for (const std::string& warning : options.warnings) text += make_paragraph("aside", "Mind: " + warning);
  return text + make_paragraph("meaning", headline.meaning) + "</section>\n";
}

/// What the sections below show where the answer is a sweep's.
std::string make_point(const Reading& reading) {
  const results::RunIdentity& identity = reading.file.identity();
  const Headline headline = make_headline(reading.view);
  std::string text = "<section class=point aria-labelledby=point>\n<h2 id=point>One point by itself</h2>\n";
  text += fmt::format(
      "<p class=aside>All that follows shows one of the {} points, number {} counting from 0: {}. Other points may "
      "look "
      "different; <code>--point</code> chooses another.</p>\n",
      format_count(identity.num_points()), reading.choice.point, name_point(reading, shorten_keys(identity.sweep)));
  text += make_paragraph("stake", "For this point by itself: " + headline.answer);
  text += make_paragraph("stake", headline.stake);
  text += make_paragraph(
      "meaning",
      "A point by itself may have a best strategy and yet be too close to call in the sweep, whose statements hold for "
      "all points at once.");
  return text + make_paragraph("meaning", headline.meaning) + "</section>\n";
}

constexpr std::size_t most_bytes = 295'000;  // what can be sent by e-mail anywhere, and opened on a phone at once

/// All pictures in their order, one of each format for each chart; empty where one had to be left out.
std::vector<std::string> make_pictures(const Contents& contents) {
  std::vector<std::string> pictures = render(contents.drawings);
  std::size_t next = 0;
  for (const ChartSection& section : contents.sections)
    for (const Chart& chart : section.charts)
      for (const Format format : formats) {
        const std::string id = fmt::format("{}-{}", chart.id, name_of(format));
        pictures[next] = finish_for_page(pictures[next], id, chart.title, chart.alternative);
        ++next;
      }
  return pictures;
}

/// Where there is no narrow picture, a phone shows the wide one in a box that scrolls.
std::string make_figure(const Chart& chart, std::span<const std::string> pictures) {
  std::string figure;
  for (const Format format : formats) {
    const std::string& picture = pictures[static_cast<std::size_t>(format)];
    const bool is_only = pictures[static_cast<std::size_t>(Format::narrow)].empty();
    if (picture.empty()) continue;
    figure += is_only ? fmt::format("<div class=\"wide scroll\" tabindex=0 role=region aria-label=\"{}\">{}</div>\n",
                                    escape(chart.title), picture)
                      : fmt::format("<div class={}>{}</div>\n", name_of(format), picture);
  }
  return figure;
}

std::string make_chart(const Chart& chart, std::span<const std::string> pictures) {
  std::string text = fmt::format(
      "<article class=chart id=\"{}\">\n<h3>{}</h3>\n<figure>\n{}<figcaption>{}</figcaption>\n</figure>\n",
      escape(chart.id), html::make_words(chart.title), make_figure(chart, pictures), html::make_words(chart.caption));
  if (!chart.table.rows.empty())
    text += html::make_details("The numbers", html::make_table(chart.table, "Numbers of: " + chart.title));
  return text + "</article>\n";
}

std::string make_sections(const Reading& reading, const Contents& contents, std::span<const std::string> pictures) {
  std::string text;
  for (const ChartSection& section : contents.sections) {
    text += fmt::format("<section class=charts aria-labelledby=\"section-{0}\">\n<h2 id=\"section-{0}\">{1}</h2>\n",
                        escape(section.id), escape(section.title));
    for (const Chart& chart : section.charts) {
      text += make_chart(chart, pictures.first(std::size(formats)));
      pictures = pictures.subspan(std::size(formats));
    }
    text += "</section>\n";
    if (contents.sweep && section.id == sweep_id) text += make_point(reading);
  }
  return text;
}

/// Leaves out the narrow pictures with most bytes until `excess` bytes are saved.
void drop_narrow_pictures(std::vector<std::string>& pictures, std::size_t excess) {
  for (std::size_t saved = 0; saved < excess;) {
    std::string* largest = nullptr;
    for (auto i = static_cast<std::size_t>(Format::narrow); i < pictures.size(); i += std::size(formats))
      if (largest == nullptr || pictures[i].size() > largest->size()) largest = &pictures[i];
    if (largest == nullptr || largest->empty()) return;
    saved += largest->size();
    largest->clear();
  }
}

}  // namespace

std::string make_page(const Reading& reading, const PageOptions& options) {
  const Contents contents = gather(reading, options.scope);
  std::vector<std::string> pictures = make_pictures(contents);
  std::string before = page_mark + make_head(reading.file.identity(), options.interaction) + "<body>\n";
  before += make_header(reading, contents) + "<main>\n";
  before += make_answer(contents.sweep ? *contents.sweep : make_headline(reading.view), options);
  before += html::make_legend(reading, options);
  std::string behind = html::make_assumptions(options) + html::make_provenance(reading, options) + "</main>\n";
  const bool has_scripts = options.interaction == Interaction::hovering;
  if (has_scripts) behind += html::make_scripts(reading, contents.charts, contents.drawings);
  behind += "</body>\n</html>\n";
  std::string sections = make_sections(reading, contents, pictures);
  if (const std::size_t size = before.size() + sections.size() + behind.size(); size > most_bytes && !has_scripts) {
    drop_narrow_pictures(pictures, size - most_bytes);
    sections = make_sections(reading, contents, pictures);
  }
  return before + sections + behind;
}

}  // namespace vouch::report
