// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>
#include <utility>

#include "scenario/compile_strategy.hpp"
#include "scenario/features.hpp"
#include "scenario/resolved.hpp"

namespace vouch::scenario {
namespace {

constexpr double days_per_month = 30.0;
constexpr double days_per_year = 365.0;

/// The segments by ascending id: their order in the file must not show in what is drawn.
std::vector<std::uint8_t> order_by_id(const Node& segments, Reader& reader) {
  std::vector<std::pair<std::int64_t, std::uint8_t>> ids;
  for (const Member& member : segments.members)
    ids.emplace_back(Table(Section::segment, member.value, reader).whole("id"), static_cast<std::uint8_t>(ids.size()));
  std::sort(ids.begin(), ids.end());
  std::vector<std::uint8_t> order;
  for (const auto& [id, index] : ids) order.push_back(index);
  return order;
}

/// What segments and populations have in common. `acquaintances` are the names of the segments in the order of their
/// ids.
void compile_people(model::Segment& segment, const Names& names, const std::vector<std::string>& acquaintances,
                    const std::string& name, const Table& table) {
  segment.name = name;
  segment.id = static_cast<std::uint64_t>(table.whole("id"));
  segment.accounts = static_cast<std::uint32_t>(table.whole("accounts"));
  segment.quality = table.distribution("quality");
  const auto peers = table.maybe_distribution("peers");
  segment.unlimited_peers = !peers.has_value();
  if (peers) segment.peers = *peers;
  segment.names_per_yes = table.distribution("names_per_yes");
  const auto shares = [&](const char* key, const std::vector<std::string>& of) {
    return table.reader().shares(table.rule(key), table.at(key), of);
  };
  segment.peer_segments = shares("peer_segments", acquaintances);
  segment.reference_consent = table.real("reference_consent");
  segment.size_class = shares("size_class", names.size_classes);
  segment.seniority = shares("seniority", names.seniorities);
  segment.rep_tie = table.distribution("rep_tie");
  segment.peer_tie = table.distribution("peer_tie");
}

model::Segment compile_segment(const Names& names, const std::vector<std::string>& acquaintances,
                               const std::string& name, const Table& table) {
  model::Segment segment;
  compile_people(segment, names, acquaintances, name, table);
  if (const auto market = table.maybe_whole("market")) {
    segment.is_finite = true;
    segment.market = static_cast<std::uint32_t>(*market);
  }
  segment.tenure_days = table.distribution("tenure_days");
  segment.leads_per_day = table.real("leads_per_month") / days_per_month;
  segment.pipeline_days = table.real("pipeline_days");
  segment.contract_value = table.distribution("contract_value");
  segment.contract_days = table.distribution("contract_days");
  segment.time_to_value_days = table.distribution("time_to_value_days");
  segment.value_probability = table.real("value_probability");
  if (segment.peer_segments.empty()) {
    const auto own = std::find(acquaintances.begin(), acquaintances.end(), name) - acquaintances.begin();
    segment.peer_segments.assign(acquaintances.size(), 0.0);
    std::fill(segment.peer_segments.begin() + own, segment.peer_segments.end(), 1.0);
  }
  segment.cycle_days = table.distribution("cycle_days");
  segment.incidents_per_day = table.real("incidents_per_year") / days_per_year;
  segment.incident_quality = table.real("incident_quality");
  segment.organic_per_day = table.real("organic_per_year") / days_per_year;
  return segment;
}

/// Nothing that is of customers is theirs: no contract, value, market or tenure.
model::Segment compile_population(const Names& names, const std::vector<std::string>& acquaintances,
                                  const std::string& name, const Table& table) {
  model::Segment population;
  population.are_bystanders = true;
  population.value_probability = 0.0;
  population.contract_days = random::make_distribution(random::Family::constant, model::infinite);
  compile_people(population, names, acquaintances, name, table);
  return population;
}

model::Touch compile_touch(const Table& table, double cost_per_minute) {
  model::Touch touch;
  for (const model::Impulse& impulse : table.reader().impulses(table.rule("impulses"), table.at("impulses")))
    if (impulse.amount != 0.0) touch.impulses.push_back(impulse);
  touch.minutes = table.real("minutes");
  touch.cost = touch.minutes * cost_per_minute + table.real("money");
  return touch;
}

void compile_frame(model::Model& model, const Node& root, Reader& reader) {
  const Table experiment(Section::experiment, *root.find("experiment"), reader);
  model.horizon_days = experiment.real("horizon_days");
  model.warm_up_days = experiment.real("warm_up_days");
  model.takeover_days = experiment.text("warm_up_strategy").empty() ? model.start() : 0.0;
  model.max_accounts = static_cast<std::uint32_t>(experiment.whole("max_accounts"));

  const Table output(Section::output, *root.find("output"), reader);
  model.bin_days = output.real("bin_days");
  model.follow_up_days = output.real("follow_up_days");
  model.fatigue_limit = output.real("fatigue_limit");
  model.series = output.flag("series");
}

void compile_beliefs(model::Model& model, const Node& root, Reader& reader) {
  const Table money(Section::money, *root.find("money"), reader);
  model.margin = money.real("margin");
  model.discount_rate = money.real("discount_rate");
  model.referral_value_factor = money.real("referral_value_factor");
  model.expansion_value = money.real("expansion_value");

  const Table deals(Section::deals, *root.find("deals"), reader);
  model.referral_cycle_factor = deals.real("referral_cycle_factor");
  for (const auto& [name, weight] : deals.numbers("match")) {
    if (name == "segment") model.match.segment = weight;
    if (name == "size_class") model.match.size_class = weight;
    if (name == "seniority") model.match.seniority = weight;
  }

  model.moments = deals.reader().moments(deals.rule("moments"), deals.at("moments"));
  model.internal_introduction = deals.real("internal_introduction");
  model.next_step_factor = deals.real("next_step_factor");
  model.stall_days = deals.real("stall_days");
  model.retry_after_days = deals.real("retry_after_days");

  const Table reps(Section::reps, *root.find("reps"), reader);
  model.num_territories = static_cast<std::uint32_t>(reps.whole("territories"));

  const Table asking(Section::asking, *root.find("asking"), reader);
  model.maybe_returns = asking.real("maybe_returns");
  model.maybe_delay_days = asking.distribution("maybe_delay_days");
  model.survey_noise = asking.real("survey_noise");
  const Table ask(Section::outcome, *root.find("outcomes")->find("ask"), reader);
  model.maybe_margin = ask.real("maybe_margin");
}

model::Model compile_model(const Resolved& resolved, Reader& reader) {
  const Node& root = resolved.root;
  model::Model model;
  compile_frame(model, root, reader);
  compile_beliefs(model, root, reader);
  model.segment_order = order_by_id(*root.find("segments"), reader);
  std::vector<std::string> peers;
  for (const std::uint8_t index : model.segment_order) peers.push_back(resolved.names.segments[index]);
  for (const Member& member : root.find("segments")->members)
    model.segments.push_back(
        compile_segment(resolved.names, peers, member.key, Table(Section::segment, member.value, reader)));
  for (const Member& member : root.find("populations")->members)
    model.segments.push_back(
        compile_population(resolved.names, peers, member.key, Table(Section::population, member.value, reader)));
  for (const Member& member : root.find("stocks")->members) {
    const Table table(Section::stock, member.value, reader);
    if (member.key == "fatigue") model.fatigue = static_cast<int>(model.stocks.size());
    model.stocks.push_back({table.real("half_life_days"), table.real("cap")});
  }
  const double cost_per_minute = Table(Section::money, *root.find("money"), reader).real("cost_per_minute");
  for (std::size_t kind = 0; kind < touch_names().size(); ++kind)
    if (const Node* touch = root.find("touches")->find(touch_names()[kind]))
      model.touches[kind] = compile_touch(Table(Section::touch, *touch, reader), cost_per_minute);
  return model;
}

}  // namespace

Compiled compile(const Resolved& resolved) {
  Problems problems;
  Reader reader(resolved.names, problems);
  Compiled compiled{compile_model(resolved, reader), {}, 0};
  const StrategyCompiler compiler(resolved, compiled.model, reader);
  for (const std::string& name : resolved.names.strategies) {
    compiled.strategies.push_back(compiler.compile(name));
    compiled.max_programs =
        std::max(compiled.max_programs, static_cast<int>(compiled.strategies.back().programs.size()));
  }
  if (problems.any_errors())
    throw std::logic_error("a checked scenario has errors: " + format_problem(problems.all().front()));
  return compiled;
}

Compiled compile(const Scenario& scenario) { return compile(scenario.resolved()); }

}  // namespace vouch::scenario
