# SPDX-License-Identifier: Apache-2.0
# Each third-party library lives in one room; see CONTRIBUTING.md.
find_package(PkgConfig REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED COMPONENTS date_time) # base
find_package(ICU REQUIRED COMPONENTS uc i18n) # base
find_package(simdjson CONFIG REQUIRED) # base
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle>=3.8 nettle<4) # base; 4 digests otherwise
find_package(SQLiteCpp CONFIG REQUIRED) # platform
