// SPDX-License-Identifier: Apache-2.0
// What xarray, netCDF, h5netcdf, R and ncdump need to see labelled dimensions: creation order tracked everywhere, the
// 1.8 format, dimension scales attached on every axis, _Netcdf4Dimid on all of them, strings of variable length.
#include "results/labelled_file.hpp"

#include <hdf5_hl.h>

#include <numeric>

namespace vouch::results {
namespace {

constexpr unsigned by_creation = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

Hdf5Handle make_list(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "make a property list"}; }

Hdf5Handle make_file(ImageBuffer& buffer) {
  prepare_hdf5();
  const Hdf5Handle access = make_list(H5P_FILE_ACCESS);
  buffer.attach(access);
  check_hdf5(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "choose the file format");
  const Hdf5Handle creation = make_list(H5P_FILE_CREATE);
  check_hdf5(H5Pset_link_creation_order(creation, by_creation), "keep the order of links");
  check_hdf5(H5Pset_attr_creation_order(creation, by_creation), "keep the order of attributes");
  check_hdf5(H5Pset_obj_track_times(creation, false), "leave out times");
  return {H5Fcreate(make_memory_name().c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create a file"};
}

hid_t disk_type(ValueType type, hid_t text_type) {
  switch (type) {
    case ValueType::int8:
      return H5T_STD_I8LE;
    case ValueType::int64:
      return H5T_STD_I64LE;
    case ValueType::float64:
      return H5T_IEEE_F64LE;
    case ValueType::text:
      return text_type;
  }
  return text_type;
}

hid_t memory_type(ValueType type, hid_t text_type) {
  switch (type) {
    case ValueType::int8:
      return H5T_NATIVE_INT8;
    case ValueType::int64:
      return H5T_NATIVE_INT64;
    case ValueType::float64:
      return H5T_NATIVE_DOUBLE;
    case ValueType::text:
      return text_type;
  }
  return text_type;
}

void write_attribute(hid_t object, const std::string& name, hid_t type, hid_t native, const void* value, hid_t space) {
  const Hdf5Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                             "create attribute '" + name + "'");
  check_hdf5(H5Awrite(attribute, native, value), "write attribute '" + name + "'");
}

void write_attribute(hid_t object, const std::string& name, hid_t type, hid_t native, const void* value) {
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, "make a scalar");
  write_attribute(object, name, type, native, value, space);
}

void write_attribute(hid_t object, const Attribute& attribute, hid_t text_type) {
  if (const auto* text = std::get_if<std::string>(&attribute.value)) {
    const char* start = text->c_str();
    write_attribute(object, attribute.name, text_type, text_type, &start);
  } else if (const auto* integer = std::get_if<std::int64_t>(&attribute.value)) {
    write_attribute(object, attribute.name, H5T_STD_I64LE, H5T_NATIVE_INT64, integer);
  } else if (const auto* number = std::get_if<double>(&attribute.value)) {
    write_attribute(object, attribute.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, number);
  } else {
    const auto& numbers = std::get<std::vector<double>>(attribute.value);
    const hsize_t length = numbers.size();
    const Hdf5Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose, "make an axis");
    write_attribute(object, attribute.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, numbers.data(), space);
  }
}

}  // namespace

LabelledFile::LabelledFile(const std::string& scratch_path)
    : buffer_(scratch_path), file_(make_file(buffer_)), text_type_(make_string_type()) {}

hid_t LabelledFile::find_group(const std::string& name) {
  if (name.empty()) return file_;
  if (const auto found = groups_.find(name); found != groups_.end()) return found->second;
  const Hdf5Handle creation = make_list(H5P_GROUP_CREATE);
  check_hdf5(H5Pset_link_creation_order(creation, by_creation), "keep the order of links");
  check_hdf5(H5Pset_attr_creation_order(creation, by_creation), "keep the order of attributes");
  check_hdf5(H5Pset_obj_track_times(creation, false), "leave out times");
  return groups_
      .emplace(name, Hdf5Handle(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose,
                                "create group '" + name + "'"))
      .first->second;
}

LabelledFile::Variable LabelledFile::make_dataset(hid_t group, const std::string& name, ValueType type,
                                                  std::vector<hsize_t> shape, const std::vector<hsize_t>& chunk,
                                                  const std::vector<Attribute>& attributes) {
  const int rank = static_cast<int>(shape.size());
  const Hdf5Handle space(H5Screate_simple(rank, shape.data(), nullptr), H5Sclose, "shape '" + name + "'");
  const Hdf5Handle creation = make_list(H5P_DATASET_CREATE);
  check_hdf5(H5Pset_obj_track_times(creation, false), "leave out times");
  check_hdf5(H5Pset_attr_creation_order(creation, by_creation), "keep the order of attributes");
  if (type != ValueType::text) {  // HDF5 refuses filters on strings of variable length; the file's seal guards them
    check_hdf5(H5Pset_chunk(creation, rank, chunk.empty() ? shape.data() : chunk.data()), "chunk '" + name + "'");
    check_hdf5(H5Pset_shuffle(creation), "shuffle '" + name + "'");
    check_hdf5(H5Pset_deflate(creation, 1), "compress '" + name + "'");
    check_hdf5(H5Pset_fletcher32(creation), "guard '" + name + "'");
  }
  // Chunks are written once and whole: a cache for each of hundreds of variables would only hold memory.
  const Hdf5Handle access = make_list(H5P_DATASET_ACCESS);
  check_hdf5(H5Pset_chunk_cache(access, 1, 0, 1.0), "size the cache of '" + name + "'");
  Variable variable{
      Hdf5Handle(H5Dcreate2(group, name.c_str(), disk_type(type, text_type_), space, H5P_DEFAULT, creation, access),
                 H5Dclose, "create '" + name + "'"),
      type, std::move(shape)};
  for (const Attribute& attribute : attributes) write_attribute(variable.dataset, attribute, text_type_);
  return variable;
}

