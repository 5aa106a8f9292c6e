// The tokens of the design language (docs/design.md) as one value, and the fonts. All sizes in this room are design
// pixels: pixels at scale 1.0. A control converts them with px(); what is painted through a Painter is scaled by it.
//
// wx main thread only.
#pragma once

#include <wx/colour.h>
#include <wx/font.h>
#include <wx/string.h>

namespace lanekeeper::widgets {

enum class Weight { regular, bold };

struct Theme {
  // Contrast figures stand in the design language; text never uses a pair that is not listed there.
  wxColour ink{0x16, 0x20, 0x2A};
  wxColour ink_secondary{0x3F, 0x4C, 0x57};
  wxColour ink_quiet{0x58, 0x65, 0x70};  // notes, labels, disabled text
  wxColour edge{0x7D, 0x89, 0x93};       // of anything that can be pressed
  wxColour line{0xCD, 0xD5, 0xDB};       // row rules, decoration only
  wxColour background{0xEB, 0xEF, 0xF2};
  wxColour quiet_fill{0xF4, 0xF6, 0xF8};
  wxColour off{0xDD, 0xE3, 0xE8};  // heads and disabled
  wxColour off_edge{0xA9, 0xB4, 0xBD};
  wxColour panel{0xFF, 0xFF, 0xFF};
  wxColour accent{0x0B, 0x57, 0xA4};
  wxColour accent_tint{0xE4, 0xEF, 0xFA};
  wxColour amber{0xFF, 0xB8, 0x1C};  // always with ink text
  wxColour amber_tint{0xFF, 0xF1, 0xCF};
  wxColour amber_ink{0x6B, 0x42, 0x00};
  wxColour amber_hatch{0xFF, 0xE3, 0xA3};
  wxColour red{0xB3, 0x26, 0x1E};
  wxColour red_tint{0xFC, 0xE8, 0xE6};
  wxColour pressed{0xC9, 0xD2, 0xD9};
  // On ink (status bar, due block, sidebar).
  wxColour on_ink{0xFF, 0xFF, 0xFF};
  wxColour on_ink_quiet{0xC9, 0xD2, 0xD9};
  wxColour on_ink_saving{0x9C, 0xC8, 0xF5};
  wxColour on_ink_waiting{0xFF, 0xD3, 0x7A};
  wxColour on_ink_rule{0x4A, 0x58, 0x64};
  wxColour on_ink_selected{0x2A, 0x37, 0x43};

  double radius = 6;
  double tag_radius = 4;
  int gap = 8;             // between panels
  int key_gap = 6;         // between keys
  int key_group_gap = 14;  // between the three groups of function keys
  int status_bar_height = 40;
  int state_band_height = 64;
  int banner_height = 104;
  int banner_height_small = 92;
  int line_row_height = 46;
  int entry_height = 60;
  int function_row_height = 72;
  int pay_key_height = 72;
  int tab_height = 48;

  // 1.0 to 1.4, see "Adapting" in the design language; set once before the first window.
  double scale = 1.0;
  // How much larger than designed a text may be where there is room for it; boxes and keys stay as they are.
  double text_scale = 1.0;
};

[[nodiscard]] const Theme& theme();
void set_scale(double scale);       // held to 1.0 .. 1.4
void set_text_scale(double scale);  // held to 1.0 .. 1.3; what shows is to be painted again

// Noto Sans CJK SC by em size in design pixels (CSS px). Made by point size: a wx font by pixel size means line height.
[[nodiscard]] const wxFont& font(int em_px, Weight weight = Weight::regular);
// Noto Sans Mono CJK SC, for previews of receipts.
[[nodiscard]] const wxFont& mono_font(int em_px);
// The same for native controls (text fields, data views), with the theme's scale.
[[nodiscard]] wxFont native_font(int em_px, Weight weight = Weight::regular);

}  // namespace lanekeeper::widgets
