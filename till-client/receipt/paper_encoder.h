// Laid-out paper as ESC/POS. Pure.
//
// Commands used, all of the common subset that Epson's ESC/POS reference describes and the Chinese makes follow:
// ESC @ (initialise), FS & (GB18030 on), ESC a, ESC E, ESC - and FS - (underlined), GS ! (size), GS B (white on black),
// GS H/f/h/w/k 73 (CODE128), GS ( k (QR), GS v 0 (picture), GS V 65 and 66 (feed and cut), ESC d (feed).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "receipt/bitmap.h"
#include "receipt_template/layout.h"

namespace lanekeeper::till {

enum class PaperCut {
  partial,  // a bridge of paper holds
  full,
  none,  // the printer has no knife: fed far enough to be torn off
};

struct PaperEncoding {
  // How a line looks, for printers without Chinese characters: every line that is not plain ASCII goes out as this
  // picture, and nothing of Chinese is commanded. Empty: the printer has its own characters.
  std::function<Bitmap(const receipt_template::PaperLine&)> drawn_line;
  std::map<std::string, Bitmap> images;  // by name; what is not here is left out
  PaperCut cut = PaperCut::partial;
};

[[nodiscard]] std::string escpos_of(const std::vector<receipt_template::PaperElement>& paper,
                                    const PaperEncoding& encoding = {});

// A picture: GS v 0. Empty for an empty or damaged bitmap.
[[nodiscard]] std::string escpos_picture(const Bitmap& bitmap);

}  // namespace lanekeeper::till
