// The command line of members and recalls.
#pragma once

#include <CLI/CLI.hpp>

#include "program/options.h"

namespace lanekeeper::server {

// members import FILE | list [--after N] | show N; recalls add GTIN [--batch B] [--note TEXT] | lift GTIN [--batch B] |
// list. status becomes what the program ends with.
void add_member_commands(CLI::App& app, const Options& options, int& status);
// staff member --number N --member CARD | --none
void add_staff_member_command(CLI::App& staff, const Options& options, int& status);
void add_recall_commands(CLI::App& app, const Options& options, int& status);

}  // namespace lanekeeper::server
