// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "report/html.hpp"
#include "report/metric_words.hpp"
#include "report/number.hpp"
#include "report/stopping_view.hpp"
#include "report/svg.hpp"
#include "report/text.hpp"

namespace vouch::report::html {
namespace {

/// A list of terms, each with what is said of it.
class Terms {
 public:
  void add(const std::string& term, const std::string& text) {
    if (!text.empty()) items_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", term, escape(text));
  }
  void add_command(const std::string& term, const std::string& command) {
    if (!command.empty())
      items_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", term,
                            make_scroller(term, fmt::format("<pre><code>{}</code></pre>", escape(command))));
  }
  std::string format() const { return "<dl>\n" + items_ + "</dl>\n"; }

 private:
  std::string items_;
};

std::string describe_worlds(const Reading& reading) {
  std::string text = format_worlds(reading.view.num_worlds, Wording::futures) + " for each strategy";
  if (reading.file.num_points() > 1)
    text += fmt::format(" at each of {} points", format_count(static_cast<std::uint64_t>(reading.file.num_points())));
  if (reading.file.identity().antithetic) text += ", in antithetic pairs";
  return text + ", all strategies under the same luck";
}

/// Without the line breaks of a terminal.
std::string join_lines(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text;
}

}  // namespace

std::string make_provenance(const Reading& reading, const PageOptions& options) {
  const results::RunIdentity& identity = reading.file.identity();
  Terms terms;
  terms.add("Made by", fmt::format("vouch {} (commit {}), which simulates referral selling many times over to compare "
                                   "ways of asking for referrals",
                                   identity.version, identity.git_sha1));
  terms.add("Results created", reading.file.created());
  terms.add("Run", describe_worlds(reading));
  terms.add("Seed", std::to_string(identity.seed));
  terms.add("Ranked by", fmt::format("{}: {}", reading.view.metric.name, explain_metric(reading.view.metric)));
  const std::string confidence = format_confidence(reading.view.confidence);
  terms.add(
      "Level of intervals",
      fmt::format("{0}; it is that of each chart's statements by themselves: a page of ten such charts is not right "
                  "as a whole with {0}",
                  confidence));
  terms.add("Compared with", reading.strategy_names().at(reading.view.baseline));
  terms.add("Run until", identity.stopping.aim);
  terms.add("Ended", join_lines(format_stopping(identity.stopping)));
  terms.add("Results file", std::filesystem::path(reading.file.path()).filename().string());
  if (!options.results_digest.empty()) terms.add("Its SHA-256", options.results_digest);
  // What was joined from shards has no command of its own.
  if (!identity.part || identity.part->shard > 0)
    terms.add_command("Makes the results again, in the folder of the scenario", identity.canonical_command);
  terms.add_command("Makes this page again, in the folder of the results", options.command);
  return "<section class=made aria-labelledby=made>\n<h2 id=made>How this was made</h2>\n" + terms.format() +
         "</section>\n";
}

}  // namespace vouch::report::html
