// SPDX-License-Identifier: Apache-2.0
#include "results/hdf5_reading.hpp"

#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "core/printable.hpp"

namespace vouch::results {
namespace {

Hdf5Handle open_attribute(hid_t object, const std::string& name) {
  return {H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "find attribute '" + name + "'"};
}

void expect_text(hid_t type, const std::string& name) {
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) <= 0) {
    throw Hdf5Failure("HDF5 found '" + name + "' to be no text");
  }
}

void expect_scalar(hid_t attribute, const std::string& name) {
  const Hdf5Handle space(H5Aget_space(attribute), H5Sclose, "read the shape of '" + name + "'");
  if (H5Sget_simple_extent_npoints(space) != 1) throw Hdf5Failure("HDF5 found '" + name + "' to be no single value");
}

/// Memory is taken for no more elements than this: deflate shrinks to a thousandth at best, and worlds that are missing
/// take no room in a file.
std::size_t find_most_elements(hid_t object) {
  constexpr hsize_t always = hsize_t{1} << 26;
  constexpr hsize_t best_ratio = 2000;
  const Hdf5Handle file(H5Iget_file_id(object), H5Fclose, "find the file");
  hsize_t size = 0;
  check_hdf5(H5Fget_filesize(file, &size), "find the file's size");
  return static_cast<std::size_t>(always + size * best_ratio / sizeof(std::int64_t));
}

std::size_t count_elements(hid_t object, const std::vector<hsize_t>& shape) {
  const std::size_t most = find_most_elements(object);
  std::size_t number = 1;
  for (const hsize_t length : shape) {
    if (length == 0) return 0;
    if (number > most / length) throw Hdf5Failure("HDF5 found more numbers than the file can hold");
    number *= static_cast<std::size_t>(length);
  }
  return number;
}

template <typename Number>
std::vector<Number> read_block(hid_t dataset, std::vector<hsize_t> start, std::vector<hsize_t> count, hid_t type) {
  const std::vector<hsize_t> shape = read_shape(dataset);
  if (shape.size() < start.size() || start.size() != count.size())
    throw Hdf5Failure("HDF5 found a block of too few dimensions");
  count.insert(count.end(), shape.begin() + static_cast<std::ptrdiff_t>(count.size()), shape.end());
  start.resize(shape.size(), 0);
  const Hdf5Handle file_space(H5Dget_space(dataset), H5Sclose, "read a shape");
  check_hdf5(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
             "select a block");
  const Hdf5Handle memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
                                "shape a block");
  std::vector<Number> values(count_elements(dataset, count));
  check_hdf5(H5Dread(dataset, type, memory_space, file_space, H5P_DEFAULT, values.data()), "read a block");
  return values;
}

/// Drivers put it into words: "file read failed: ..., errno = 5, error message = ...".
herr_t look_for_errno(unsigned, const H5E_error2_t* error, void* found) {
  constexpr const char* mark = "errno = ";
  const char* const at = error->desc == nullptr ? nullptr : std::strstr(error->desc, mark);
  if (at != nullptr) *static_cast<int*>(found) = std::atoi(at + std::strlen(mark));
  return 0;
}

}  // namespace

int find_system_error() {
  int error_number = 0;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, look_for_errno, &error_number);
  return error_number;
}

std::string read_text_attribute(hid_t object, const std::string& name) {
  if (check_hdf5(H5Aexists(object, name.c_str()), "look for attribute '" + name + "'") == 0) return {};
  const Hdf5Handle attribute = open_attribute(object, name);
  const Hdf5Handle type(H5Aget_type(attribute), H5Tclose, "read the type of '" + name + "'");
  expect_text(type, name);
  expect_scalar(attribute, name);
  char* text = nullptr;
  const Hdf5Handle memory_type = make_string_type();
  check_hdf5(H5Aread(attribute, memory_type, &text), "read attribute '" + name + "'");
  std::string result = text == nullptr ? "" : make_printable(text);
  H5free_memory(text);
  return result;
}

std::int64_t read_integer_attribute(hid_t object, const std::string& name) {
  const Hdf5Handle attribute = open_attribute(object, name);
  expect_scalar(attribute, name);
  std::int64_t value = 0;
  check_hdf5(H5Aread(attribute, H5T_NATIVE_INT64, &value), "read attribute '" + name + "'");
  return value;
}

double read_number_attribute(hid_t object, const std::string& name) {
  const Hdf5Handle attribute = open_attribute(object, name);
  expect_scalar(attribute, name);
  double value = 0.0;
  check_hdf5(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value), "read attribute '" + name + "'");
  return value;
}

