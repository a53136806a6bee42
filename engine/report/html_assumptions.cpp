// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "report/html.hpp"
#include "report/number.hpp"
#include "report/svg.hpp"

namespace vouch::report::html {
namespace {

constexpr std::size_t num_shown = 15;

std::string make_small(const std::string& text) {
  return text.empty() ? std::string() : fmt::format("<small>{}</small>", make_words(text));
}

std::string make_standing(const Assumption& assumption) {
  switch (assumption.standing) {
    case Assumption::Standing::sourced:
      return make_words(assumption.source);
    case Assumption::Standing::chosen:
      return "<span class=tag>chosen</span>";
    case Assumption::Standing::guess:
      break;
  }
  return "<b class=guess>guess</b>";
}

std::string make_row(const Assumption& assumption) {
  const std::string unit = assumption.unit.empty() ? "" : ' ' + escape(assumption.unit);
  return fmt::format("<tr><th scope=row>{}<code>{}</code>{}</th><td><b>{}</b>{}</td><td>{}{}</td></tr>\n",
                     make_words(assumption.meaning), make_key(assumption.key), make_small(assumption.influence),
                     make_words(assumption.value), unit, make_standing(assumption), make_small(assumption.note));
}

/// A body for each run of the same group.
std::string make_bodies(std::span<const Assumption> assumptions) {
  std::string bodies;
  for (std::size_t i = 0; i < assumptions.size(); ++i) {
    if (i == 0 || assumptions[i].group != assumptions[i - 1].group) {
      if (i > 0) bodies += "</tbody>\n";
      bodies += "<tbody>\n";
      if (!assumptions[i].group.empty())
        bodies +=
            fmt::format("<tr class=group><th scope=rowgroup colspan=3>{}</th></tr>\n", escape(assumptions[i].group));
    }
    bodies += make_row(assumptions[i]);
  }
  return bodies + "</tbody>\n";
}

std::string make_table(std::span<const Assumption> assumptions, std::string_view label) {
  return make_scroller(
      label,
      fmt::format("<table class=assumptions>\n<thead><tr><th scope=col>What is assumed</th><th scope=col>Value</th>"
                  "<th scope=col>Where it is from</th></tr></thead>\n{}</table>\n",
                  make_bodies(assumptions)));
}

std::string count_guesses(std::span<const Assumption> assumptions) {
  const auto num_guesses = std::count_if(assumptions.begin(), assumptions.end(), [](const Assumption& assumption) {
    return assumption.standing == Assumption::Standing::guess;
  });
  const std::string all = format_count(assumptions.size());
  if (num_guesses == 0) return fmt::format("None of the {} rows below is a guess.", all);
  return fmt::format(
      "Of the {} rows below {} {} marked <b class=guess>guess</b>: the numbers to replace first with your own.", all,
      format_count(static_cast<std::uint64_t>(num_guesses)), num_guesses == 1 ? "is" : "are");
}

}  // namespace

std::string make_assumptions(const PageOptions& options) {
  const std::span<const Assumption> all = options.assumptions;
  if (all.empty()) return {};
  const std::size_t first = std::min(all.size(), num_shown);
  std::string text = fmt::format(
      "<section class=assumed aria-labelledby=assumptions>\n<h2 id=assumptions>What is assumed</h2>\n"
      "<p>The answer holds as far as these numbers do. {}</p>\n",
      count_guesses(all));
  if (!options.order_note.empty()) text += fmt::format("<p>{}</p>\n", make_words(options.order_note));
  text += make_table(all.first(first), "Assumptions, those first that are likely to move the answer most");
  if (first < all.size())
    text += make_details(fmt::format("{} more", format_count(all.size() - first)),
                         make_table(all.subspan(first), "Further assumptions"));
  return text + "</section>\n";
}

}  // namespace vouch::report::html
