// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "statistics/estimate.hpp"

namespace vouch::report {

/// Decimals to which a column of numbers with these errors is known: the median of the standard errors that are not
/// zero keeps two significant digits, and the smallest at least one. Negative: rounded to tens, hundreds ... With no
/// error at all, as many as show the values exactly, up to six. `factor` scales values and errors (100 for percent).
int choose_decimals(std::span<const statistics::Estimate> estimates, double factor = 1.0);

/// Rounded, with thousands separators: "1,234.50". `decimals` as above. Never "-0".
std::string format_number(double value, int decimals);
/// The same with a sign, but for zero: "+1,234.50".
std::string format_signed(double value, int decimals);

/// A count: "12,345".
std::string format_count(std::uint64_t count);
/// "replications 201 to 300", counted from 1 as people do; of one "replication 201".
std::string format_replications(std::uint32_t first, std::uint32_t count);
/// A count that is an estimate: two significant digits.
std::string format_about(std::uint64_t count);

/// A share of worlds: "12 %", "0.4 %", "< 0.1 %", "> 99.9 %"; "0 %" and "100 %" only if it is exactly that.
std::string format_share(double share);
/// The same for an estimated probability, which is never quite 0 or 1.
std::string format_chance(double chance);
/// A confidence, as exactly as it was given: "95 %", "99.9 %".
std::string format_confidence(double confidence);
/// A relative difference: "+12.3 %".
std::string format_relative(double share);
/// A ratio of variances: "8.1x", "120x", "> 10,000x".
std::string format_factor(double factor);
/// What one run of a strategy is called: in the terminal a world, to readers of charts and pages a simulated future.
enum class Wording { worlds, futures };
/// "200 worlds", "1 world", "32 to 480 worlds": as many as there are counts of. "no worlds" without any.
std::string format_worlds(std::span<const std::uint64_t> counts, Wording wording = Wording::worlds);
/// "0:42", "12:07", "3:00:00".
std::string format_duration(double seconds);

}  // namespace vouch::report
