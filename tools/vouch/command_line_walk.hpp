// SPDX-License-Identifier: Apache-2.0
// The command line as plain data, for what is generated from it.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace vouch::cli {

struct OptionDescription {
  std::vector<std::string> names;  ///< "-o", "--output"; empty for a positional argument
  std::string placeholder;         ///< "FILE"; of a positional argument its name; empty for a flag
  std::string description;
  bool required = false;
  bool is_list = false;  ///< takes several values
};

struct CommandDescription {
  std::string name;
  std::string description;
  std::string footer;
  std::vector<OptionDescription> options;
};

/// The program itself, then each command.
std::vector<CommandDescription> describe_commands(const CLI::App& app);

}  // namespace vouch::cli
