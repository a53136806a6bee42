// SPDX-License-Identifier: Apache-2.0
#include "out_of_memory.hpp"

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>

#include "core/error.hpp"
#include "terminal.hpp"

namespace vouch::cli {
namespace {

[[noreturn]] void end() {
  try {
    if (std::current_exception()) throw;
  } catch (const std::bad_alloc&) {
    end_without_memory(out_of_memory);
  } catch (const std::exception& error) {
    write_plainly("error: ");
    write_plainly(defect);
    write_plainly(error.what());
    write_plainly("\n");
  } catch (...) {
  }
  std::abort();
}

}  // namespace

void end_without_memory(std::string_view words) noexcept {
  tell_without_memory(words);
  ::_exit(static_cast<int>(ExitCode::resources));
}

void explain_endings() noexcept { std::set_terminate(end); }

}  // namespace vouch::cli
