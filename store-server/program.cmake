# The program puts the rooms together; its own files are included as "program/...".
lanekeeper_program(
  lanekeeper-server
  SOURCES
    main.cpp
    program/administration.cpp
    program/commands.cpp
    program/doctor.cpp
    program/logging.cpp
    program/metrics_token.cpp
    program/options.cpp
    program/private_file.cpp
    program/promotions.cpp
    program/rerate.cpp
    program/store.cpp
    program/store_keys.cpp
    program/store_server.cpp
  LINKS
    base
    http
    net
    ops
    push
    services
    storage
    CLI11::CLI11
    Threads::Threads)
target_include_directories(lanekeeper-server PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
