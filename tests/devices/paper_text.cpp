#include "base/text.h"
#include "paper.h"

namespace lanekeeper::devices {
namespace {

int width_of(const TextLine& line) {
  int columns = 0;
  for (const auto& run : line.runs) columns += display_width(run.text) * run.width;
  return columns;
}

// A doubled line takes twice its text's width: what is missing goes into its longest gap, so that an amount at the
// right edge stays there.
std::string stretch(std::string text, int columns) {
  const int missing = columns - display_width(text);
  std::size_t place = 0, longest = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto end = std::min(text.find_first_not_of(' ', i), text.size());
    if (end > i && end - i > longest && i > 0) {
      place = i;
      longest = end - i;
    }
    i = std::max(end, i + 1);
  }
  if (missing > 0 && longest > 1) text.insert(place, std::string(static_cast<std::size_t>(missing), ' '));
  return text;
}

std::string aligned(const std::string& text, Align align, int width) {
  const int room = std::max(paper_columns - width, 0);
  const int before = align == Align::right ? room : align == Align::centre ? room / 2 : 0;
  return std::string(static_cast<std::size_t>(before), ' ') + text;
}

struct TextPaper {
  std::string out;

  void operator()(const TextLine& line) {
    std::string text;
    bool doubled = false;
    for (const auto& run : line.runs) {
      text += run.text;
      doubled = doubled || run.width > 1;
    }
    if (doubled) text = stretch(std::move(text), width_of(line));
    text = aligned(text, line.align, std::max(display_width(text), 0));
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + '\n';
  }
  void operator()(const Barcode& code) { put("[barcode " + code.data + "]", code.align); }
  void operator()(const QrCode& code) { put("[QR " + code.data + "]", code.align); }
  void operator()(const Raster& raster) {
    put("[picture " + std::to_string(raster.width) + "x" + std::to_string(raster.height) + "]", raster.align);
  }
  void operator()(const Feed& feed) { out.append(static_cast<std::size_t>(feed.lines), '\n'); }
  void operator()(const Cut&) { out += std::string(paper_columns, '-') + " cut\n"; }
  void operator()(const DrawerPulse&) {}
  void operator()(const StatusRequest&) {}
  void operator()(const Unknown&) {}

  void put(const std::string& text, Align align) { out += aligned(text, align, display_width(text)) + '\n'; }
};

}  // namespace

std::string render_text(const std::vector<PrinterEvent>& receipt) {
  TextPaper paper;
  for (const auto& event : receipt) std::visit(paper, event);
  return paper.out;
}

}  // namespace lanekeeper::devices
