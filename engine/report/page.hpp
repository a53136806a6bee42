// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/reading.hpp"

namespace vouch::report {

/// A number that went in, as the page lists it. Filled by who can read scenarios.
struct Assumption {
  enum class Standing { sourced, guess, chosen };  ///< chosen: not a belief but a decision

  std::string key;      ///< "outcomes.ask.weights.fatigue"
  std::string value;    ///< "-0.9"; a distribution in words
  std::string unit;     ///< empty: none
  std::string meaning;  ///< what the key means, in a few words
  std::string source;   ///< a published source; empty: none
  std::string note;     ///< why this value; may be empty
  Standing standing = Standing::guess;
  std::string influence;  ///< why it stands where it does: "one unit more multiplies the odds of a yes by 0.41"
  std::string group;      ///< heading over consecutive ones: "What sways the answer to an ask"
};

enum class Interaction : bool {
  none,     ///< no script at all
  hovering  ///< ECharts inside the page: values under the pointer, strategies that can be hidden
};

/// What the answer of a page is about where the file holds a sweep.
enum class Scope : bool {
  all_points,  ///< the sweep; the reading's point is shown as an example
  one_point    ///< the reading's point, which the user chose
};

/// What a scenario says of a strategy besides its name; both may be empty.
struct StrategyText {
  std::string label;
  std::string description;
};

struct PageOptions {
  Interaction interaction = Interaction::none;
  Scope scope = Scope::all_points;
  std::vector<std::string> warnings;     ///< what makes the answer doubtful, in whole sentences
  std::vector<Assumption> assumptions;   ///< most influential first
  std::string order_note;                ///< how assumptions are ordered, and what is not known about it
  std::vector<StrategyText> strategies;  ///< as the file's; may be empty
  std::string results_digest;            ///< SHA-256 of the results file, in hex; empty: none (a journal)
  std::string command;                   ///< makes this page again: "vouch report when-to-ask.h5"
};

/// What a page begins with, by which a program knows one of its own.
inline constexpr const char* page_mark = "<!doctype html>\n<html lang=\"en\" data-made-by=\"vouch report\">\n";

/// The whole report, one HTML file. The same reading and options give the same bytes.
std::string make_page(const Reading& reading, const PageOptions& options);

}  // namespace vouch::report
