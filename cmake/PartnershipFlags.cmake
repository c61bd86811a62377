# SPDX-License-Identifier: Apache-2.0
# Flags of our own targets; none of them is exported to a user of the library.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 99)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(PARTNERSHIP_CCACHE ccache)
if(PARTNERSHIP_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # With paths relative to the build folder, build folders side by side (such as the wheel's) and
  # other clones share what was compiled. gcov wants absolute paths.
  set(partnership_launcher "${PARTNERSHIP_CCACHE}")
  if(NOT PARTNERSHIP_COVERAGE)
    list(PREPEND partnership_launcher env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}")
  endif()
  set(CMAKE_C_COMPILER_LAUNCHER ${partnership_launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${partnership_launcher})
endif()

add_library(partnership_flags INTERFACE)
target_compile_options(
  partnership_flags
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
            # GCC 12 warns of its own std::string (GCC bug 105651).
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<BOOL:${PARTNERSHIP_WERROR}>:-Werror>)
# A program needs the libraries that it uses, not all that the core was built with: the verifier no
# solver, and nobody the algebra libraries that clp.pc names.
target_link_options(partnership_flags INTERFACE "LINKER:--as-needed")

if(PARTNERSHIP_SANITIZE)
  add_compile_options(-fsanitize=${PARTNERSHIP_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PARTNERSHIP_SANITIZE})
endif()
if(PARTNERSHIP_COVERAGE)
  add_compile_options(--coverage -O0)
  add_link_options(--coverage)
endif()
if(PARTNERSHIP_FUZZERS)
  # The library itself must be instrumented: a harness alone sees almost no edges.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
