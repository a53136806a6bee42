// SPDX-License-Identifier: Apache-2.0
// Models on which two engines are compared. They are put together here rather than read from scenarios, since a
// scenario's rules would keep away corners that the engines must agree on too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/strategy.hpp"

namespace vouch::reference {

struct Case {
  std::string name;
  model::Model model;
  model::Strategy strategy;
};

/// The benchmark that docs and speed measurements call B0, with `num_accounts` accounts.
Case make_b0(std::uint32_t num_accounts);

/// Every mechanism at once, so that every kind of event happens.
Case make_all_mechanisms();

/// The same without time before 0, pipelines and delays: every name and deal can be followed to its end.
Case make_without_delays();

/// All mechanisms, and everything by which accounts meet: slots, desk, finite markets, territories; and bystanders.
Case make_all_couplings();

/// Small models in which events fall on each other, each with one way in which accounts meet, in its variants; and with
/// all of them.
std::vector<Case> make_coupled_cases();

/// Mechanisms turned on and off by chance, a function of `seed` and `index`. Two of three models have whole-day
/// constants for times, so that events fall on each other.
Case make_random(std::uint64_t seed, std::uint32_t index);

/// The same with bystanders, reps, moments, desks, territories and finite markets by chance.
Case make_random_coupled(std::uint64_t seed, std::uint32_t index);

}  // namespace vouch::reference
