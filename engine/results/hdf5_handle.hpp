// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace vouch::results {

/// HDF5 refused; whoever knows the file turns it into an Error.
struct Hdf5Failure : std::runtime_error {
  explicit Hdf5Failure(const std::string& what, int system_error = 0)
      : std::runtime_error(what), error_number(system_error) {}

  int error_number;  ///< errno, where the system refused to open or to read; 0 where the contents are not as expected
};

/// Of the failure that HDF5 has just told; to be asked before any other call of HDF5.
int find_system_error();

/// Ids and status codes of HDF5 alike are negative on failure.
template <typename Status>
Status check_hdf5(Status status, const std::string& what) {
  if (status < 0) throw Hdf5Failure("HDF5 could not " + what, find_system_error());
  return status;
}

/// Owns one HDF5 id of any kind.
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close close, const std::string& what) : id_(check_hdf5(id, what)), close_(close) {}
  ~Hdf5Handle() {
    if (id_ >= 0) close_(id_);
  }
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }

  operator hid_t() const noexcept { return id_; }  // NOLINT: it is to be used as one

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// To be called before anything else of HDF5 on a thread: keeps the library from closing files behind our back at
/// exit (it crashes on a full disk) and from printing its error stack.
inline void prepare_hdf5() {
  static const herr_t without_atexit = H5dont_atexit();
  static_cast<void>(without_atexit);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

/// Variable-length UTF-8, the one kind of string that every reader takes.
inline Hdf5Handle make_string_type() {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a string type");
  check_hdf5(H5Tset_size(type, H5T_VARIABLE), "make a string type");
  check_hdf5(H5Tset_cset(type, H5T_CSET_UTF8), "make a string type");
  return type;
}

}  // namespace vouch::results
