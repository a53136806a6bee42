// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"
#include "signals.hpp"

int main(int argc, char** argv) {
  vouch::cli::block_signals();
  vouch::cli::start_signal_thread();
  return vouch::cli::run_program({argv, argv + argc});
}
