// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "random/distribution.hpp"

namespace vouch::random {

/// E max(0, x - X): by how much X falls short of x on average. In closed form for every family (first-order lower
/// partial moment; S. A. Klugman, H. H. Panjer and G. E. Willmot, Loss Models, 2012, appendix A, as x - E min(X, x)).
/// For expectations only: it uses libm, and so may differ in the last bits between machines. No world reads it.
double compute_mean_shortfall(const Distribution& distribution, double x);

/// E max(0, X).
double compute_positive_mean(const Distribution& distribution);

}  // namespace vouch::random
