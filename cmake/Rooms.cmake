# A room is one folder and one static library. Other rooms reach its headers as "room/header.h", and only when their
# target links it: every room publishes an include root of its own (a link in the build tree), so an include that the
# plan forbids does not compile.
#
#   lanekeeper_room(money SOURCES money.cpp rate.cpp LINKS base [PRIVATE_LINKS SQLite::SQLite3] [WX])
#
# LINKS are rooms by their short names or any CMake target. The library is called lk_<room>.
function(lanekeeper_room name)
  cmake_parse_arguments(ARG "WX" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  set(target lk_${name})
  set(root ${CMAKE_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${root})
  if(NOT EXISTS ${root}/${name})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${name} SYMBOLIC)
  endif()
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    lanekeeper_flags(${target})
    if(ARG_WX)
      target_precompile_headers(${target} REUSE_FROM lk_pch_wx)
      target_link_libraries(${target} PUBLIC lanekeeper_wx)
    else()
      target_precompile_headers(${target} REUSE_FROM lk_pch)
    endif()
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${root})
  target_link_libraries(${target} ${scope} lanekeeper_common)
  foreach(link IN LISTS ARG_LINKS)
    lanekeeper_resolve(resolved ${link})
    target_link_libraries(${target} ${scope} ${resolved})
  endforeach()
  foreach(link IN LISTS ARG_PRIVATE_LINKS)
    lanekeeper_resolve(resolved ${link})
    target_link_libraries(${target} PRIVATE ${resolved})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY LANEKEEPER_ROOMS ${name})
endfunction()

# A short room name becomes its library; everything else is passed on as it is.
function(lanekeeper_resolve out name)
  if(name MATCHES "^[a-z][a-z0-9_]*$" AND NOT name MATCHES "^(lk_|lanekeeper_)" AND NOT TARGET ${name})
    set(${out} lk_${name} PARENT_SCOPE)
  else()
    set(${out} ${name} PARENT_SCOPE)
  endif()
endfunction()

function(lanekeeper_flags target)
  target_compile_options(
    ${target}
    PRIVATE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wconversion
            -Wno-sign-conversion
            -Wimplicit-fallthrough
            -Werror)
  # GCC 12 finds these in inlined code of its own library and of Asio's coroutines once it optimises, falsely (GCC bugs
  # 105329, 105651, 104336).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND (NOT CMAKE_BUILD_TYPE STREQUAL "Debug" OR LANEKEEPER_SANITIZE_ADDRESS
                                               OR LANEKEEPER_SANITIZE_THREAD))
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
                                             -Wno-stringop-overread -Wno-mismatched-new-delete -Wno-maybe-uninitialized)
  endif()
endfunction()

# A program: build/<preset>/bin/<name>.
function(lanekeeper_program name)
  cmake_parse_arguments(ARG "WX" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  lanekeeper_flags(${name})
  # The precompiled headers are built as for a library; a program has to be built alike to use them.
  target_compile_options(${name} PRIVATE -fPIC)
  if(ARG_WX)
    target_precompile_headers(${name} REUSE_FROM lk_pch_wx)
    target_link_libraries(${name} PRIVATE lanekeeper_wx)
  else()
    target_precompile_headers(${name} REUSE_FROM lk_pch)
  endif()
  target_link_libraries(${name} PRIVATE lanekeeper_common)
  foreach(link IN LISTS ARG_LINKS)
    lanekeeper_resolve(resolved ${link})
    target_link_libraries(${name} PRIVATE ${resolved})
  endforeach()
endfunction()

# A GoogleTest program. LABEL quick: part of `./lanekeeper test quick`; full: only of the whole suite.
function(lanekeeper_test name)
  cmake_parse_arguments(ARG "WX" "LABEL;TIMEOUT" "SOURCES;LINKS" ${ARGN})
  if(NOT BUILD_TESTING)
    return()
  endif()
  if(NOT ARG_LABEL)
    set(ARG_LABEL quick)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set(wx)
  if(ARG_WX)
    set(wx WX)
  endif()
  lanekeeper_program(${name} ${wx} SOURCES ${ARG_SOURCES} LINKS ${ARG_LINKS} GTest::gmock GTest::gtest
                     GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
endfunction()
