// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/hdf5_handle.hpp"

namespace vouch::results {

// All throw Hdf5Failure when something is missing or of an unexpected kind, or claims to be larger than its file can
// hold. Texts come back with everything escaped that a terminal would act on.

std::string read_text_attribute(hid_t object, const std::string& name);  ///< "" if there is none
std::int64_t read_integer_attribute(hid_t object, const std::string& name);
double read_number_attribute(hid_t object, const std::string& name);
std::vector<double> read_number_attributes(hid_t object, const std::string& name);  ///< one or more; none if absent

Hdf5Handle open_dataset(hid_t file, const std::string& name);
/// One that must have this shape: who reads it relies on that. As long as it stays open, up to so many bytes of what
/// was read and decompressed last are kept; 0: HDF5's default.
Hdf5Handle open_shaped(hid_t file, const std::string& name, const std::vector<hsize_t>& shape,
                       std::size_t cache_bytes = 0);
std::vector<hsize_t> read_shape(hid_t dataset);
/// How long a list of numbers is.
std::uint32_t read_length(hid_t file, const std::string& name);
std::vector<std::string> read_texts(hid_t file, const std::string& name);
std::vector<double> read_numbers(hid_t file, const std::string& name);

/// A block: `count` from `start` on along the first axes, everything along the others.
std::vector<double> read_numbers_in(hid_t dataset, std::vector<hsize_t> start, std::vector<hsize_t> count);
std::vector<std::int64_t> read_integers_in(hid_t dataset, std::vector<hsize_t> start, std::vector<hsize_t> count);

/// Names of the datasets of a group in the order of their creation; none if there is no such group.
std::vector<std::string> list_datasets(hid_t file, const std::string& group);

}  // namespace vouch::results
