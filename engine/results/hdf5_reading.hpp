// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/hdf5_handle.hpp"

namespace vouch::results {

// All throw Hdf5Failure when something is missing or of an unexpected kind.

std::string read_text_attribute(hid_t object, const std::string& name);  ///< "" if there is none
std::int64_t read_integer_attribute(hid_t object, const std::string& name);
double read_number_attribute(hid_t object, const std::string& name);

Hdf5Handle open_dataset(hid_t file, const std::string& name);
std::vector<hsize_t> read_shape(hid_t dataset);
std::vector<std::string> read_texts(hid_t file, const std::string& name);
std::vector<double> read_numbers(hid_t file, const std::string& name);

/// Index `first` of the first axis, everything of the others.
std::vector<double> read_numbers_at(hid_t dataset, hsize_t first);

/// Names of the datasets of a group in the order of their creation; none if there is no such group.
std::vector<std::string> list_datasets(hid_t file, const std::string& group);

}  // namespace vouch::results
