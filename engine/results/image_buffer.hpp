// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "results/hdf5_handle.hpp"

namespace vouch::results {

/// Where an HDF5 file is built: memory, or a scratch file mapped into it, its space reserved before it is used, so
/// that a full disk shows at once and not as zeros later. HDF5 itself never writes to a disk.
class ImageBuffer {
 public:
  /// `scratch_path`: empty for memory. The scratch file has no name any more once it is open.
  explicit ImageBuffer(const std::string& scratch_path);
  ~ImageBuffer();
  ImageBuffer(const ImageBuffer&) = delete;
  ImageBuffer& operator=(const ImageBuffer&) = delete;

  /// Makes a file access list build its file here. The buffer must outlive the file.
  void attach(hid_t access_list);

  std::span<const std::byte> bytes(std::size_t size) const { return {data_, size}; }
  int error_number() const noexcept { return error_number_; }  ///< why growing failed; 0 if it did not

 private:
  std::byte* grow(std::size_t size);
  static void* on_malloc(std::size_t size, H5FD_file_image_op_t operation, void* self);
  static void* on_realloc(void* data, std::size_t size, H5FD_file_image_op_t operation, void* self);

  int descriptor_ = -1;
  std::string name_left_;  ///< of the scratch file, if it could not be taken away at once
  std::byte* data_ = nullptr;
  std::size_t capacity_ = 0;
  int error_number_ = 0;
};

/// Makes a file access list open these bytes in place. They must outlive the file.
void attach_image(hid_t access_list, std::vector<std::byte>& image);

/// A name for a file in memory, unlike all others. HDF5 looks whether a file of that name is on the disk, too, and
/// there can be none.
std::string make_memory_name();

}  // namespace vouch::results
