// SPDX-License-Identifier: Apache-2.0
// Draws are keyed by identity: what happens to one population does not depend on which others there are, how they are
// called or where they stand; and what is done to one account shows in that account and its descendants only.
#include "reproducibility/worlds.hpp"
#include "support/catch.hpp"

using namespace vouch::test;

namespace {

constexpr std::uint32_t replications = 6;

/// The lines of [segments.NAME] up to the next table.
std::string cut_segment(std::string& text, const std::string& name) {
  const std::size_t begin = text.find("[segments." + name + "]");
  const std::size_t end = text.find("\n[", begin) + 1;
  const std::string segment = text.substr(begin, end - begin);
  text.erase(begin, end - begin);
  return segment;
}

/// The scenario of all mechanisms with segments written in the order big, mid, smb.
std::string permute_segments(std::string text) {
  const std::string smb = cut_segment(text, "smb");
  const std::string mid = cut_segment(text, "mid");
  const std::string big = cut_segment(text, "big");
  return text.insert(text.find("[stocks]"), big + "\n" + mid + "\n" + smb + "\n");
}

/// One account of its own, whose peers are of its own segment, beside many others. `solo_keys` are the keys of its
/// program.
std::string write_solo(const std::string& solo_keys) {
  std::string text = all_mechanisms();
  text.erase(text.find("[strategies.never]"));
  text = replace(text, "programs = { calendar = -0.1 }", "");
  text = replace(text, "warm_up_strategy = \"before\"\n", "");
  text.insert(
      text.find("[stocks]"),
      "[segments.solo]\naccounts = 1\ncontract_value = 5000\nquality = 0.5\nnames_per_yes = 2\ncycle_days = 20\n"
      "organic_per_year = 2\nincidents_per_year = 1\ntime_to_value_days = 30\ncontract_days = 365\n\n");
  text +=
      "[strategies.one.programs.others]\nwhen = ['purchase', 'value_realised']\nsegments = ['smb', 'mid', "
      "'big']\ndelay_days = 20\nrepeat_days = 60\n"
      "chases = 1\nconduct = { template = 1 }\n[strategies.one.programs.solo]\nwhen = 'purchase'\nbacklog = { "
      "spread_days = 30 }\nsegments = ['solo']\n";
  return text + solo_keys;
}

}  // namespace

TEST_CASE("the minimally different world: one account is treated differently", "[reproducibility]") {
  const Worlds first = simulate(write_solo("delay_days = 10\nrepeat_days = 50\n"), replications);
  const Worlds second = simulate(write_solo("delay_days = 25\nrepeat_days = 80\nsecond_ask = 'maybe_or_no'\nfavours = "
                                            "{ gap_days = 40 }\nform = 'contact'\n"),
                                 replications);
  int num_different = 0;
  for (std::size_t r = 0; r < replications; ++r) {
    for (const char* segment : {"smb", "mid", "big"}) {
      INFO(segment << ", replication " << r);
      REQUIRE_FALSE(first.name_cells("one", r, segment).empty());
      CHECK((first.name_cells("one", r, segment) == second.name_cells("one", r, segment)));
    }
    num_different += first.name_cells("one", r, "solo") != second.name_cells("one", r, "solo");
  }
  CHECK(num_different > 0);
}

TEST_CASE("the minimally different world: a guard that one account fails", "[reproducibility]") {
  // The two strategies differ in an extra ask to accounts of quality 0.5 exactly, which only the single one has.
  const std::string keys =
      "delay_days = 10\nrepeat_days = 50\n[strategies.one.programs.extra]\nwhen = 'calendar'\ncalendar_days = "
      "45\nguard = ";
  const std::string noiseless = replace(write_solo(keys), "survey_noise = 0.4", "survey_noise = 0");
  const Worlds first = simulate(noiseless + "'quality == 0.5'\n", replications);
  const Worlds second = simulate(noiseless + "'quality == 99'\n", replications);
  int num_different = 0;
  for (std::size_t r = 0; r < replications; ++r) {
    for (const char* segment : {"smb", "mid", "big"})
      CHECK((first.name_cells("one", r, segment) == second.name_cells("one", r, segment)));
    num_different += first.name_cells("one", r, "solo") != second.name_cells("one", r, "solo");
  }
  CHECK(num_different > 0);
}

TEST_CASE("permuting segments in the file changes no number", "[reproducibility]") {
  const Worlds as_written = simulate(all_mechanisms(), replications);
  const Worlds permuted = simulate(permute_segments(all_mechanisms()), replications);
  REQUIRE(as_written.compiled.model.segments.front().name == "smb");
  for (const char* strategy : {"never", "before", "everything", "careless"})
    for (std::size_t r = 0; r < replications; ++r) {
      INFO(strategy << ", replication " << r);
      CHECK((as_written.name_cells(strategy, r) == permuted.name_cells(strategy, r)));
    }
}

TEST_CASE("renaming a segment with its id kept changes no number", "[reproducibility]") {
  const std::uint64_t id = compile_text(all_mechanisms()).model.segments[1].id;
  std::string text = replace(all_mechanisms(), "[segments.mid]", "[segments.middle]\nid = " + std::to_string(id));
  text = replace(text, "mid = ", "middle = ");
  text = replace(text, "\"mid\"", "\"middle\"");
  const Worlds before = simulate(all_mechanisms(), replications);
  const Worlds after = simulate(text, replications);
  for (const char* strategy : {"never", "before", "everything", "careless"})
    CHECK((before.of(strategy) == after.of(strategy)));
  // Without the id the renamed segment is another population.
  const Worlds other = simulate(replace(text, "id = " + std::to_string(id) + "\n", "\n"), replications);
  CHECK((before.of("never") != other.of("never")));
}

TEST_CASE("an added segment changes no number of the others", "[reproducibility]") {
  const Worlds few = simulate(all_mechanisms(), replications);
  for (const char* before : {"[segments.smb]", "[segments.big]", "[stocks]"}) {
    std::string text = all_mechanisms();
    text.insert(text.find(before),
                "[segments.extra]\naccounts = 25\nleads_per_month = 3\ncontract_value = 1000\nquality = "
                "0.3\ncycle_days = 12\n\n");
    const Worlds more = simulate(text, replications);
    for (const char* segment : {"smb", "mid", "big"})
      for (std::size_t r = 0; r < replications; ++r) {
        INFO(segment << ", replication " << r << ", added before " << before);
        CHECK((few.name_cells("careless", r, segment) == more.name_cells("careless", r, segment)));
        CHECK((few.name_cells("never", r, segment) == more.name_cells("never", r, segment)));
      }
  }
}

TEST_CASE("accounts added to a segment leave the worlds of the other segments alone", "[reproducibility]") {
  // Peers of smb stay in smb and so do mid's and big's: nothing couples them.
  std::string text = replace(all_mechanisms(), "peer_segments = { smb = 0.7, mid = 0.2, big = 0.1 }", "");
  text = replace(text, "peer_segments = { mid = 0.6, smb = 0.3, big = 0.1 }", "");
  const Worlds few = simulate(text, replications);
  const Worlds more = simulate(replace(text, "accounts = 60", "accounts = 61"), replications);
  for (std::size_t r = 0; r < replications; ++r) {
    for (const char* segment : {"mid", "big"})
      CHECK((few.name_cells("everything", r, segment) == more.name_cells("everything", r, segment)));
    CHECK((few.name_cells("everything", r, "smb") != more.name_cells("everything", r, "smb")));
  }
}
