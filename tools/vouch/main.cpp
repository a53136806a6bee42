// SPDX-License-Identifier: Apache-2.0
#include <system_error>

#include "core/error.hpp"
#include "memory_limit.hpp"
#include "out_of_memory.hpp"
#include "program.hpp"
#include "signals.hpp"
#include "terminal.hpp"

int main(int argc, char** argv) {
  vouch::cli::explain_endings();
  vouch::cli::block_signals();
  vouch::cli::reserve_standard_streams();
  vouch::cli::limit_memory();
  try {
    vouch::cli::start_signal_thread();
  } catch (const std::system_error& error) {
    vouch::cli::tell_problem("error: cannot start a thread: " + error.code().message() +
                             "; allow this process more memory or threads (ulimit -v, -s, -u)");
    return static_cast<int>(vouch::ExitCode::resources);
  }
  return vouch::cli::run_program({argv, argv + argc});
}
