#include "escpos_decoder.h"

#include <algorithm>
#include <array>
#include <optional>

#include "code_pages.h"

namespace lanekeeper::devices {
namespace {

constexpr char esc = 0x1b;
constexpr char gs = 0x1d;
constexpr char fs = 0x1c;
constexpr char dle = 0x10;

constexpr std::size_t most_waiting_bytes = 16 * 1024 * 1024;

// Parameters behind a two-byte command whose effect does not show on our paper.
std::optional<std::size_t> escape_parameters(char command) {
  switch (command) {
    case '2':
    case 'L':
    case 'S':
    case 'i':
    case 'm':
    case '<':
    case 'v':
    case 0x0c:
      return 0;
    case '3':
    case 'J':
    case 'K':
    case 'M':
    case 'R':
    case 'V':
    case '{':
    case ' ':
    case '=':
    case 'r':
    case 'T':
    case 'e':
    case 'u':
    case 'G':
    case 'U':
    case '%':
      return 1;
    case 'c':
    case '$':
    case '\\':
    case 'B':
    case 'C':
      return 2;
    case 'W':
      return 8;
    default:
      return std::nullopt;
  }
}

std::optional<std::size_t> group_parameters(char command) {
  switch (command) {
    case ':':
    case 0x0c:
      return 0;
    case 'f':
    case 'b':
    case '/':
    case 'T':
    case 'c':
      return 1;
    case 'L':
    case 'W':
    case 'P':
    case '$':
    case '\\':
      return 2;
    case '^':
      return 3;
    default:
      return std::nullopt;
  }
}

// CODE128 in the printer's notation ("{B" and "{C" choose the set, "{{" is a brace) as the text it reads as.
std::string code128_text(std::string_view data) {
  std::string out;
  char set = 'B';
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] == '{' && i + 1 < data.size()) {
      ++i;
      if (data[i] == 'A' || data[i] == 'B' || data[i] == 'C') set = data[i];
      if (data[i] == '{') out += '{';
      continue;
    }
    const int value = static_cast<unsigned char>(data[i]);
    if (set == 'C') {
      out += static_cast<char>('0' + value / 10 % 10);
      out += static_cast<char>('0' + value % 10);
    } else {
      out += data[i];
    }
  }
  return out;
}

}  // namespace

EscPosDecoder::EscPosDecoder() {
  initialise();
}

void EscPosDecoder::initialise() {
  style_ = {};
  chinese_ = false;
  code_page_ = 0;
  align_ = Align::left;
  barcode_height_ = 162;
  barcode_module_ = 3;
  barcode_readable_ = false;
  qr_module_ = 3;
  take_line_feed_after_band_ = false;
}

void EscPosDecoder::add_text(std::size_t at, std::size_t length, int columns) {
  if (columns != style_.columns) end_run();
  style_.columns = columns;
  raw_.append(buffer_, at, length);
}

void EscPosDecoder::add_replacement() {
  end_run();
  style_.columns = 1;
  line_.runs.push_back(style_);
  line_.runs.back().text = "\xef\xbf\xbd";
}

// Bytes of the GB18030 character that begins here with a byte from 0x81 on; 1: it is none; 0: more bytes are needed.
std::size_t EscPosDecoder::chinese_length(std::size_t at) const {
  const auto is_digit = [](int value) { return value >= 0x30 && value <= 0x39; };
  if (byte(at) == 0xff || byte(at) == 0x80) return 1;
  if (!has(at, 2)) return 0;
  const int second = byte(at + 1);
  if (second >= 0x40 && second != 0x7f && second != 0xff) return 2;
  if (!is_digit(second)) return 1;
  if (!has(at, 4)) return 0;
  return byte(at + 2) >= 0x81 && byte(at + 2) != 0xff && is_digit(byte(at + 3)) ? 4 : 1;
}

void EscPosDecoder::end_run() {
  if (raw_.empty()) return;
  TextRun run = style_;
  run.text = to_utf8_from(chinese_ ? "gb18030" : code_page_name(code_page_), raw_);
  raw_.clear();
  line_.runs.push_back(std::move(run));
}

void EscPosDecoder::end_line() {
  end_run();
  line_.align = align_;
  events_.emplace_back(std::move(line_));
  line_ = {};
}

