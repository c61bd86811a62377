# SPDX-License-Identifier: Apache-2.0
# Each third-party library lives in one room; see CONTRIBUTING.md.
find_package(PkgConfig REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED COMPONENTS date_time) # base; Multiprecision is headers
find_package(ICU REQUIRED COMPONENTS uc i18n) # base, feel
find_package(simdjson CONFIG REQUIRED) # base
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle>=3.8 nettle<4) # base; 4 digests otherwise
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium) # base
find_package(SQLiteCpp CONFIG REQUIRED) # platform
pkg_check_modules(CLP REQUIRED IMPORTED_TARGET clp>=1.17) # solver

# Intel's decimal library (feel) has neither a CMake nor a pkg-config file. Debian ships archives by
# calling convention: gcc000 takes arguments by value, and rounding and flags as parameters.
find_path(INTEL_DECIMAL_INCLUDE_DIR bid_functions.h PATH_SUFFIXES intelrdfpmath)
find_library(INTEL_DECIMAL_LIBRARY NAMES libbidgcc000.a bidgcc000)
if(NOT INTEL_DECIMAL_INCLUDE_DIR OR NOT INTEL_DECIMAL_LIBRARY)
  message(
    FATAL_ERROR
      "Intel's decimal floating-point library was not found: bid_functions.h and libbidgcc000.a "
      "(Debian: libintelrdfpmath-dev). Elsewhere set INTEL_DECIMAL_INCLUDE_DIR and "
      "INTEL_DECIMAL_LIBRARY to a build with CALL_BY_REF=0 GLOBAL_RND=0 GLOBAL_FLAGS=0.")
endif()
add_library(intel_decimal UNKNOWN IMPORTED)
set_target_properties(
  intel_decimal PROPERTIES IMPORTED_LOCATION "${INTEL_DECIMAL_LIBRARY}"
                           INTERFACE_INCLUDE_DIRECTORIES "${INTEL_DECIMAL_INCLUDE_DIR}")
