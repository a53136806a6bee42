# SPDX-License-Identifier: Apache-2.0
# Plants the fault that VOUCH_FAULT names. A source is told alone of its fault (see vouch_stage), so that nothing else is
# compiled again; a header's concerns whoever includes it.

# Which of the files have the fault.
function(vouch_find_fault result)
  set(planted)
  if(VOUCH_FAULT)
    foreach(file ${ARGN})
      file(STRINGS ${file} lines REGEX "VOUCH_FAULT_${VOUCH_FAULT}$")
      if(lines)
        list(APPEND planted ${file})
      endif()
    endforeach()
  endif()
  set(${result} ${planted} PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.hpp)
vouch_find_fault(planted ${headers})
if(planted)
  add_compile_definitions(VOUCH_FAULT_${VOUCH_FAULT})
endif()
