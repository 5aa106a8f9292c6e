// The shop's logo for the head of its receipts, from a PNG file.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "receipt/bitmap.h"

namespace lanekeeper::till {

inline constexpr std::uintmax_t most_logo_bytes = 2 * 1024 * 1024;  // of the file
inline constexpr int most_logo_pixels = 4096;                       // across and down
inline constexpr int tallest_logo_dots = 320;                       // on paper: 4 cm

// Black dots on white paper: what is transparent is white, grey is scattered (Floyd-Steinberg). A larger picture is
// made smaller until it fits the width and tallest_logo_dots; a smaller one stays as it is. Reads the file within the
// call. logo.missing, logo.too_large, logo.not_png, logo.damaged; details: path.
[[nodiscard]] Result<Bitmap> load_logo(const std::filesystem::path& path, int paper_dots);

}  // namespace lanekeeper::till
