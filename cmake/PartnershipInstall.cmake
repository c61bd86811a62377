# SPDX-License-Identifier: Apache-2.0
# What an installed libpartnership consists of: the shared library, the public headers, the command
# partnership-verify, the packs (calendars, criteria, JSON Schemas, ...), a CMake package and a
# pkg-config file. All of it may be moved to another prefix afterwards. The static core and everything inside libpartnership/ stay out: they promise nothing
# to anybody.
include(CMakePackageConfigHelpers)

install(
  TARGETS partnership
  EXPORT partnership
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT Runtime NAMELINK_COMPONENT Development)

install(TARGETS partnership-verify RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT Runtime)

install(
  DIRECTORY "${PROJECT_SOURCE_DIR}/include/partnership"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  COMPONENT Development
  FILES_MATCHING
  PATTERN "*.h"
  PATTERN "*.hpp")
install(
  FILES "${PROJECT_BINARY_DIR}/libpartnership/generated/include/partnership/version.h"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/partnership"
  COMPONENT Development)

install(
  DIRECTORY "${PROJECT_SOURCE_DIR}/libpartnership/packs/"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/partnership"
  COMPONENT Development
  FILES_MATCHING
  PATTERN "*.json")

set(partnership_config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/partnership")
configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/partnershipConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/cmake/partnershipConfig.cmake"
  INSTALL_DESTINATION "${partnership_config_dir}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/cmake/partnershipConfigVersion.cmake"
  VERSION ${PROJECT_VERSION}
  COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/cmake/partnershipConfig.cmake"
        "${PROJECT_BINARY_DIR}/cmake/partnershipConfigVersion.cmake"
  DESTINATION "${partnership_config_dir}"
  COMPONENT Development)
install(
  EXPORT partnership
  NAMESPACE partnership::
  FILE partnershipTargets.cmake
  DESTINATION "${partnership_config_dir}"
  COMPONENT Development)

# The .pc finds its prefix from where it lies. No Requires.private: pkg-config would then ask for
# the .pc files of our own dependencies even for --cflags, and the shared library needs none.
set(partnership_pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
set(partnership_pc_root "/prefix")
cmake_path(ABSOLUTE_PATH partnership_pc_dir BASE_DIRECTORY "${partnership_pc_root}" OUTPUT_VARIABLE
           partnership_pc_absolute)
cmake_path(RELATIVE_PATH partnership_pc_root BASE_DIRECTORY "${partnership_pc_absolute}"
           OUTPUT_VARIABLE partnership_pc_up)
configure_file("${CMAKE_CURRENT_LIST_DIR}/partnership.pc.in"
               "${PROJECT_BINARY_DIR}/cmake/partnership.pc" @ONLY)
install(
  FILES "${PROJECT_BINARY_DIR}/cmake/partnership.pc"
  DESTINATION "${partnership_pc_dir}"
  COMPONENT Development)

install(
  FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/NOTICE"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  COMPONENT Runtime)
