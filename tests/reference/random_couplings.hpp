// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "model/model.hpp"
#include "model/strategy.hpp"
#include "reference/dice.hpp"

namespace vouch::reference {

/// Adds to a random model, by chance, what lets accounts meet, and bystanders.
struct Couplings {
  Dice& dice;
  std::function<random::Distribution(double)> make_days;  ///< about a mean, in the model's style
  bool is_free;                                           ///< whether times need not be whole days

  void add(model::Model& model, model::Strategy& strategy, bool has_takeover);

 private:
  void add_market(model::Model& model);
  void add_moments(model::Model& model);
  void add_bystanders(model::Model& model, model::Strategy& strategy);
  void add_manners(model::Manners& manners, bool with_reps, bool with_desk);
  model::Reps make_reps();
  model::Desk make_desk();
};

}  // namespace vouch::reference
