// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace vouch::cli {

/// Lets this process take no more memory than the machine, or its share of it, has free now: then taking more is an
/// error that can be told, and not the end of this or another process. Does nothing where that is not known.
void limit_memory();

}  // namespace vouch::cli
