// SPDX-License-Identifier: Apache-2.0
#include "scenario/random_scenario.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "random/words.hpp"

namespace vouch::test {
namespace {

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : seed_(seed) {}

  std::string make() {
    num_segments_ = 1 + pick(3);
    text_ = fmt::format("title = \"random {}\"\n[experiment]\nhorizon_days = {}\nseed = {}\n", pick(100), 1 + pick(900),
                        pick(1000));
    if (chance()) text_ += fmt::format("warm_up_days = {}\nwarm_up_strategy = \"s0\"\n", number(0, 90));
    if (chance())
      text_ += "[asking]\nsize_classes = [\"small\", \"large\"]\nconduct = [\"template\"]\nmaybe_delay_days = " +
               distribution() + "\n";
    else
      text_ += "[asking]\nsize_classes = [\"small\", \"large\"]\nconduct = [\"template\"]\n";
    for (std::uint64_t i = 0; i < num_segments_; ++i) add_segment(i);
    has_partners_ = chance();
    if (has_partners_) add_partners();
    if (chance()) add_deals();
    if (chance()) add_reps("reps", fmt::format("territories = {}\n", 1 + pick(3)));
    text_ += "[stocks.fatigue]\nhalf_life_days = " + annotated(number(1, 90)) +
             "\n[stocks.goodwill]\nhalf_life_days = inf\n";
    if (chance()) text_ += "cap = " + annotated(number(1, 5)) + "\n";
    text_ += fmt::format(
        "[touches.ask]\nimpulses = {{ fatigue = {}, goodwill = {{ amount = {}, times = \"fatigue\" }} }}\nminutes = "
        "{}\n",
        annotated(number(0, 2)), number(-1, 1), number(0, 60));
    add_outcomes();
    const std::uint64_t num_strategies = 1 + pick(4);
    for (std::uint64_t i = 0; i < num_strategies; ++i) add_strategy(i);
    if (chance()) add_published();
    return text_;
  }

 private:
  std::uint64_t pick(std::uint64_t count) { return random::compute_philox(next_++, 0, 0, 0, seed_).first % count; }
  bool chance() { return pick(2) == 0; }
  std::string number(double low, double high) {
    const double x = low + (high - low) * random::to_unit(random::compute_philox(next_++, 0, 0, 0, seed_).first);
    return fmt::format("{}", chance() ? x : static_cast<double>(static_cast<int>(x)) + 0.5);
  }
  std::string annotated(const std::string& value) {
    if (chance()) return value;
    return fmt::format("{{ value = {}, source = \"study \\\"{}\\\"\\n\", note = 'a # b' }}", value, pick(9));
  }

  std::string distribution() {
    switch (pick(8)) {
      case 0:
        return number(0, 90);
      case 1:
        return fmt::format("{{ distribution = \"lognormal\", median = {}, sigma = {}, source = \"S\" }}", number(1, 90),
                           number(0, 1));
      case 2:
        return fmt::format("{{ distribution = \"gamma\", mean = {}, shape = {} }}", number(1, 90), number(1, 4));
      case 3:
        return fmt::format("{{ distribution = \"empirical\", values = [{}, {}], weights = [1, {}] }}", number(1, 9),
                           number(10, 90), number(1, 3));
      case 4:
        return annotated(fmt::format("{{ distribution = \"exponential\", mean = {} }}", number(1, 90)));
      case 5:
        return fmt::format("{{ distribution = \"uniform\", low = {}, high = {} }}", number(1, 9), number(10, 20));
      case 6:
        return fmt::format("{{ distribution = \"weibull\", scale = {}, shape = {} }}", number(1, 90), number(1, 2));
      default:
        return fmt::format("{{ distribution = \"beta\", a = {}, b = {} }}", number(1, 9), number(1, 9));
    }
  }

  void add_segment(std::uint64_t i) {
    const std::uint64_t accounts = 1 + pick(50);
    text_ += fmt::format("[segments.seg-{}]\naccounts = {}\n", i, accounts);
    if (chance()) text_ += fmt::format("market = {}\n", annotated(std::to_string(accounts + pick(900))));
    for (const char* key :
         {"tenure_days", "contract_value", "contract_days", "time_to_value_days", "quality", "cycle_days", "rep_tie"})
      if (chance()) text_ += fmt::format("{} = {}\n", key, distribution());
    if (chance())
      text_ += fmt::format("leads_per_month = {}\npipeline_days = {}\n", annotated(number(0, 9)), number(0, 300));
    if (chance())
      text_ += fmt::format("peers = {{ distribution = \"zeta\", exponent = {}, truncation = {} }}\n", number(1.5, 3),
                           1 + pick(99));
    if (chance()) text_ += "peer_segments = { seg-0 = 1 }\n";
    if (chance()) text_ += "size_class = { large = 0.1, small = 0.9 }\n";
    if (chance()) text_ += fmt::format("id = {}\n", 1000 + i);
  }

  void add_partners() {
    text_ += fmt::format("[populations.partners]\naccounts = {}\npeer_segments = {{ seg-0 = {} }}\n", 1 + pick(20),
                         annotated("1"));
    for (const char* key : {"quality", "rep_tie", "peer_tie"})
      if (chance()) text_ += fmt::format("{} = {}\n", key, distribution());
    if (chance()) text_ += "peers = 9\nnames_per_yes = 2\nsize_class = { large = 1 }\n";
  }

  void add_deals() {
    text_ +=
        fmt::format("[deals]\nmoments = [{{ share = {}, access_gap = {} }}, {{ share = 0.8, credibility_gap = {} }}]\n",
                    number(0, 0.4), number(0, 0.4), annotated(number(0, 0.4)));
    if (chance()) text_ += fmt::format("internal_introduction = {}\nnext_step_factor = 0.8\n", number(0, 0.4));
    if (chance()) text_ += fmt::format("stall_days = {}\nretry_after_days = {}\n", number(0, 9), number(1, 900));
  }

