#include <fmt/format.h>

#include "base/text.h"
#include "paper.h"

namespace lanekeeper::devices {
namespace {

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

// A character that is narrow here and wide on the printer keeps its place by a blank.
std::string padded(const TextRun& run) {
  if (run.columns == 1) return run.text;
  std::string out;
  for (const char32_t c : to_utf32(run.text)) {
    out += to_utf8(std::u32string(1, c));
    out.append(static_cast<std::size_t>(std::max(run.columns - display_width(c), 0)), ' ');
  }
  return out;
}

std::string aligned(const std::string& text, Align align, int width) {
  const int room = std::max(paper_columns - width, 0);
  const int before = align == Align::right ? room : align == Align::centre ? room / 2 : 0;
  return std::string(static_cast<std::size_t>(before), ' ') + text;
}

struct TextPaper {
  std::string out;

  void operator()(const TextLine& line) {
    for (const auto& part : broken_at_the_edge(line)) put_line(part);
  }
  void put_line(const TextLine& line) {
    std::string text;
    bool doubled = false;
    for (const auto& run : line.runs) {
      text += padded(run);
      doubled = doubled || run.width > 1;
    }
    if (doubled) text = stretch(std::move(text), columns_of(line));
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
  void operator()(const DropBuffers&) {}
  void operator()(const StatusRequest&) {}
  void operator()(const Unknown& unknown) { (*this)(shown_bytes(unknown)); }

  void put(const std::string& text, Align align) { out += aligned(text, align, display_width(text)) + '\n'; }
};

}  // namespace

int columns_of(const TextLine& line) {
  int columns = 0;
  for (const auto& run : line.runs) {
    columns += static_cast<int>(to_utf32(run.text).size()) * run.columns * run.width;
  }
  return columns;
}

std::vector<TextLine> broken_at_the_edge(const TextLine& line) {
  std::vector<TextLine> out(1, TextLine{line.align, {}});
  int used = 0;
  for (const auto& run : line.runs) {
    TextRun part = run;
    part.text.clear();
    const auto end_part = [&out, &part] {
      if (!part.text.empty()) out.back().runs.push_back(part);
      part.text.clear();
    };
    for (const char32_t c : to_utf32(run.text)) {
      const int columns = run.columns * run.width;
      if (used + columns > paper_columns && used > 0) {
        end_part();
        out.push_back(TextLine{line.align, {}});
        used = 0;
      }
      part.text += to_utf8(std::u32string_view(&c, 1));
      used += columns;
    }
    end_part();
  }
  return out;
}

TextLine shown_bytes(const Unknown& unknown) {
  constexpr std::size_t most = 8;
  TextRun run;
  run.text = "[unknown";
  for (const unsigned char c : unknown.bytes.substr(0, most)) run.text += fmt::format(" {:02X}", c);
  run.text += unknown.bytes.size() > most ? " ...]" : "]";
  return {Align::left, {run}};
}

std::string render_text(const std::vector<PrinterEvent>& receipt) {
  TextPaper paper;
  for (const auto& event : receipt) std::visit(paper, event);
  return paper.out;
}

}  // namespace lanekeeper::devices
