lanekeeper_program(lanekeeper-backoffice WX SOURCES main.cpp LINKS base i18n net model office_ui CLI11::CLI11)
