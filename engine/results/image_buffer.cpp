// SPDX-License-Identifier: Apache-2.0
#include "results/image_buffer.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "results/file_io.hpp"

namespace vouch::results {
namespace {

/// The core driver grows its file in steps of this.
constexpr std::size_t increment = std::size_t{4} << 20;

void* copy_image(void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) {
  return to == from ? to : std::memcpy(to, from, size);
}

/// What HDF5 calls for memory that it does not own. `owner` is handed to the functions that give it.
H5FD_file_image_callbacks_t make_callbacks(void* owner) {
  H5FD_file_image_callbacks_t callbacks{};
  callbacks.image_memcpy = copy_image;
  callbacks.image_free = [](void*, H5FD_file_image_op_t, void*) -> herr_t { return 0; };
  callbacks.udata_copy = [](void* same) { return same; };
  callbacks.udata_free = [](void*) -> herr_t { return 0; };
  callbacks.udata = owner;
  return callbacks;
}

void* give_image(std::size_t size, H5FD_file_image_op_t, void* owner) {
  auto& image = *static_cast<std::vector<std::byte>*>(owner);
  return size <= image.size() ? image.data() : nullptr;
}

}  // namespace

ImageBuffer::ImageBuffer(const std::string& scratch_path) {
  if (scratch_path.empty()) return;
  ::unlink(scratch_path.c_str());
  descriptor_ = ::open(scratch_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw_io_error("write", scratch_path, errno);
  if (::unlink(scratch_path.c_str()) != 0) name_left_ = scratch_path;
}

ImageBuffer::~ImageBuffer() {
  if (descriptor_ < 0) {
    std::free(data_);
    return;
  }
  if (data_ != nullptr) ::munmap(data_, capacity_);
  ::close(descriptor_);
  if (!name_left_.empty()) ::unlink(name_left_.c_str());
}

std::byte* ImageBuffer::grow(std::size_t size) {
  if (size <= capacity_) return data_;
  if (descriptor_ < 0) {
    void* moved = std::realloc(data_, size);
    if (moved == nullptr) error_number_ = ENOMEM;
    if (moved == nullptr) return nullptr;
    data_ = static_cast<std::byte*>(moved);
    std::memset(data_ + capacity_, 0, size - capacity_);  // gaps are part of the file's bytes
  } else {
    error_number_ = ::posix_fallocate(descriptor_, 0, static_cast<off_t>(size));
    if (error_number_ != 0) return nullptr;
    void* mapped = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
    if (mapped == MAP_FAILED) error_number_ = errno;
    if (mapped == MAP_FAILED) return nullptr;
    if (data_ != nullptr) ::munmap(data_, capacity_);
    data_ = static_cast<std::byte*>(mapped);
  }
  capacity_ = size;
  return data_;
}

void* ImageBuffer::on_malloc(std::size_t size, H5FD_file_image_op_t, void* self) {
  return static_cast<ImageBuffer*>(self)->grow(size);
}

void* ImageBuffer::on_realloc(void*, std::size_t size, H5FD_file_image_op_t, void* self) {
  return static_cast<ImageBuffer*>(self)->grow(size);
}

void ImageBuffer::attach(hid_t access_list) {
  check_hdf5(H5Pset_fapl_core(access_list, increment, false), "build a file in memory");
  H5FD_file_image_callbacks_t callbacks = make_callbacks(this);
  callbacks.image_malloc = on_malloc;
  callbacks.image_realloc = on_realloc;
  check_hdf5(H5Pset_file_image_callbacks(access_list, &callbacks), "build a file in memory");
}

void attach_image(hid_t access_list, std::vector<std::byte>& image) {
  check_hdf5(H5Pset_fapl_core(access_list, increment, false), "open a file in memory");
  H5FD_file_image_callbacks_t callbacks = make_callbacks(&image);
  callbacks.image_malloc = give_image;
  callbacks.image_realloc = [](void*, std::size_t, H5FD_file_image_op_t, void*) -> void* { return nullptr; };
  check_hdf5(H5Pset_file_image_callbacks(access_list, &callbacks), "open a file in memory");
  check_hdf5(H5Pset_file_image(access_list, image.data(), image.size()), "open a file in memory");
}

std::string make_memory_name() {
  static std::atomic<unsigned> num_files = 0;
  return "/dev/null/results-" + std::to_string(num_files++);
}

}  // namespace vouch::results
