# SPDX-License-Identifier: Apache-2.0
# Writes OUTPUT, one string literal: the commit of the repository at SOURCE. A commit tells what a program was built
# from only if nothing was changed since; where it does not, a digest of what decides the worlds stands behind it, the
# same for every compiler, so that two programs never take each other's worlds for their own. Touches OUTPUT only when
# it changes.
cmake_minimum_required(VERSION 3.25)
find_program(GIT git)
set(commit "")
if(GIT AND EXISTS ${SOURCE}/.git)
  execute_process(COMMAND ${GIT} -C ${SOURCE} describe --always --dirty --abbrev=40 --exclude=*
                  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(commit STREQUAL "")
  set(commit unknown)
endif()
if(NOT commit MATCHES "^[0-9a-f]+$")
  file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${SOURCE}
       ${SOURCE}/engine/*.cpp ${SOURCE}/engine/*.hpp ${SOURCE}/engine/CMakeLists.txt ${SOURCE}/tools/vouch/*.cpp
       ${SOURCE}/tools/vouch/*.hpp)
  list(APPEND files CMakeLists.txt)
  list(SORT files)
  set(digests "")
  foreach(file ${files})
    file(SHA256 ${SOURCE}/${file} digest)
    string(APPEND digests "${digest} ${file}\n")
  endforeach()
  string(SHA256 digest "${digests}")
  string(SUBSTRING ${digest} 0 16 digest)
  string(APPEND commit "-${digest}")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "\"@commit@\"\n" @ONLY)
