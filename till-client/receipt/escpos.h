// Writes ESC/POS for an 80 mm printer: 48 columns of font A (12 x 24 dots), Chinese characters two columns wide in
// GB18030. Pure: text in, bytes out.
//
// Commands used, all of the common subset that Epson's ESC/POS reference describes and the Chinese makes follow:
// ESC @ (initialise), FS & (Chinese characters on), ESC a (alignment), ESC E (bold), GS ! (size), GS H/f/h/w/k 73
// (CODE128), GS V 66 (feed and cut), ESC p (drawer).
#pragma once

#include <string>
#include <string_view>

namespace lanekeeper::till {

class EscPosWriter {
 public:
  static constexpr int columns = 48;

  EscPosWriter();  // begins with initialise and Chinese characters on

  enum class Size { normal, twice };  // twice: double width and height, 24 columns

  // One line each. Control characters in the text become blanks: nothing that is printed can command the printer.
  void line(std::string_view text);
  void centered(std::string_view text, Size size = Size::normal, bool bold = false);
  // left ... right with blanks between; left is cut when both do not fit.
  void both(std::string_view left, std::string_view right, Size size = Size::normal, bool bold = false);
  void rule(char character);
  void feed(int lines);
  // CODE128 of an even number of digits in code set C, centred, with the digits below.
  void barcode(std::string_view digits);
  void cut();

  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void style(Size size, bool bold);
  void put(std::string_view utf8);
  std::string bytes_;
};

// The pulse that opens a cash drawer on connector pin 2.
[[nodiscard]] std::string drawer_pulse();

// GB18030 of a text, control characters as blanks.
[[nodiscard]] std::string to_gb18030(std::string_view utf8);

// left + blanks + right, exactly `columns` wide; left is cut when it must be.
[[nodiscard]] std::string spread(std::string_view left, std::string_view right, int columns);
// Blanks in front so that the text ends in the last column; the text is never cut.
[[nodiscard]] std::string pad_left(std::string_view text, int columns);

}  // namespace lanekeeper::till
