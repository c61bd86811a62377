# SPDX-License-Identifier: Apache-2.0
# partnership_test(), partnership_fuzzer() and partnership_benchmark(), and what every test may rely
# on: PSHIP_SOURCE_DIR, and PSHIP_SHARED where material that is not part of the project lies beside
# it (a test that needs it skips where it is absent). With PSHIP_LONG=1 in ctest's own environment
# tests may take long, and their time limit is thirty times as long.
include(GoogleTest)

set(PARTNERSHIP_TEST_ENVIRONMENT
    "PSHIP_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
    "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:allocator_may_return_null=1"
    "UBSAN_OPTIONS=print_stacktrace=1"
    "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1")
cmake_path(GET PROJECT_SOURCE_DIR PARENT_PATH partnership_beside)
if(IS_DIRECTORY "${partnership_beside}/shared")
  list(APPEND PARTNERSHIP_TEST_ENVIRONMENT "PSHIP_SHARED=${partnership_beside}/shared")
endif()

# partnership_test(NAME SOURCES a.cpp b.cpp [LIBRARIES ...] [TIMEOUT seconds] [SHARED])
# One program of several files, linked with the static core (so that the inside can be tested), or
# with SHARED with the shared library and its public headers alone, and GoogleMock's main. Its cases are registered when ctest starts: building never runs a program.
function(partnership_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SHARED" "TIMEOUT" "SOURCES;LIBRARIES")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
    message(FATAL_ERROR "partnership_test(${name} SOURCES ... [LIBRARIES ...] [TIMEOUT seconds] [SHARED])")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(PARTNERSHIP_SANITIZE)
    math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 5")
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(
    ${name} PRIVATE $<IF:$<BOOL:${arg_SHARED}>,partnership::partnership,partnership_core>
                    ${arg_LIBRARIES} GTest::gmock_main partnership_flags)
  # Tests are compiled more often than they run; what they test keeps its own level.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  gtest_discover_tests(
    ${name}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    TEST_LIST ${name}_cases
    PROPERTIES TIMEOUT ${arg_TIMEOUT})
  # A list does not survive gtest_discover_tests(PROPERTIES), so the environment is set afterwards.
  set(environment_file "${CMAKE_CURRENT_BINARY_DIR}/${name}_environment.cmake")
  file(
    CONFIGURE
    OUTPUT "${environment_file}"
    CONTENT
      [[if(@name@_cases)
  set_tests_properties(${@name@_cases} PROPERTIES ENVIRONMENT "@PARTNERSHIP_TEST_ENVIRONMENT@")
  if("$ENV{PSHIP_LONG}")
    math(EXPR long_timeout "@arg_TIMEOUT@ * 30")
    set_tests_properties(${@name@_cases} PROPERTIES TIMEOUT ${long_timeout})
  endif()
endif()
]]
    @ONLY)
  set_property(
    DIRECTORY
    APPEND
    PROPERTY TEST_INCLUDE_FILES "${environment_file}")
endfunction()

# partnership_fuzzer(NAME SOURCES a.cpp [CORPUS folder])
# A harness with LLVMFuzzerTestOneInput. Under PARTNERSHIP_FUZZERS it becomes a libFuzzer program in
# build/fuzz/fuzz; otherwise an ordinary test replays its corpus (corpus/NAME beside the harness
# unless said otherwise), cut short and with bytes changed, always in the same way.
function(partnership_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES")
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
    message(FATAL_ERROR "partnership_fuzzer(${name} SOURCES ... [CORPUS folder])")
  endif()
  if(NOT arg_CORPUS)
    set(arg_CORPUS "corpus/${name}")
  endif()
  cmake_path(ABSOLUTE_PATH arg_CORPUS BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name} PRIVATE partnership_core partnership_flags)
  if(PARTNERSHIP_FUZZERS)
    set(folder "${PROJECT_BINARY_DIR}/fuzz")
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${folder}")
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    file(CONFIGURE OUTPUT "${folder}/${name}.corpus" CONTENT "@arg_CORPUS@" @ONLY)
    add_dependencies(fuzzers ${name})
  else()
    target_sources(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests/support/replay_main.cpp")
    add_test(NAME replay.${name} COMMAND ${name} "${arg_CORPUS}")
    set_tests_properties(replay.${name} PROPERTIES TIMEOUT 600 ENVIRONMENT
                                                   "${PARTNERSHIP_TEST_ENVIRONMENT}")
  endif()
endfunction()

# partnership_benchmark(NAME a.cpp b.cpp ...)
# A program of Google Benchmark in build/<preset>/benchmarks/bin. It also runs for 10 ms a case as a
# test, so that it never rots; no test ever looks at the time.
function(partnership_benchmark name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE partnership_core benchmark::benchmark_main
                                        partnership_flags)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                           "${PROJECT_BINARY_DIR}/benchmarks/bin")
  add_dependencies(benchmarks ${name})
  if(PARTNERSHIP_TESTS)
    add_test(NAME smoke.${name} COMMAND ${name} --benchmark_min_time=0.01
                                        --benchmark_filter=-100000)
    set_tests_properties(smoke.${name} PROPERTIES TIMEOUT 300 LABELS benchmark ENVIRONMENT
                                                  "${PARTNERSHIP_TEST_ENVIRONMENT}")
  endif()
endfunction()
