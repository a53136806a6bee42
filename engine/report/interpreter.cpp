// SPDX-License-Identifier: Apache-2.0
#include "report/interpreter.hpp"

#include <duktape.h>

#include <new>
#include <stdexcept>

#include "report/bundle.hpp"
#include "report/text_extent.hpp"

namespace vouch::report {
namespace {

// Functions that duktape calls may be left by a jump of C: nothing in them has a destructor.

duk_ret_t measure(duk_context* context) {
  duk_size_t text_size = 0;
  duk_size_t font_size = 0;
  const char* text = duk_require_lstring(context, 0, &text_size);
  const char* font = duk_require_lstring(context, 1, &font_size);
  duk_push_number(context, compute_text_extent({text, text_size}, {font, font_size}));
  return 1;
}

void run_script(duk_context* context, std::string_view script, const char* name) {
  duk_push_lstring(context, script.data(), script.size());
  duk_push_string(context, name);
  duk_compile(context, 0);
  duk_call(context, 0);
  duk_pop(context);
}

duk_ret_t load(duk_context* context, void*) {
  duk_push_c_function(context, measure, 2);
  duk_put_global_string(context, "vouchMeasure");
  run_script(context, drawing_source(), "drawing.js");
  run_script(context, echarts_source(), "echarts.min.js");
  return 0;
}

struct Call {
  const Drawing& drawing;
  std::string_view prefix;
};

duk_ret_t call_draw(duk_context* context, void* data) {
  const auto& [drawing, prefix] = *static_cast<const Call*>(data);
  duk_get_global_string(context, "vouch");
  duk_get_prop_string(context, -1, "draw");
  duk_push_lstring(context, drawing.option.data(), drawing.option.size());
  duk_push_int(context, drawing.width);
  duk_push_int(context, drawing.height);
  duk_push_lstring(context, prefix.data(), prefix.size());
  duk_call(context, 4);
  return 1;
}

duk_ret_t describe(duk_context* context, void*) {
  duk_to_string(context, -1);
  return 1;
}

/// What a protected call left on the stack, taken from it.
std::string pop_text(duk_context* context) {
  duk_size_t size = 0;
  const char* text = duk_get_lstring(context, -1, &size);
  std::string copied(text == nullptr ? "" : text, size);
  duk_pop(context);
  return copied;
}

/// Calls `function`, which leaves one value, as text. What it throws becomes std::logic_error.
std::string call(duk_context* context, duk_safe_call_function function, void* data) {
  if (duk_safe_call(context, function, data, 0, 1) == DUK_EXEC_SUCCESS) return pop_text(context);
  duk_safe_call(context, describe, nullptr, 1, 1);
  const std::string words = pop_text(context);
  if (words.ends_with(": alloc failed")) throw std::bad_alloc();
  throw std::logic_error("a chart could not be drawn: " + words);
}

}  // namespace

void Interpreter::Destroy::operator()(duk_hthread* context) const { duk_destroy_heap(context); }

Interpreter::Interpreter() : context_(duk_create_heap_default()) {
  if (context_ == nullptr) throw std::bad_alloc();
  call(context_.get(), load, nullptr);
}

std::string Interpreter::draw(const Drawing& drawing, std::string_view prefix) {
  Call what{drawing, prefix};
  return call(context_.get(), call_draw, &what);
}

}  // namespace vouch::report
