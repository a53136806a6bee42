// SPDX-License-Identifier: Apache-2.0
#include "report/stopping_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/number.hpp"
#include "report/table.hpp"
#include "report/unit.hpp"

namespace vouch::report {
std::string format_stopping(const experiment::Stopping& stopping) {
  if (stopping.aim.empty() || stopping.reason.empty()) return {};
  std::string text =
      fmt::format("{}: {}.\n{} worlds were run.", stopping.is_reached ? "Aim reached" : "Aim not reached",
                  stopping.reason, format_count(stopping.worlds_used));
  if (stopping.worlds_if_equal > stopping.worlds_used)
    text += fmt::format(" Had every strategy gone as far as the furthest, there would have been {}.",
                        format_count(stopping.worlds_if_equal));
  if (stopping.worlds_if_independent > 0 && stopping.worlds_if_independent != stopping.worlds_used)
    text += fmt::format(" Without shared luck about {} would have been needed to be as sure.",
                        format_about(stopping.worlds_if_independent));
  text += stopping.hangs_on_lead()
              ? " Intervals of differences hold whenever one stops; values' intervals are made as if "
                "the number had been fixed beforehand."
              : " Intervals are made as if that number had been fixed beforehand; they were measured "
                "to hold nearly as often.";
  return wrap_page(text);
}

std::string explain_other_aim(const experiment::Stopping& stopping, const std::string& metric) {
  if (stopping.aim.empty() || stopping.reason.empty() || stopping.aim.find(metric) != std::string::npos) return {};
  return wrap_page(fmt::format("That aim was about another metric than {}, which follows; --metric chooses.", metric));
}

nlohmann::ordered_json make_stopping_json(const experiment::Stopping& stopping) {
  if (stopping.aim.empty() || stopping.reason.empty()) return nullptr;
  nlohmann::ordered_json json;
  json["aim"] = stopping.aim;
  json["reached"] = stopping.is_reached;
  json["reason"] = stopping.reason;
  json["worlds_used"] = stopping.worlds_used;
  json["worlds_if_equal"] = stopping.worlds_if_equal;
  json["worlds_if_independent"] = nullptr;
  if (stopping.worlds_if_independent > 0) json["worlds_if_independent"] = stopping.worlds_if_independent;
  json["indifference"] = nullptr;
  if (stopping.indifference > 0.0) json["indifference"] = stopping.indifference;
  return json;
}

std::string format_quantity(const statistics::Metric& metric, const std::string& currency, double amount) {
  const Scale scale = find_scale(metric, currency);
  const double shown = amount * scale.factor;
  // Three significant digits, without zeros at the end.
  const int place = shown == 0.0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(shown))));
  std::string digits = format_number(shown, std::max(0, 2 - place));
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  return digits + (scale.difference_unit.empty() ? "" : " " + scale.difference_unit);
}

}  // namespace vouch::report
