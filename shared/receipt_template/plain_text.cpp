#include "receipt_template/plain_text.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper::receipt_template {

namespace {

std::string blanks(int count) {
  return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

std::string centred(const std::string& text, int columns) {
  return blanks((columns - display_width(text)) / 2) + text;
}

struct Writer {
  int columns;
  std::vector<PreviewLine> out;

  void operator()(const PaperLine& line) {
    PreviewLine shown;
    for (const auto& run : line.runs) {
      shown.bold = shown.bold || run.style.bold;
      shown.height = std::max(shown.height, run.style.height);
      for (const char32_t c : to_utf32(run.text)) {
        shown.text += to_utf8(std::u32string_view(&c, 1));
        shown.text += blanks(display_width(c) * (run.style.width - 1));
      }
    }
    shown.text.erase(shown.text.find_last_not_of(' ') + 1);
    if (line.align == Align::centre) shown.text = blanks((columns - width_of(line)) / 2) + shown.text;
    shown.text.erase(shown.text.find_last_not_of(' ') + 1);
    out.push_back(std::move(shown));
  }
  void operator()(const Barcode& code) { symbol("[barcode " + code.data + "]"); }
  void operator()(const QrCode& code) { symbol("[QR " + code.data + "]"); }
  void operator()(const Image& image) { symbol("[" + image.name + "]"); }
  void operator()(const Cut&) { out.push_back({std::string(static_cast<std::size_t>(columns), '='), false, 1, true}); }

  void symbol(const std::string& text) {
    out.push_back({centred(truncate_to_width(text, columns), columns), false, 1, true});
  }
};

}  // namespace

std::vector<PreviewLine> preview(const std::vector<PaperElement>& paper, int columns) {
  Writer writer{columns, {}};
  for (const auto& element : paper) std::visit(writer, element);
  return std::move(writer.out);
}

std::string plain_text(const std::vector<PaperElement>& paper, int columns) {
  std::string text;
  for (const auto& line : preview(paper, columns)) text += line.text + "\n";
  return text;
}

}  // namespace lanekeeper::receipt_template
