#include "receipt/paper_encoder.h"

#include <algorithm>

#include "base/text.h"
#include "receipt/escpos.h"

namespace lanekeeper::till {

namespace {

using receipt_template::Align;
using receipt_template::PaperLine;
using receipt_template::QrCode;
using receipt_template::Style;

constexpr char esc = '\x1b';
constexpr char gs = '\x1d';
constexpr char fs = '\x1c';
constexpr std::size_t longest_barcode = 250;
constexpr char lines_to_tear = 5;  // from the printing head to the edge

bool is_ascii(const PaperLine& line) {
  return std::all_of(line.runs.begin(), line.runs.end(), [](const auto& run) {
    return std::all_of(run.text.begin(), run.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  });
}

char low(std::size_t number) {
  return static_cast<char>(number & 0xff);
}
char high(std::size_t number) {
  return static_cast<char>(number >> 8 & 0xff);
}

// CODE128: pairs of digits in set C, anything else in set B, in the printer's notation.
std::string code128(std::string_view data) {
  std::string out;
  if (data.size() % 2 == 0 && is_ascii_digits(data)) {
    out = "{C";
    for (std::size_t i = 0; i < data.size(); i += 2) {
      out += static_cast<char>((data[i] - '0') * 10 + (data[i + 1] - '0'));
    }
    return out;
  }
  out = "{B";
  for (const char c : data) {
    if (c == '{') out += '{';
    out += c;
  }
  return out;
}

class Encoder {
 public:
  explicit Encoder(const PaperEncoding& encoding) : encoding_(encoding) {
    bytes_ = {esc, '@'};
    if (has_chinese()) bytes_ += {fs, '&'};
  }

  void operator()(const PaperLine& line) {
    if (!has_chinese() && !is_ascii(line)) {
      bytes_ += escpos_picture(encoding_.drawn_line(line));
      return;
    }
    if (line.align == Align::centre) align(1);
    for (const auto& run : line.runs) {
      set(run.style);
      bytes_ += to_gb18030(run.text);
    }
    bytes_ += '\n';
    set({});
    if (line.align == Align::centre) align(0);
  }

  void operator()(const receipt_template::Barcode& code) {
    const std::string data = code128(code.data);
    if (data.size() > longest_barcode) return;
    align(1);
    bytes_ += {gs, 'H', static_cast<char>(code.text_below ? 2 : 0), gs, 'f', 0};
    bytes_ += {gs, 'h', low(static_cast<std::size_t>(code.height_dots)), gs, 'w', static_cast<char>(code.module_dots)};
    bytes_ += {gs, 'k', 73, low(data.size())};
    bytes_ += data;
    align(0);
  }

  void operator()(const QrCode& code) {
    align(1);
    qr_function(65, std::string{50, 0});  // model 2
    qr_function(67, std::string(1, static_cast<char>(code.module_dots)));
    qr_function(69, std::string(1, static_cast<char>('0' + static_cast<int>(code.level))));
    qr_function(80, "0" + code.data);
    qr_function(81, "0");
    align(0);
  }

  void operator()(const receipt_template::Image& image) {
    const auto found = encoding_.images.find(image.name);
    if (found == encoding_.images.end()) return;
    align(1);
    bytes_ += escpos_picture(found->second);
    align(0);
  }

  void operator()(const receipt_template::Cut&) {
    switch (encoding_.cut) {
      case PaperCut::partial:
        bytes_ += {gs, 'V', 66, 3};
        break;
      case PaperCut::full:
        bytes_ += {gs, 'V', 65, 3};
        break;
      case PaperCut::none:
        bytes_ += {esc, 'd', lines_to_tear};
        break;
    }
  }

  std::string take() { return std::move(bytes_); }

 private:
  [[nodiscard]] bool has_chinese() const { return !encoding_.drawn_line; }

  void align(char how) { bytes_ += {esc, 'a', how}; }

  void set(const Style& style) {
    if (style.bold != style_.bold) bytes_ += {esc, 'E', static_cast<char>(style.bold)};
    if (style.width != style_.width || style.height != style_.height) {
      bytes_ += {gs, '!', static_cast<char>((style.width - 1) * 16 + style.height - 1)};
    }
    if (style.underlined != style_.underlined) {
      bytes_ += {esc, '-', static_cast<char>(style.underlined)};
      if (has_chinese()) bytes_ += {fs, '-', static_cast<char>(style.underlined)};
    }
    if (style.inverted != style_.inverted) bytes_ += {gs, 'B', static_cast<char>(style.inverted)};
    style_ = style;
  }

  void qr_function(char function, std::string_view parameters) {
    const std::size_t length = parameters.size() + 2;
    bytes_ += {gs, '(', 'k', low(length), high(length), 49, function};
    bytes_ += parameters;
  }

  const PaperEncoding& encoding_;
  std::string bytes_;
  Style style_;
};

}  // namespace

std::string escpos_picture(const Bitmap& bitmap) {
  const auto across = static_cast<std::size_t>(std::max(bitmap.bytes_across(), 0));
  const auto down = static_cast<std::size_t>(std::max(bitmap.height, 0));
  if (across == 0 || down == 0 || across > 0xffff || down > 0xffff || bitmap.bits.size() != across * down) return {};
  std::string bytes = {gs, 'v', '0', 0, low(across), high(across), low(down), high(down)};
  bytes.append(bitmap.bits.begin(), bitmap.bits.end());
  return bytes;
}

std::string escpos_of(const std::vector<receipt_template::PaperElement>& paper, const PaperEncoding& encoding) {
  Encoder encoder(encoding);
  for (const auto& element : paper) std::visit(encoder, element);
  return encoder.take();
}

}  // namespace lanekeeper::till
