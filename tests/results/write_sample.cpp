// SPDX-License-Identifier: Apache-2.0
// write_sample FILE REPLICATIONS summary|world: a results file of the sample, for readers in other languages.
#include <cstdlib>
#include <iostream>
#include <string>

#include "results/sample.hpp"

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  try {
    const vouch::test::SampleRun sample(static_cast<std::uint32_t>(std::stoul(argv[2])));
    sample.run(argv[1],
               std::string(argv[3]) == "world" ? vouch::results::Detail::world : vouch::results::Detail::summary);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
