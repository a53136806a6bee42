// SPDX-License-Identifier: Apache-2.0
#include "results/sealed_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "results/file_io.hpp"
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

TEST_CASE("what a seal covers is given as far as it may be held, and only whole") {
  const TemporaryFolder folder;
  publish_sealed(folder / "f", bytes);
  const std::vector<std::byte> loaded = load_sealed(folder / "f", bytes.size());
  CHECK(std::equal(loaded.begin(), loaded.end(), bytes.begin(), bytes.end()));
  CHECK(load_sealed(folder / "f", bytes.size() - 1).empty());
  auto damaged = test::read_bytes(folder / "f");
  damaged[10] = static_cast<char>(damaged[10] ^ 1);
  test::write_bytes(folder / "f", damaged);
  for (const std::uint64_t most : {std::uint64_t{0}, std::uint64_t{bytes.size()}})
    CHECK_THROWS_AS(load_sealed(folder / "f", most), Error);
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

TEST_CASE("any number may publish the same file at once, and it is always one of theirs, whole") {
  const TemporaryFolder folder;
  const std::string path = folder / "page.html";
  test::write_bytes(folder / "page.html.partial", {'m', 'i', 'n', 'e'});
  constexpr std::size_t size = 100'000;
  std::vector<std::thread> publishers;
  for (unsigned char letter = 'a'; letter < 'e'; ++letter) {
    publishers.emplace_back([&path, letter] {
      const std::vector<std::byte> page(size, std::byte{letter});
      for (int i = 0; i < 20; ++i) publish_bytes(path, {page});
    });
  }
  for (std::thread& publisher : publishers) publisher.join();
  const auto found = test::read_bytes(path);
  REQUIRE(found.size() == size);
  CHECK(std::count(found.begin(), found.end(), found[0]) == static_cast<std::ptrdiff_t>(size));
  CHECK(folder.list() == std::vector<std::string>{"page.html", "page.html.partial"});
  CHECK(test::read_bytes(folder / "page.html.partial").size() == 4);
}

TEST_CASE("what cannot be published is said of the file itself, and leaves nothing") {
  const TemporaryFolder folder;
  const Error no_folder = test::catch_error([&] { publish_bytes(folder / "none/f", {bytes}); });
  CHECK_THAT(no_folder.what(), Catch::Matchers::Contains("none/f': No such file") &&
                                   Catch::Matchers::Contains("create its folder first"));
  const std::vector<std::byte> page(100'000);
  const test::FileSizeLimit full(1000);
  for (const PartialName name : {PartialName::own, PartialName::fixed}) {
    const Error error = test::catch_error([&] { publish_bytes(folder / "f", {page}, name); });
    CHECK(error.code() == ExitCode::io);
    CHECK_THAT(error.what(), Catch::Matchers::Contains("cannot write '" + (folder / "f") + "': File too large"));
  }
  CHECK(folder.list().empty());
}