void EscPosDecoder::unknown(std::size_t at, std::size_t length) {
  events_.emplace_back(Unknown{buffer_.substr(at, length)});
}

std::vector<PrinterEvent> EscPosDecoder::feed(std::string_view bytes) {
  buffer_ += bytes;
  std::size_t at = 0;
  while (at < buffer_.size() && step(at) == Step::done) {
  }
  buffer_.erase(0, at);
  if (buffer_.size() > most_waiting_bytes) {
    unknown(0, 2);
    buffer_.clear();
  }
  return std::exchange(events_, {});
}

std::vector<PrinterEvent> EscPosDecoder::finish() {
  end_run();
  if (!line_.runs.empty()) end_line();
  return std::exchange(events_, {});
}

void EscPosDecoder::drop_line() {
  raw_.clear();
  line_ = {};
  initialise();
}

EscPosDecoder::Step EscPosDecoder::take(std::size_t& at, std::size_t length) {
  if (!has(at, length)) return Step::need_more;
  at += length;
  return Step::done;
}

EscPosDecoder::Step EscPosDecoder::step(std::size_t& at) {
  const char c = buffer_[at];
  switch (c) {
    case '\n':
      if (!std::exchange(take_line_feed_after_band_, false) || !raw_.empty() || !line_.runs.empty()) end_line();
      return take(at, 1);
    case '\r':
      return take(at, 1);
    case '\t':
      // Tab stops stand at every eighth column unless ESC D says otherwise; one blank keeps the words apart.
      end_run();
      raw_ = " ";
      style_.columns = 1;
      return take(at, 1);
    case '\0':  // padding
      return take(at, 1);
    case esc:
      return escape(at);
    case gs:
      return group(at);
    case fs:
      return file(at);
    case dle:
      return data_link(at);
    default:
      break;
  }
  if (static_cast<unsigned char>(c) < 0x20) {
    unknown(at, 1);
    return take(at, 1);
  }
  // A character of several bytes is taken whole, or its second byte could look like a command.
  if (chinese_ && static_cast<unsigned char>(c) >= 0x80) {
    const std::size_t length = chinese_length(at);
    if (length == 0) return Step::need_more;
    if (length == 1) {
      add_replacement();
    } else {
      add_text(at, length, 2);
    }
    return take(at, length);
  }
  add_text(at, 1, 1);
  return take(at, 1);
}

EscPosDecoder::Step EscPosDecoder::escape(std::size_t& at) {
  if (!has(at, 2)) return Step::need_more;
  const char command = buffer_[at + 1];
  if (command == '@') {
    end_run();
    initialise();
    return take(at, 2);
  }
  if (command == 'D') {  // tab stops, ended by NUL
    const auto end = buffer_.find('\0', at + 2);
    return end == std::string::npos ? Step::need_more : take(at, end + 1 - at);
  }
  if (command == 'i' || command == 'm') {
    end_run();
    events_.emplace_back(Cut{});
    return take(at, 2);
  }
  if (command == '*') return bit_image(at);
  if (command == 'p') {
    if (!has(at, 5)) return Step::need_more;
    events_.emplace_back(DrawerPulse{(byte(at + 2) & 1) == 0 ? 2 : 5});
    return take(at, 5);
  }
  if (!has(at, 3)) {
    if (const auto parameters = escape_parameters(command); parameters == 0U) return take(at, 2);
    return Step::need_more;
  }
  const int n = byte(at + 2);
  switch (command) {
    case 'a':
      end_run();
      align_ = (n & 3) == 1 ? Align::centre : (n & 3) == 2 ? Align::right : Align::left;
      return take(at, 3);
    case 'E':
      end_run();
      style_.bold = (n & 1) != 0;
      return take(at, 3);
    case 't':
      end_run();
      code_page_ = n;
      return take(at, 3);
    case '-':
      end_run();
      style_.underlined = (n & 3) != 0;
      return take(at, 3);
    case '!':
      end_run();
      style_.bold = (n & 0x08) != 0;
      style_.height = (n & 0x10) != 0 ? 2 : 1;
      style_.width = (n & 0x20) != 0 ? 2 : 1;
      style_.underlined = (n & 0x80) != 0;
      return take(at, 3);
    case 'd':
      if (!raw_.empty() || !line_.runs.empty()) end_line();
      events_.emplace_back(Feed{n});
      return take(at, 3);
    default:
      break;
  }
  if (const auto parameters = escape_parameters(command)) return take(at, 2 + *parameters);
  unknown(at, 2);
  return take(at, 2);
}

