// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command_line_walk.hpp"

namespace vouch::cli {

// Made from the definitions of the command line alone, so that committed copies can be compared.
std::string generate_bash_completion(const std::vector<CommandDescription>& commands);
std::string generate_zsh_completion(const std::vector<CommandDescription>& commands);
std::string generate_fish_completion(const std::vector<CommandDescription>& commands);
std::string generate_man_page(const std::vector<CommandDescription>& commands);

}  // namespace vouch::cli
