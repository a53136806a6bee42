// SPDX-License-Identifier: Apache-2.0
// Conservation, checked in every world of debug and sanitizer builds: whatever becomes of a name or a deal, it ends in
// one place. Rows count from time 0 on; the ledger from the first lead on, so that its sums are exact.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "model/observations.hpp"

namespace vouch::simulation {

/// A pipeline lead whose deal was decided before the start: the one ending that no stage of the funnel counts.
inline constexpr int never_was = model::num_funnel;

#ifdef VOUCH_LEDGER

class Ledger {
 public:
  void reset(std::size_t num_worlds) { worlds_.assign(num_worlds, {}); }
  void note(std::size_t world, int stage, std::int64_t amount) const {
    worlds_[world][static_cast<std::size_t>(stage)] += amount;
  }

  /// Throws std::logic_error for a sum that does not come out; `rows` are the worlds' metrics, by cell.
  void check(std::span<std::int64_t* const> rows, std::size_t stride) const {
    using model::Funnel;
    using model::Metric;
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      const auto stages = [&](auto... stage) { return (worlds_[w][static_cast<std::size_t>(stage)] + ...); };
      expect("names", stages(Funnel::named),
             stages(Funnel::introduced, Funnel::mentioned, Funnel::bare, Funnel::lost_refused, Funnel::lost_churned,
                    Funnel::lost_opted_out, Funnel::pending));
      expect("leads", stages(Funnel::leads),
             stages(Funnel::unqualified, Funnel::duplicates, Funnel::waiting, Funnel::opened, never_was));
      expect("deals", stages(Funnel::opened), stages(Funnel::won, Funnel::lost, Funnel::open_end));
      expect("requests", stages(Funnel::desk_requests),
             stages(Funnel::desk_served, Funnel::desk_capsules, Funnel::desk_unserved));
      const auto metrics = [&](auto... metric) {
        std::int64_t sum = 0;
        for (std::size_t cell = 0; cell < stride; ++cell)
          sum += (rows[w][static_cast<std::size_t>(metric) * stride + cell] + ...);
        return sum;
      };
      expect("answers", metrics(Metric::asks), metrics(Metric::yes, Metric::maybe, Metric::no));
      expect("acceptances", metrics(Metric::accepted),
             metrics(Metric::yes, Metric::pressed_yes, Metric::returned_maybes));
      expect("wins", metrics(Metric::new_customers),
             metrics(Metric::referral_wins, Metric::partner_wins, Metric::cold_wins));
      expect("calls", metrics(Metric::desk_asks), metrics(Metric::desk_refusals, Metric::calls_booked));
      expect("renewals", metrics(Metric::renewal_requests),
             metrics(Metric::renewal_served, Metric::renewal_capsules, Metric::renewal_unserved));
    }
  }

 private:
  static void expect(const char* what, std::int64_t all, std::int64_t ended) {
    if (all != ended) throw std::logic_error(fmt::format("{} are not conserved: {} of {} ended", what, ended, all));
  }

  mutable std::vector<std::array<std::int64_t, model::num_funnel + 1>> worlds_;
};

#else

class Ledger {
 public:
  void reset(std::size_t) {}
  void note(std::size_t, int, std::int64_t) const {}
  void check(std::span<std::int64_t* const>, std::size_t) const {}
};

#endif

}  // namespace vouch::simulation
