// SPDX-License-Identifier: Apache-2.0
#include "core/required_memory.hpp"

#include <utility>

namespace vouch {
namespace {

thread_local const RequiredMemory* innermost = nullptr;

}  // namespace

RequiredMemory::RequiredMemory(std::string words) : words_(std::move(words)), outer_(innermost) { innermost = this; }

RequiredMemory::~RequiredMemory() { innermost = outer_; }

const RequiredMemory* RequiredMemory::current() noexcept { return innermost; }

}  // namespace vouch
