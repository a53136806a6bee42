// SPDX-License-Identifier: Apache-2.0
// write_sample FILE REPLICATIONS summary|world|sweep|part: a results file of the sample, for readers in other
// languages. "sweep" has three points, and a rule stopped its strategies at different numbers of worlds; "part" is the
// second third.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

#include "results/sample.hpp"

namespace {

void write_stopped_sweep(const std::string& path, std::uint32_t replications) {
  auto sample = vouch::test::SampleRun::make_sweep(replications);
  sample.identity.stopping = {"best", true, "every other strategy fell behind", 17, 45, 60, 12.5};
  vouch::results::Journal journal(path, sample.identity, sample.layout);
  for (int lane = 0; lane < sample.num_lanes(); ++lane)
    sample.deliver(journal, lane, 0, std::max(2U, replications - static_cast<std::uint32_t>(lane % 4)));
  sample.publish(path, journal, vouch::results::Detail::world);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return EXIT_FAILURE;
  try {
    const auto replications = static_cast<std::uint32_t>(std::stoul(argv[2]));
    if (std::string(argv[3]) == "sweep") {
      write_stopped_sweep(argv[1], replications);
      return EXIT_SUCCESS;
    }
    vouch::test::SampleRun sample(replications);
    const bool is_part = std::string(argv[3]) == "part";
    if (is_part) sample.identity.part = vouch::results::Part{replications / 3, replications / 3, 2, 3};
    sample.run(argv[1], is_part || std::string(argv[3]) == "world" ? vouch::results::Detail::world
                                                                   : vouch::results::Detail::summary);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
