// SPDX-License-Identifier: Apache-2.0
#include "scenario/regular_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vouch::scenario {
namespace {

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

const char* name_kind(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a folder";
  if (S_ISFIFO(mode)) return "it is a pipe, not a file";
  return "it is a device or socket, not a file";
}

}  // namespace

std::string read_regular_file(const std::string& path, std::size_t most, std::string& text) {
  struct stat status {};
  // Looked at before it is opened, since opening a device can do something; and again after, since it is another then.
  if (::stat(path.c_str(), &status) != 0) return std::strerror(errno);
  if (!S_ISREG(status.st_mode)) return name_kind(status.st_mode);
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)};
  if (file.number < 0 || ::fstat(file.number, &status) != 0) return std::strerror(errno);
  if (!S_ISREG(status.st_mode)) return name_kind(status.st_mode);
  text.resize(most);
  std::size_t size = 0;
  while (size < most) {
    const ssize_t got = ::read(file.number, text.data() + size, most - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::strerror(errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return {};
}

}  // namespace vouch::scenario
