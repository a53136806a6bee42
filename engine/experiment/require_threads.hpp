// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace vouch::experiment {

/// Tries whether so many threads, the caller's among them, can live at once: TBB ends the process when it cannot start
/// one. `num_asked`: what was asked for, to be named in the message. Throws Error (resources).
void require_threads(int num_threads, int num_asked);

}  // namespace vouch::experiment
