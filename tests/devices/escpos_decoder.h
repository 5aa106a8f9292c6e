// Understands the ESC/POS that comes to a receipt printer and says what would be on the paper. Sans I/O: bytes in,
// events out, any split of the bytes gives the same events.
//
// The command set is the common part of Epson's ESC/POS reference and what the Chinese makes add (FS & and FS . for
// GB18030). Outside of Chinese mode the bytes mean what the code page of ESC t says. Commands that only set what is not
// shown (line spacing, margins of page mode) are read over; unknown ones become Unknown events, which the paper shows
// as bytes, and reading goes on behind them. At most 16 MiB wait for the rest of a command; more is thrown away as one
// Unknown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lanekeeper::devices {

enum class Align { left, centre, right };

struct TextRun {
  std::string text;  // UTF-8
  bool bold = false;
  bool underlined = false;
  bool inverted = false;
  int columns = 1;  // that each character takes: one byte one, two or four bytes (GB18030) two, whatever they show
  int width = 1;    // multiples, 1..8
  int height = 1;
};

struct TextLine {
  Align align = Align::left;
  std::vector<TextRun> runs;
};
struct Barcode {
  Align align = Align::left;
  int system =
      73;  // m of GS k, 65.. form: 65 UPC-A, 66 UPC-E, 67 EAN-13, 68 EAN-8, 69 CODE39, 70 ITF, 72 CODE93, 73 CODE128
  std::string data;  // what it reads as
  int height_dots = 162;
  int module_dots = 3;
  bool readable_below = false;
};
struct QrCode {
  Align align = Align::left;
  std::string data;
  int module_dots = 3;
};
struct Raster {
  Align align = Align::left;
  int width = 0;  // dots
  int height = 0;
  std::vector<bool> dots;  // row by row, true is black
};
struct Feed {
  int lines = 1;
};
struct Cut {};
struct DrawerPulse {
  int pin = 2;             // 2 or 5
  bool real_time = false;  // DLE DC4 1: carried out at once, whatever waits
};
struct DropBuffers {  // real-time: DLE DC4 8, DLE ENQ 1 and 2
  bool recovers = false;
};
struct StatusRequest {
  char kind = 'e';  // 'e': DLE EOT n, 'r': GS r n, 'a': GS a n, 'i': GS I n
  int n = 1;
};
struct Unknown {
  std::string bytes;
};
using PrinterEvent =
    std::variant<TextLine, Barcode, QrCode, Raster, Feed, Cut, DrawerPulse, DropBuffers, StatusRequest, Unknown>;

class EscPosDecoder {
 public:
  EscPosDecoder();
  // What these bytes complete. A command that is cut in the middle waits for its rest.
  [[nodiscard]] std::vector<PrinterEvent> feed(std::string_view bytes);
  // A line without its line feed, when the paper ends here.
  [[nodiscard]] std::vector<PrinterEvent> finish();
  [[nodiscard]] std::size_t waiting_bytes() const { return buffer_.size(); }

 private:
  enum class Step { done, need_more };
  [[nodiscard]] Step step(std::size_t& at);
  [[nodiscard]] Step escape(std::size_t& at);
  [[nodiscard]] Step bit_image(std::size_t& at);
  [[nodiscard]] Step group(std::size_t& at);
  [[nodiscard]] Step group_barcode(std::size_t& at);
  [[nodiscard]] Step group_function(std::size_t& at);
  [[nodiscard]] Step group_raster(std::size_t& at);
  [[nodiscard]] Step file(std::size_t& at);
  [[nodiscard]] Step data_link(std::size_t& at);
  [[nodiscard]] Step take(std::size_t& at, std::size_t length);  // read over
  [[nodiscard]] bool has(std::size_t at, std::size_t count) const { return buffer_.size() - at >= count; }
  [[nodiscard]] int byte(std::size_t at) const { return static_cast<unsigned char>(buffer_[at]); }
  void unknown(std::size_t at, std::size_t length);
  void initialise();
  void drop_line();  // with what sets its style
  void add_text(std::size_t at, std::size_t length, int columns);
  void add_replacement();  // for a byte that is no character
  [[nodiscard]] std::size_t chinese_length(std::size_t at) const;
  void end_run();
  void end_line();

  std::string buffer_;
  int code_page_ = 0;  // n of ESC t
  std::string raw_;    // bytes of the run that is being read, in the printer's encoding
  TextLine line_;
  TextRun style_;
  bool chinese_ = false;
  Align align_ = Align::left;
  int barcode_height_ = 162;
  int barcode_module_ = 3;
  bool barcode_readable_ = false;
  bool take_line_feed_after_band_ = false;  // it moves the paper past the band, not by a line of text
  std::string qr_data_;
  int qr_module_ = 3;
  std::vector<PrinterEvent> events_;
};

}  // namespace lanekeeper::devices
