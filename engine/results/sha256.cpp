// SPDX-License-Identifier: Apache-2.0
#include "results/sha256.hpp"

#include <openssl/evp.h>

#include <new>
#include <stdexcept>

namespace vouch::results {

struct Sha256::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }
};

namespace {
void check(int result) {
  if (result != 1) throw std::logic_error("SHA-256 is not available in libcrypto");
}
}  // namespace

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  // Every libcrypto has SHA-256: what it lacks is memory.
  if (context_->evp == nullptr || EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}
Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes) {
  check(EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()));
}

Digest Sha256::finish() {
  Digest digest;
  check(EVP_DigestFinal_ex(context_->evp, reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

std::string to_hex(const Digest& digest) {
  std::string hex;
  for (const std::byte byte : digest) {
    hex += "0123456789abcdef"[std::to_integer<int>(byte >> 4)];
    hex += "0123456789abcdef"[std::to_integer<int>(byte & std::byte{15})];
  }
  return hex;
}

std::string compute_sha256_hex(std::string_view text) {
  Sha256 sha;
  sha.update(std::as_bytes(std::span(text.data(), text.size())));
  return to_hex(sha.finish());
}

}  // namespace vouch::results
