// SPDX-License-Identifier: Apache-2.0
#include "report/picture.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>
#include <new>

#include "core/error.hpp"
#include "core/required_memory.hpp"

#if defined(__has_feature)
#define VOUCH_HAS_FEATURE(name) __has_feature(name)
#else
#define VOUCH_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || VOUCH_HAS_FEATURE(address_sanitizer)
/// The list of fonts, which fontconfig keeps until the program ends, is no leak.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }  // not into the error stream
#endif

namespace vouch::report {
namespace {

struct Unref {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
template <typename Object>
using Held = std::unique_ptr<Object, Unref>;

[[noreturn]] void fail(const std::string& why) {
  throw Error(ExitCode::io, "a picture could not be drawn as PNG: " + why);
}

std::string take_words(GError* error) {
  const std::string words = error == nullptr ? "unknown error" : error->message;
  g_clear_error(&error);
  return words;
}

void check(cairo_status_t status) {
  if (status == CAIRO_STATUS_NO_MEMORY) throw std::bad_alloc();
  if (status != CAIRO_STATUS_SUCCESS) fail(cairo_status_to_string(status));
}

Held<RsvgHandle> load(std::string_view svg) {
  GError* error = nullptr;
  Held<RsvgHandle> handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (handle == nullptr) fail(take_words(error));
  return handle;
}

cairo_status_t append(void* png, const unsigned char* data, unsigned int size) {
  try {
    static_cast<std::string*>(png)->append(reinterpret_cast<const char*>(data), size);
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string make_png(std::string_view svg, double scale) {
  // GLib and librsvg end the program without memory, and say it each in its own way.
  const RequiredMemory required("a picture could not be drawn as PNG: out of memory; make memory free and try again");
  const Held<RsvgHandle> handle = load(svg);
  double width = 0.0;
  double height = 0.0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) == FALSE) fail("it has no size");
  width = std::round(width * scale);
  height = std::round(height * scale);
  const Held<cairo_surface_t> surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(width), static_cast<int>(height)));
  const Held<cairo_t> context(cairo_create(surface.get()));
  check(cairo_status(context.get()));

  const RsvgRectangle all{0.0, 0.0, width, height};
  GError* error = nullptr;
  if (rsvg_handle_render_document(handle.get(), context.get(), &all, &error) == FALSE) fail(take_words(error));
  std::string png;
  check(cairo_surface_write_to_png_stream(surface.get(), append, &png));
  return png;
}

}  // namespace vouch::report
