// SPDX-License-Identifier: Apache-2.0
#include "report/bundle.hpp"

#include <cstddef>

// The assembler puts files into the program as they are; no other way does it without megabytes of source.
#ifdef __APPLE__
#define VOUCH_SECTION ".section __TEXT,__const\n"
#define VOUCH_SYMBOL "_"
#else
#define VOUCH_SECTION ".section .rodata\n"
#define VOUCH_SYMBOL ""
#endif
// clang-format off
#define VOUCH_LABEL(label) ".globl " VOUCH_SYMBOL label "\n" VOUCH_SYMBOL label ":\n"
#define VOUCH_EMBED(name, path)                                       \
  __asm__(VOUCH_SECTION                                               \
          VOUCH_LABEL(#name "_begin")                                 \
          ".incbin \"" path "\"\n"                                    \
          VOUCH_LABEL(#name "_end")                                   \
          ".byte 0\n"                                                 \
          ".text\n");                                                 \
  extern "C" const char name##_begin[];                               \
  extern "C" const char name##_end[];
// clang-format on

VOUCH_EMBED(vouch_echarts, VOUCH_ECHARTS)
VOUCH_EMBED(vouch_drawing, VOUCH_DRAWING)
VOUCH_EMBED(vouch_page_style, VOUCH_STYLE)
VOUCH_EMBED(vouch_page_script, VOUCH_SCRIPT)

namespace vouch::report {
namespace {

/// What stands between two symbols.
std::string_view view(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

std::string_view echarts_source() { return view(vouch_echarts_begin, vouch_echarts_end); }

std::string_view drawing_source() { return view(vouch_drawing_begin, vouch_drawing_end); }

std::string_view page_style() { return view(vouch_page_style_begin, vouch_page_style_end); }

std::string_view page_script() { return view(vouch_page_script_begin, vouch_page_script_end); }

}  // namespace vouch::report
