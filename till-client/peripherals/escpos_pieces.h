// Cuts a print job into pieces that end between two commands, so that a question may go between them. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace lanekeeper::till {

// Pieces of at least `least` bytes; what begins with the last paper cut is a piece of its own, the last one. Behind a
// command that is not known here everything is one piece. Together the pieces are the job.
[[nodiscard]] std::vector<std::string_view> escpos_pieces(std::string_view job, std::size_t least);

}  // namespace lanekeeper::till