LabelledFile::Variable LabelledFile::make_coordinate(const std::string& name, ValueType type, hsize_t length,
                                                     const std::vector<Attribute>& attributes) {
  Variable variable = make_dataset(file_, name, type, {length}, {}, attributes);
  check_hdf5(H5DSset_scale(variable.dataset, name.c_str()), "label dimension '" + name + "'");
  const auto id = static_cast<std::int32_t>(dimensions_.size());
  write_attribute(variable.dataset, "_Netcdf4Dimid", H5T_STD_I32LE, H5T_NATIVE_INT32, &id);
  return variable;
}

void LabelledFile::keep_coordinate(const std::string& name, Variable variable) {
  dimensions_.emplace(name, Dimension{std::move(variable.dataset), variable.shape[0]});
}

void LabelledFile::add_coordinate(const std::string& name, std::span<const std::int64_t> values,
                                  const std::string& long_name) {
  Variable variable = make_coordinate(name, ValueType::int64, values.size(), {{"long_name", long_name}});
  write(variable, values.data());
  keep_coordinate(name, std::move(variable));
}

void LabelledFile::add_coordinate(const std::string& name, std::span<const double> values, const std::string& long_name,
                                  const std::string& units) {
  Variable variable =
      make_coordinate(name, ValueType::float64, values.size(), {{"long_name", long_name}, {"units", units}});
  write(variable, values.data());
  keep_coordinate(name, std::move(variable));
}

void LabelledFile::add_coordinate(const std::string& name, const std::vector<std::string>& values,
                                  const std::string& long_name) {
  Variable variable = make_coordinate(name, ValueType::text, values.size(), {{"long_name", long_name}});
  write_texts(variable, values);
  keep_coordinate(name, std::move(variable));
}

LabelledFile::Variable LabelledFile::add_variable(const std::string& group, const std::string& name, ValueType type,
                                                  const std::vector<std::string>& dimensions,
                                                  const std::vector<Attribute>& attributes,
                                                  std::vector<hsize_t> chunk) {
  std::vector<hsize_t> shape;
  for (const std::string& dimension : dimensions) shape.push_back(dimensions_.at(dimension).length);
  Variable variable = make_dataset(find_group(group), name, type, std::move(shape), chunk, attributes);
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
    check_hdf5(H5DSattach_scale(variable.dataset, dimensions_.at(dimensions[axis]).scale, static_cast<unsigned>(axis)),
               "label '" + name + "'");
  }
  return variable;
}

void LabelledFile::write(const Variable& variable, const std::vector<hsize_t>& start, const std::vector<hsize_t>& count,
                         const void* values) {
  const Hdf5Handle file_space(H5Dget_space(variable.dataset), H5Sclose, "read a shape");
  check_hdf5(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
             "select a block");
  const Hdf5Handle memory_space(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
                                "shape a block");
  check_hdf5(
      H5Dwrite(variable.dataset, memory_type(variable.type, text_type_), memory_space, file_space, H5P_DEFAULT, values),
      "write a block");
}

void LabelledFile::write(const Variable& variable, const void* values) {
  write(variable, std::vector<hsize_t>(variable.shape.size(), 0), variable.shape, values);
}

void LabelledFile::write_texts(const Variable& variable, const std::vector<std::string>& values) {
  std::vector<const char*> starts;
  for (const std::string& value : values) starts.push_back(value.c_str());
  write(variable, starts.data());
}

void LabelledFile::add_root_attribute(const Attribute& attribute) { write_attribute(file_, attribute, text_type_); }

Hdf5Handle LabelledFile::reopen() {
  groups_.clear();
  dimensions_.clear();
  return {H5Freopen(file_), H5Fclose, "read the file again"};
}

std::span<const std::byte> LabelledFile::finish() {
  groups_.clear();
  dimensions_.clear();
  check_hdf5(H5Fflush(file_, H5F_SCOPE_GLOBAL), "finish the file");
  const ssize_t size = H5Fget_file_image(file_, nullptr, 0);
  if (size <= 0) throw Hdf5Failure("HDF5 could not give the finished file");
  return buffer_.bytes(static_cast<std::size_t>(size));
}

}  // namespace vouch::results