// A band of a picture, column by column: 8 or 24 dots high. Densities differ across; the dots are shown as they are.
EscPosDecoder::Step EscPosDecoder::bit_image(std::size_t& at) {
  if (!has(at, 5)) return Step::need_more;
  const int bytes_down = byte(at + 2) >= 32 ? 3 : 1;
  const int width = byte(at + 3) + 256 * byte(at + 4);
  const auto length = static_cast<std::size_t>(width) * static_cast<std::size_t>(bytes_down);
  if (!has(at, 5 + length)) return Step::need_more;
  const int height = bytes_down * 8;
  Raster band{align_, width, height, std::vector<bool>(static_cast<std::size_t>(width * height))};
  for (int column = 0; column < width; ++column) {
    for (int row = 0; row < height; ++row) {
      const int bits = byte(at + 5 + static_cast<std::size_t>(column * bytes_down + row / 8));
      band.dots[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)] =
          (bits >> (7 - row % 8) & 1) != 0;
    }
  }
  end_run();
  events_.emplace_back(std::move(band));
  take_line_feed_after_band_ = line_.runs.empty();
  return take(at, 5 + length);
}

EscPosDecoder::Step EscPosDecoder::group(std::size_t& at) {
  if (!has(at, 2)) return Step::need_more;
  const char command = buffer_[at + 1];
  if (command == 'k') return group_barcode(at);
  if (command == '(') return group_function(at);
  if (command == 'v') return group_raster(at);
  if (const auto parameters = group_parameters(command); parameters == 0U) return take(at, 2);
  if (!has(at, 3)) return Step::need_more;
  const int n = byte(at + 2);
  switch (command) {
    case '!':
      end_run();
      style_.width = (n >> 4 & 7) + 1;
      style_.height = (n & 7) + 1;
      return take(at, 3);
    case 'B':
      end_run();
      style_.inverted = (n & 1) != 0;
      return take(at, 3);
    case 'H':
      barcode_readable_ = (n & 3) != 0;
      return take(at, 3);
    case 'h':
      barcode_height_ = std::max(n, 1);
      return take(at, 3);
    case 'w':
      barcode_module_ = std::clamp(n, 1, 8);
      return take(at, 3);
    case 'V': {
      const std::size_t length = n >= 65 ? 4 : 3;
      if (!has(at, length)) return Step::need_more;
      if (!raw_.empty() || !line_.runs.empty()) end_line();
      events_.emplace_back(Cut{});
      return take(at, length);
    }
    case 'r':
    case 'a':
    case 'I':
      events_.emplace_back(StatusRequest{command == 'I' ? 'i' : command, n});
      return take(at, 3);
    case '*':  // a picture to keep: x * y * 8 bytes
      if (!has(at, 4)) return Step::need_more;
      return take(at, 4 + static_cast<std::size_t>(n * byte(at + 3) * 8));
    default:
      break;
  }
  if (const auto parameters = group_parameters(command)) return take(at, 2 + *parameters);
  unknown(at, 2);
  return take(at, 2);
}

EscPosDecoder::Step EscPosDecoder::group_barcode(std::size_t& at) {
  if (!has(at, 4)) return Step::need_more;
  Barcode code;
  code.system = byte(at + 2);
  std::size_t length = 0;
  std::string data;
  if (code.system <= 6) {  // ended by NUL
    const auto end = buffer_.find('\0', at + 3);
    if (end == std::string::npos) return Step::need_more;
    data = buffer_.substr(at + 3, end - at - 3);
    length = end + 1 - at;
    code.system += 65;
  } else {
    length = 4 + static_cast<std::size_t>(byte(at + 3));
    if (!has(at, length)) return Step::need_more;
    data = buffer_.substr(at + 4, length - 4);
  }
  code.data = code.system == 73 ? code128_text(data) : data;
  code.align = align_;
  code.height_dots = barcode_height_;
  code.module_dots = barcode_module_;
  code.readable_below = barcode_readable_;
  events_.emplace_back(std::move(code));
  return take(at, length);
}

