// SPDX-License-Identifier: Apache-2.0
// What the files on the Referral Close share.
#pragma once

#include <fmt/format.h>

#include <string>

#include "validation/engine.hpp"

namespace vouch::test {

/// Buyers are small with 1/2 and led by a chief with 1/4.
inline const std::string matching_buyers =
    "size_class = { small = 0.5, large = 0.5 }\nseniority = { chief = 0.25, head = 0.75 }\n";

/// `references`: the tables of segments that may serve. Deals of leads of the segment "buyers", with `buyer` keys, open
/// with a credibility gap, and a call is held at once. `desk`: keys of the desk.
inline Setting make_requests(const std::string& references, const std::string& buyer, const std::string& desk,
                             double leads_per_month = 300.0) {
  Setting setting;
  setting.horizon_days = 30;
  setting.tables = fmt::format(
      "{}\n[segments.buyers]\nleads_per_month = {}\n{}\n[deals]\nmoments = [{{ share = 0, credibility_gap = 1 }}]\n",
      references, leads_per_month, buyer);
  setting.strategy = "label = 'desk'\n[strategies.only.desk]\ncall_delay_days = 0\n" + desk;
  setting.outcomes = {{"win", "probability = 0"}};
  return setting;
}

/// An outsider names one company on day 5: one deal that opens then, with `moments`, and is decided `cycle` days later
/// unless a call moves it. `references` accounts may serve it.
inline Setting make_one_deal(int references, const std::string& moments, double cycle, const std::string& desk) {
  Setting setting;
  setting.horizon_days = 400;
  setting.output = "follow_up_days = 10";
  setting.segment = fmt::format("accounts = {}\ncycle_days = {}", references, cycle);
  setting.tables = "[populations.outsiders]\naccounts = 1\npeer_segments = { all = 1 }\n[deals]\n" + moments + "\n";
  setting.strategy =
      "[strategies.only.programs.outsiders]\npopulation = 'outsiders'\nwhen = 'calendar'\ncalendar_days = 5\n"
      "max_asks = 1\n" +
      desk;
  return setting;
}

}  // namespace vouch::test
