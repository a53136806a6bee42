// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "report/renderer.hpp"

struct duk_hthread;

namespace vouch::report {

/// A JavaScript interpreter in which ECharts has been loaded. For one thread at a time.
class Interpreter {
 public:
  Interpreter();

  /// An SVG whose ids start with `prefix`. Throws std::logic_error, with ECharts' words, for an option that it refuses.
  std::string draw(const Drawing& drawing, std::string_view prefix);

 private:
  struct Destroy {
    void operator()(duk_hthread* context) const;
  };

  std::unique_ptr<duk_hthread, Destroy> context_;
};

}  // namespace vouch::report
