// SPDX-License-Identifier: Apache-2.0
#include "results/sealed_file.hpp"

#include <sys/stat.h>

#include <cstring>

#include "core/error.hpp"
#include "results/sample.hpp"
#include "results/sha256.hpp"
#include "support/catch.hpp"

using namespace vouch;
using namespace vouch::results;
using vouch::test::TemporaryFolder;

namespace {
constexpr char start_of_hdf5[] = "\x89HDF\r\n\x1a\nand some more";
const auto bytes = std::as_bytes(std::span(start_of_hdf5));
}  // namespace

TEST_CASE("SHA-256 gives the published digests") {
  CHECK(compute_sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(compute_sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a sealed file is its bytes and 40 more, and verifies") {
  const TemporaryFolder folder;
  publish_sealed(folder / "f", bytes);
  const auto found = test::read_bytes(folder / "f");
  REQUIRE(found.size() == bytes.size() + seal_size);
  CHECK(std::memcmp(found.data(), bytes.data(), bytes.size()) == 0);
  CHECK(std::memcmp(found.data() + bytes.size(), "VOUCHSHA", 8) == 0);
  CHECK_NOTHROW(verify_seal(folder / "f"));
}

TEST_CASE("only an empty file and one with a seal hold nobody else's work") {
  const TemporaryFolder folder;
  const std::string path = folder / "f";
  publish_sealed(path, bytes);
  CHECK(is_empty_or_sealed(path));
  auto sealed = test::read_bytes(path);
  sealed[10] = static_cast<char>(sealed[10] ^ 1);
  test::write_bytes(path, sealed);
  CHECK(is_empty_or_sealed(path));  // damaged, but ours
  sealed.pop_back();
  test::write_bytes(path, sealed);
  CHECK_FALSE(is_empty_or_sealed(path));
  test::write_bytes(path, {std::begin(start_of_hdf5), std::end(start_of_hdf5)});
  CHECK_FALSE(is_empty_or_sealed(path));
  test::write_bytes(path, {});
  CHECK(is_empty_or_sealed(path));
  CHECK_THROWS_AS(is_empty_or_sealed(folder / "none"), Error);
}

TEST_CASE("a reader that has the previous file open keeps it whole") {
  const TemporaryFolder folder;
  publish_sealed(folder / "f", bytes);
  std::FILE* reader = std::fopen((folder / "f").c_str(), "rb");
  publish_sealed(folder / "f", bytes.first(12));
  char first[sizeof start_of_hdf5] = {};
  CHECK(std::fread(first, 1, sizeof first, reader) == sizeof first);
  std::fclose(reader);
  CHECK(std::memcmp(first, start_of_hdf5, sizeof first) == 0);
  CHECK_NOTHROW(verify_seal(folder / "f"));
}

TEST_CASE("what is no regular file is never replaced") {
  const TemporaryFolder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_THROWS_AS(publish_sealed(folder / "pipe", bytes), Error);
  CHECK(folder.list() == std::vector<std::string>{"pipe"});
}