EscPosDecoder::Step EscPosDecoder::group_function(std::size_t& at) {
  if (!has(at, 5)) return Step::need_more;
  const int low = byte(at + 3);
  const int high = byte(at + 4);
  const auto length = static_cast<std::size_t>(low) + 256 * static_cast<std::size_t>(high);
  if (!has(at, 5 + length)) return Step::need_more;
  if (buffer_[at + 2] == 'k' && length >= 2 && byte(at + 5) == 49) {  // QR code
    switch (byte(at + 6)) {
      case 67:
        if (length >= 3) qr_module_ = std::clamp(byte(at + 7), 1, 16);
        break;
      case 80:
        if (length >= 3) qr_data_ = buffer_.substr(at + 8, length - 3);
        break;
      case 81:
        events_.emplace_back(QrCode{align_, qr_data_, qr_module_});
        break;
      default:
        break;
    }
  }
  return take(at, 5 + length);
}

EscPosDecoder::Step EscPosDecoder::group_raster(std::size_t& at) {
  if (!has(at, 8)) return Step::need_more;
  const int bytes_across = byte(at + 4) + 256 * byte(at + 5);
  const int height = byte(at + 6) + 256 * byte(at + 7);
  const std::size_t length = static_cast<std::size_t>(bytes_across) * static_cast<std::size_t>(height);
  if (!has(at, 8 + length)) return Step::need_more;
  Raster raster{align_, bytes_across * 8, height, {}};
  raster.dots.reserve(length * 8);
  for (std::size_t i = 0; i < length; ++i) {
    for (int bit = 7; bit >= 0; --bit) raster.dots.push_back((byte(at + 8 + i) >> bit & 1) != 0);
  }
  events_.emplace_back(std::move(raster));
  return take(at, 8 + length);
}

EscPosDecoder::Step EscPosDecoder::file(std::size_t& at) {
  if (!has(at, 2)) return Step::need_more;
  switch (buffer_[at + 1]) {
    case '&':
      end_run();
      chinese_ = true;
      return take(at, 2);
    case '.':
      end_run();
      chinese_ = false;
      return take(at, 2);
    case '!':
      if (!has(at, 3)) return Step::need_more;
      end_run();
      style_.width = (byte(at + 2) & 0x04) != 0 ? 2 : 1;
      style_.height = (byte(at + 2) & 0x08) != 0 ? 2 : 1;
      return take(at, 3);
    case '(':  // settings of characters, with their length
      if (!has(at, 5)) return Step::need_more;
      return take(at, 5 + static_cast<std::size_t>(byte(at + 3) + 256 * byte(at + 4)));
    case '-':
    case 'C':
    case 'W':
      return take(at, 3);
    case 'S':
    case 'p':
      return take(at, 4);
    default:
      unknown(at, 2);
      return take(at, 2);
  }
}

EscPosDecoder::Step EscPosDecoder::data_link(std::size_t& at) {
  if (!has(at, 2)) return Step::need_more;
  switch (buffer_[at + 1]) {
    case 0x04:
      if (!has(at, 3)) return Step::need_more;
      events_.emplace_back(StatusRequest{'e', byte(at + 2)});
      return take(at, 3);
    case 0x05:
      if (!has(at, 3)) return Step::need_more;
      drop_line();
      events_.emplace_back(DropBuffers{byte(at + 2) == 2});
      return take(at, 3);
    case 0x14:
      if (!has(at, 3)) return Step::need_more;
      if (byte(at + 2) == 8) {  // behind seven fixed bytes
        if (!has(at, 10)) return Step::need_more;
        drop_line();
        events_.emplace_back(DropBuffers{});
        return take(at, 10);
      }
      if (!has(at, 5)) return Step::need_more;
      if (byte(at + 2) == 1) events_.emplace_back(DrawerPulse{(byte(at + 3) & 1) == 0 ? 2 : 5, true});
      return take(at, 5);
    default:
      return take(at, 1);
  }
}

}  // namespace lanekeeper::devices