  void add_reps(const std::string& path, const std::string& first_keys) {
    text_ += fmt::format("[{}]\n{}", path, first_keys);
    if (chance()) text_ += fmt::format("count = {}\nasks_per_week = {}\n", 3 + pick(9), annotated(number(1, 9)));
    if (chance()) text_ += "priority = \"most_valuable\"\n";
    if (chance()) text_ += fmt::format("nerve = {}\nbrave_share = 0.5\n", annotated(number(0, 0.4)));
  }

  void add_desk(const std::string& path) {
    text_ += fmt::format("[{}]\n", path);
    if (chance()) text_ += fmt::format("runs = {}\n", chance());
    if (chance()) text_ += fmt::format("rotation = \"favourite\"\ncalls_cap = {}\n", 1 + pick(4));
    if (chance()) text_ += "calls_window_days = " + distribution() + "\ncall_delay_days = " + distribution() + "\n";
    if (chance()) text_ += fmt::format("max_fatigue = {}\nmin_match = {}\n", number(0, 4), number(0, 0.4));
    if (chance()) text_ += "max_tries = 5\ncapsules = true\ncontingent_next_step = true\nrenewals = true\n";
  }

  void add_outcomes() {
    text_ += fmt::format(
        "[outcomes.ask]\nintercept = {}\nmaybe_margin = {}\nweights = {{ fatigue = {}, value_realised = {}, template = "
        "{} }}\n",
        annotated(number(-2, 2)), number(0, 1), annotated(number(-1, 0)), number(0, 1), number(0, 1));
    if (chance()) text_ += fmt::format("segments = {{ seg-0 = {} }}\n", number(-1, 1));
    if (has_partners_ && chance())
      text_ += fmt::format("[outcomes.introduce]\nintercept = 1\nsegments = {{ partners = {} }}\n", number(-1, 1));
    if (chance()) text_ += "[outcomes.accept_call]\nintercept = 2\nweights = { fatigue = -1, quality = 0.5 }\n";
    if (chance())
      text_ += fmt::format("[outcomes.win]\nprobability = {}\n", number(0, 0.4));
    else
      text_ += "[outcomes.win]\nintercept = -1\nweights = { reference = 1, reference_match = -0.5, access_gap = -1 }\n";
    if (chance())
      text_ += fmt::format("[outcomes.renew]\nlink = \"log\"\nintercept = -1\nweights = {{ referrer_active = {} }}\n",
                           number(0, 1));
  }

  void add_program_keys() {
    if (chance()) text_ += "delay_days = " + distribution() + "\n";
    if (chance()) text_ += "repeat_days = " + distribution() + "\n";
    if (chance()) text_ += fmt::format("max_asks = {}\n", pick(9));
    if (chance()) text_ += "guard = \"fatigue < 2 and (value_realised or not opted_out)\"\n";
    if (chance()) text_ += fmt::format("backlog = {{ spread_days = {} }}\n", number(0, 90));
    if (chance()) text_ += fmt::format("favours = {{ gap_days = {}, guard = \"fatigue < 1\" }}\n", number(1, 90));
    if (chance()) text_ += fmt::format("conduct = {{ template = {} }}\n", number(0, 2));
    if (chance())
      text_ += fmt::format("thank_you_days = {}\nreward_referrer = {}\n", number(0, 60), annotated(number(0, 500)));
    if (chance()) text_ += "second_ask = \"maybe\"\nform = \"contact\"\n";
  }

  void add_strategy(std::uint64_t i) {
    static constexpr const char* triggers[] = {"\"purchase\"", "\"value_realised\"", "[\"renewal\", \"referral_won\"]"};
    text_ += fmt::format("[strategies.s{}]\n", i);
    if (i > 0 && chance()) text_ += fmt::format("extends = \"s{}\"\n", pick(i));
    if (chance()) text_ += fmt::format("label = \"S {}\"\nfollow_up_days = {}\n", i, number(0, 9));
    if (chance()) text_ += fmt::format("when = {}\n", triggers[pick(3)]);
    if (chance()) text_ += "expansion = true\ninternal_introductions = true\n";
    add_program_keys();
    if (chance()) add_reps(fmt::format("strategies.s{}.reps", i), "");
    if (chance()) add_desk(fmt::format("strategies.s{}.desk", i));
    const std::uint64_t num_programs = pick(3);
    for (std::uint64_t p = 0; p < num_programs; ++p) {
      text_ += fmt::format("[strategies.s{}.programs.p{}]\nwhen = {}\n", i, p, triggers[pick(3)]);
      add_program_keys();
    }
    if (has_partners_ && chance())
      text_ += fmt::format(
          "[strategies.s{}.programs.partners]\npopulation = \"partners\"\nwhen = \"calendar\"\ncalendar_days = {}\n", i,
          number(1, 90));
  }

  void add_published() {
    text_ += fmt::format("[[published]]\nfigure = 'a # \"b\"'\nvalue = {}\nmetric = \"asks\"\nstrategy = \"s0\"\n",
                         annotated(number(-9, 9)));
    if (chance()) text_ += fmt::format("range = [{}, {}]\nsegment = \"seg-0\"\n", number(-30, -10), number(10, 30));
    if (chance()) text_ += "source_filter = \"organic\"\n";
    text_ += "source = \"[[published]]\"\nrole = \"tuned\"\n";
  }

  std::uint64_t seed_;
  std::uint32_t next_ = 0;
  std::uint64_t num_segments_ = 1;
  bool has_partners_ = false;
  std::string text_;
};

}  // namespace

std::string make_random_scenario(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace vouch::test
