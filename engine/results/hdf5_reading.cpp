// SPDX-License-Identifier: Apache-2.0
#include "results/hdf5_reading.hpp"

#include <functional>
#include <numeric>
#include <utility>

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

std::size_t count_elements(const std::vector<hsize_t>& shape) {
  return static_cast<std::size_t>(std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>()));
}

template <typename Number>
std::vector<Number> read_block(hid_t dataset, std::vector<hsize_t> start, std::vector<hsize_t> count, hid_t type) {
  const std::vector<hsize_t> shape = read_shape(dataset);
  if (shape.size() < start.size()) throw Hdf5Failure("HDF5 found a block of too few dimensions");
  count.insert(count.end(), shape.begin() + static_cast<std::ptrdiff_t>(count.size()), shape.end());
  start.resize(shape.size(), 0);
  const Hdf5Handle file_space(H5Dget_space(dataset), H5Sclose, "read a shape");
  check_hdf5(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
             "select a block");
  const Hdf5Handle memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
                                "shape a block");
  std::vector<Number> values(count_elements(count));
  check_hdf5(H5Dread(dataset, type, memory_space, file_space, H5P_DEFAULT, values.data()), "read a block");
  return values;
}

}  // namespace

std::string read_text_attribute(hid_t object, const std::string& name) {
  if (check_hdf5(H5Aexists(object, name.c_str()), "look for attribute '" + name + "'") == 0) return {};
  const Hdf5Handle attribute = open_attribute(object, name);
  const Hdf5Handle type(H5Aget_type(attribute), H5Tclose, "read the type of '" + name + "'");
  expect_text(type, name);
  expect_scalar(attribute, name);
  char* text = nullptr;
  const Hdf5Handle memory_type = make_string_type();
  check_hdf5(H5Aread(attribute, memory_type, &text), "read attribute '" + name + "'");
  std::string result = text == nullptr ? "" : text;
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
  std::vector<double> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  check_hdf5(H5Aread(attribute, H5T_NATIVE_DOUBLE, values.data()), "read attribute '" + name + "'");
  return values;
}

Hdf5Handle open_dataset(hid_t file, const std::string& name) {
  return {H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, "find '" + name + "'"};
}

std::vector<hsize_t> read_shape(hid_t dataset) {
  const Hdf5Handle space(H5Dget_space(dataset), H5Sclose, "read a shape");
  const int rank = check_hdf5(H5Sget_simple_extent_ndims(space), "read a shape");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  check_hdf5(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a shape");
  return shape;
}

std::vector<std::string> read_texts(hid_t file, const std::string& name) {
  const Hdf5Handle dataset = open_dataset(file, name);
  const Hdf5Handle type(H5Dget_type(dataset), H5Tclose, "read the type of '" + name + "'");
  expect_text(type, name);
  std::vector<char*> starts(count_elements(read_shape(dataset)));
  const Hdf5Handle memory_type = make_string_type();
  check_hdf5(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, starts.data()), "read '" + name + "'");
  std::vector<std::string> texts;
  for (char* start : starts) {
    texts.emplace_back(start == nullptr ? "" : start);
    H5free_memory(start);
  }
  return texts;
}

std::vector<double> read_numbers(hid_t file, const std::string& name) {
  const Hdf5Handle dataset = open_dataset(file, name);
  std::vector<double> values(count_elements(read_shape(dataset)));
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