std::vector<double> read_number_attributes(hid_t object, const std::string& name) {
  if (check_hdf5(H5Aexists(object, name.c_str()), "look for attribute '" + name + "'") == 0) return {};
  const Hdf5Handle attribute = open_attribute(object, name);
  const Hdf5Handle space(H5Aget_space(attribute), H5Sclose, "read the shape of '" + name + "'");
  const hssize_t number = check_hdf5(H5Sget_simple_extent_npoints(space), "read the shape of '" + name + "'");
  std::vector<double> values(count_elements(object, {static_cast<hsize_t>(number)}));
  check_hdf5(H5Aread(attribute, H5T_NATIVE_DOUBLE, values.data()), "read attribute '" + name + "'");
  return values;
}

Hdf5Handle open_dataset(hid_t file, const std::string& name) {
  return {H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, "find '" + name + "'"};
}

std::vector<hsize_t> read_shape(hid_t dataset) {
  const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read a shape");
  if (H5Sget_simple_extent_type(space) == H5S_NULL) throw Hdf5Failure("HDF5 found nothing where numbers must be");
  const int rank = check_hdf5(H5Sget_simple_extent_ndims(space), "read a shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  check_hdf5(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a shape");
  return shape;
}

Hdf5Handle open_shaped(hid_t file, const std::string& name, const std::vector<hsize_t>& shape,
                       std::size_t cache_bytes) {
  constexpr std::size_t num_slots = 10007;  // a prime, well above the number of chunks
  const Hdf5Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "make a property list");
  if (cache_bytes > 0) check_hdf5(H5Pset_chunk_cache(access, num_slots, cache_bytes, 1.0), "set a cache");
  Hdf5Handle dataset(H5Dopen2(file, name.c_str(), access), H5Dclose, "find '" + name + "'");
  if (read_shape(dataset) != shape) throw Hdf5Failure("HDF5 found '" + name + "' in another shape than the file tells");
  return dataset;
}

std::uint32_t read_length(hid_t file, const std::string& name) {
  const std::vector<hsize_t> shape = read_shape(open_dataset(file, name));
  if (shape.size() != 1 || shape[0] > std::numeric_limits<std::uint32_t>::max())
    throw Hdf5Failure("HDF5 found '" + name + "' to be no list");
  return static_cast<std::uint32_t>(shape[0]);
}

std::vector<std::string> read_texts(hid_t file, const std::string& name) {
  const Hdf5Handle dataset = open_dataset(file, name);
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read the type of '" + name + "'");
  expect_text(type, name);
  std::vector<char*> starts(count_elements(dataset, read_shape(dataset)));
  const Hdf5Handle memory_type = make_string_type();
  check_hdf5(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, starts.data()), "read '" + name + "'");
  std::vector<std::string> texts;
  for (char* start : starts) {
    texts.emplace_back(start == nullptr ? "" : make_printable(start));
    H5free_memory(start);
  }
  return texts;
}

std::vector<double> read_numbers(hid_t file, const std::string& name) {
  const Hdf5Handle dataset = open_dataset(file, name);
  std::vector<double> values(count_elements(dataset, read_shape(dataset)));
  check_hdf5(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read '" + name + "'");
  return values;
}

std::vector<double> read_numbers_in(hid_t dataset, std::vector<hsize_t> start, std::vector<hsize_t> count) {
  return read_block<double>(dataset, std::move(start), std::move(count), H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> read_integers_in(hid_t dataset, std::vector<hsize_t> start, std::vector<hsize_t> count) {
  return read_block<std::int64_t>(dataset, std::move(start), std::move(count), H5T_NATIVE_INT64);
}

std::vector<std::string> list_datasets(hid_t file, const std::string& group) {
  std::vector<std::string> names;
  if (group != "/" && check_hdf5(H5Lexists(file, group.c_str(), H5P_DEFAULT), "look for '" + group + "'") == 0)
    return names;
  const Hdf5Handle handle(H5Gopen2(file, group.c_str(), H5P_DEFAULT), H5Gclose, "open '" + group + "'");
  const auto visit = [](hid_t parent, const char* name, const H5L_info_t*, void* list) -> herr_t {
    H5O_info_t info;
    if (H5Oget_info_by_name2(parent, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
    if (info.type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  check_hdf5(H5Literate(handle, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, visit, &names), "list '" + group + "'");
  return names;
}

}  // namespace vouch::results
