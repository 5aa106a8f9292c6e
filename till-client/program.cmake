lanekeeper_program(lanekeeper-till WX SOURCES main.cpp running_till.cpp stop_signals.cpp window_memory.cpp LINKS base i18n net lane cache link peripherals raster receipt
                   console till_ui CLI11::CLI11)
target_include_directories(lanekeeper-till PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
