// Reads the ESC/POS of a receipt back, command by command; anything it does not know fails the test. Written against
// Epson's command reference, not against our writer.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace lanekeeper::till::test {

struct PrintedLine {
  std::string text;  // UTF-8, blanks at the end cut off
  bool twice = false;
  bool bold = false;
  bool centered = false;
};

struct PrintedReceipt {
  std::vector<PrintedLine> lines;
  std::string barcode;
  bool cut = false;

  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const auto& line : lines) out.push_back(line.text);
    return out;
  }
  [[nodiscard]] const PrintedLine& line_with(std::string_view start) const {
    for (const auto& line : lines) {
      if (line.text.find(start) != std::string::npos) return line;
    }
    throw std::out_of_range("no line with " + std::string(start));
  }
};

inline std::string from_gb18030(const std::string& bytes) {
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), "gb18030");
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

class ReceiptReader {
 public:
  explicit ReceiptReader(std::string_view bytes) : rest_(bytes) {}

  PrintedReceipt read() {
    while (!rest_.empty()) step();
    if (!text_.empty()) throw std::runtime_error("text without a line end");
    return std::move(receipt_);
  }

 private:
  unsigned char take() {
    if (rest_.empty()) throw std::runtime_error("the bytes end inside a command");
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  void expect(unsigned char byte) {
    if (take() != byte) throw std::runtime_error("an unexpected byte inside a command");
  }

  void step() {
    const auto byte = take();
    switch (byte) {
      case 0x1b:
        return escape();
      case 0x1c:
        return expect('&');
      case 0x1d:
        return group();
      case '\n':
        return end_line();
      default:
        if (byte < 0x20) throw std::runtime_error("an unknown control character");
        text_ += static_cast<char>(byte);
        // The second and fourth bytes of GB18030 characters are never control characters.
    }
  }

  void escape() {
    switch (take()) {
      case '@':
        line_ = {};
        return;
      case 'a':
        line_.centered = take() == 1;
        return;
      case 'E':
        line_.bold = (take() & 1) != 0;
        return;
      default:
        throw std::runtime_error("an unknown ESC command");
    }
  }

  void group() {
    switch (take()) {
      case '!':
        line_.twice = take() == 0x11;
        return;
      case 'H':
      case 'f':
      case 'h':
      case 'w':
        take();
        return;
      case 'V':
        expect(66);
        take();
        receipt_.cut = true;
        return;
      case 'k':
        return barcode();
      default:
        throw std::runtime_error("an unknown GS command");
    }
  }

  void barcode() {
    expect(73);
    int length = take();
    expect('{');
    expect('C');
    for (length -= 2; length > 0; --length) {
      const int pair = take();
      if (pair > 99) throw std::runtime_error("no pair of digits");
      receipt_.barcode += static_cast<char>('0' + pair / 10);
      receipt_.barcode += static_cast<char>('0' + pair % 10);
    }
  }

  void end_line() {
    PrintedLine line = line_;
    line.text = from_gb18030(text_);
    const auto last = line.text.find_last_not_of(' ');
    line.text.resize(last == std::string::npos ? 0 : last + 1);
    receipt_.lines.push_back(std::move(line));
    text_.clear();
  }

  std::string_view rest_;
  std::string text_;
  PrintedLine line_;
  PrintedReceipt receipt_;
};

inline PrintedReceipt read_receipt(std::string_view bytes) {
  return ReceiptReader(bytes).read();
}

}  // namespace lanekeeper::till::test
