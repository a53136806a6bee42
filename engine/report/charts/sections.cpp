// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "report/charts/charts.hpp"
#include "report/find_name.hpp"

namespace vouch::report {
namespace {

using Builder = std::vector<Chart> (*)(const Reading&);

/// A kind, and why a file has none of it.
struct Kind : ChartKind {
  std::string why_none;
};

/// A section, and how its charts are made.
struct Section {
  const char* id;
  const char* title;
  Builder make;
  std::vector<Kind> kinds;
};

constexpr const char* too_few_answers =
    "no band has enough asks: 100 in all simulated futures together (at least two), of which 10 were answered yes at "
    "once and as many otherwise";

const std::vector<Section>& list_sections() {
  static const std::vector<Section> sections{
      {"comparison",
       "What came out",
       make_comparison_charts,
       {{{"comparison", "each strategy's value with its interval, best first"},
         "no strategy has a value of the metric"},
        {{"differences", "each strategy's difference from the baseline"},
         "it takes a value of the baseline and of another strategy"}}},
      {"over-time",
       "How it unfolds",
       make_time_charts,
       {{{"over-time", "what builds up over time, with the range of simulated futures"},
         "the file has no series over time that belongs to the metric, or no values of it"}}},
      {"funnel",
       "From ask to won deal",
       make_funnel_charts,
       {{{"funnel", "how many asks become referrals, deals and customers"}, "no strategy asked or mentioned anybody"}}},
      {"timing",
       "When a yes is likely",
       make_timing_charts,
       {{{"timing", "the chance of a yes, and where asks landed, by days since the purchase"}, too_few_answers},
        {{"tiredness", "the chance of a yes, and where asks landed, by fatigue"}, too_few_answers}}},
      {"people",
       "What it does to people",
       make_people_charts,
       {{{"fatigue", "customers' fatigue over time"}, "the file has no series of fatigue, or nobody was ever tired"},
        {{"people", "burned-out customers and opt-outs"}, "no customer was asked"},
        {{"references", "reference calls and who gives them"}, "nobody requested or was asked for a reference call"}}},
      {"advocates",
       "Who brings customers",
       make_advocate_charts,
       {{{"advocates", "which customers bring most others"}, "no customer brought another"}}},
      {"sweep",
       "Where the answer turns",
       make_sweep_charts,
       {{{"sweep", "which strategy is best at each point of a sweep"},
         "the file has no sweep of several points, or no values at any"}}}};
  return sections;
}

}  // namespace

std::vector<ChartSection> make_chart_sections(const Reading& reading) {
  std::vector<ChartSection> sections;
  for (const Section& section : list_sections())
    if (std::vector<Chart> charts = section.make(reading); !charts.empty())
      sections.push_back({section.id, section.title, std::move(charts)});
  return sections;
}

const std::vector<ChartKind>& chart_kinds() {
  static const std::vector<ChartKind> kinds = [] {
    std::vector<ChartKind> all;
    for (const Section& section : list_sections()) all.insert(all.end(), section.kinds.begin(), section.kinds.end());
    return all;
  }();
  return kinds;
}

Chart make_chart(const Reading& reading, const std::string& id) {
  std::vector<std::string> ids;
  for (const ChartKind& kind : chart_kinds()) ids.push_back(kind.id);
  find_name("kind of chart", id, ids);
  for (const Section& section : list_sections()) {
    const auto is_asked = [&](const auto& part) { return part.id == id; };
    const auto kind = std::find_if(section.kinds.begin(), section.kinds.end(), is_asked);
    if (kind == section.kinds.end()) continue;
    const std::vector<Chart> charts = section.make(reading);
    const auto found = std::find_if(charts.begin(), charts.end(), is_asked);
    if (found != charts.end()) return *found;
    throw Error(ExitCode::usage, fmt::format("'{}' has no chart '{}': {}", reading.file.path(), id, kind->why_none));
  }
  throw Error(ExitCode::usage, fmt::format("no section has the chart '{}'", id));
}

}  // namespace vouch::report
