// SPDX-License-Identifier: Apache-2.0
#include "report/find_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "report/text.hpp"

namespace vouch::report {

std::size_t find_name(const std::string& kind, const std::string& name, const std::vector<std::string>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string nearest = find_nearest(name, names);
  const std::string remedy =
      nearest.empty() ? "there are: " + join_names(names) : fmt::format("did you mean '{}'?", nearest);
  throw Error(ExitCode::usage, fmt::format("unknown {} '{}'; {}", kind, name, remedy));
}

}  // namespace vouch::report
