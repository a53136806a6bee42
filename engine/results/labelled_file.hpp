// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "results/hdf5_handle.hpp"
#include "results/image_buffer.hpp"

namespace vouch::results {

struct Attribute {
  std::string name;
  std::variant<std::string, std::int64_t, double, std::vector<double>> value;  ///< several numbers: one axis
};

enum class ValueType { int8, int64, float64, text };

/// An HDF5 file with labelled dimensions in the manner of netCDF-4, being built. The same calls give the same bytes.
class LabelledFile {
 public:
  /// `scratch_path`: where to build a file too large for memory; empty: in memory.
  explicit LabelledFile(const std::string& scratch_path = {});

  /// A dimension with its coordinate values; before any variable that has it.
  void add_coordinate(const std::string& name, std::span<const std::int64_t> values, const std::string& long_name);
  void add_coordinate(const std::string& name, std::span<const double> values, const std::string& long_name,
                      const std::string& units);
  void add_coordinate(const std::string& name, const std::vector<std::string>& values, const std::string& long_name);

  struct Variable {
    Hdf5Handle dataset;
    ValueType type = ValueType::float64;
    std::vector<hsize_t> shape;
  };

  /// `group`: "" for the root. `chunk`: shape of the blocks that are compressed together; empty: one block.
  Variable add_variable(const std::string& group, const std::string& name, ValueType type,
                        const std::vector<std::string>& dimensions, const std::vector<Attribute>& attributes,
                        std::vector<hsize_t> chunk = {});

  /// Writes the block of `count` at `start`. `values`: of the variable's type, row-major.
  void write(const Variable& variable, const std::vector<hsize_t>& start, const std::vector<hsize_t>& count,
             const void* values);
  void write(const Variable& variable, const void* values);
  void write_texts(const Variable& variable, const std::vector<std::string>& values);

  void add_root_attribute(const Attribute& attribute);

  /// The whole file; nothing may be written after. Valid as long as this object lives.
  std::span<const std::byte> finish();

  /// A handle of its own, to read what has been written; this object must outlive it.
  Hdf5Handle reopen();

  /// Why the scratch file could not grow, as errno; 0 if it could.
  int error_number() const noexcept { return buffer_.error_number(); }

 private:
  struct Dimension {
    Hdf5Handle scale;
    hsize_t length;
  };

  Variable make_dataset(hid_t group, const std::string& name, ValueType type, std::vector<hsize_t> shape,
                        const std::vector<hsize_t>& chunk, const std::vector<Attribute>& attributes);
  Variable make_coordinate(const std::string& name, ValueType type, hsize_t length,
                           const std::vector<Attribute>& attributes);
  void keep_coordinate(const std::string& name, Variable variable);
  hid_t find_group(const std::string& name);

  ImageBuffer buffer_;
  Hdf5Handle file_;
  Hdf5Handle text_type_;
  std::map<std::string, Hdf5Handle> groups_;
  std::map<std::string, Dimension> dimensions_;
};

}  // namespace vouch::results
