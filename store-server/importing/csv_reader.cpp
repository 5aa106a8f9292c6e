#include "importing/csv_reader.h"

#include <algorithm>

namespace lanekeeper::importing {
namespace {

// A file can make us look for closing quotes to its end only so often.
constexpr int max_unclosed_quotes = 3;

class Reader {
 public:
  Reader(std::string_view text, char separator, const Limits& limits)
      : text_(text), separator_(separator), limits_(limits) {}

  bool next(Row& row) {
    if (at_ >= text_.size()) return false;
    row.cells.clear();
    row.line = line_;
    row.too_many_cells = false;
    row.unclosed_quote = false;
    for (;;) {
      read_cell(row);
      if (at_ >= text_.size()) return true;
      const char c = text_[at_++];
      if (c == separator_) continue;
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      ++line_;
      return true;
    }
  }

 private:
  [[nodiscard]] bool ends_cell(std::size_t at) const {
    return at >= text_.size() || text_[at] == separator_ || text_[at] == '\n' || text_[at] == '\r';
  }

  Cell& new_cell(Row& row) {
    if (row.cells.size() < limits_.row_cells) return row.cells.emplace_back();
    row.too_many_cells = true;
    spare_ = Cell{};
    return spare_;
  }

  void append(Cell& cell, std::string_view part) const {
    const std::size_t room = limits_.cell_bytes - std::min(limits_.cell_bytes, cell.text.size());
    if (part.size() > room) {
      cell.too_long = true;
      part = part.substr(0, room);
      // Not through the middle of a character.
      while (!part.empty() && (static_cast<unsigned char>(part.back()) & 0xC0) == 0x80) part.remove_suffix(1);
      if (!part.empty() && static_cast<unsigned char>(part.back()) >= 0xC0) part.remove_suffix(1);
    }
    cell.text += part;
  }

  void read_cell(Row& row) {
    Cell& cell = new_cell(row);
    if (at_ < text_.size() && text_[at_] == '"' && read_quoted(row, cell)) return;
    const std::size_t begin = at_;
    while (!ends_cell(at_)) ++at_;
    append(cell, text_.substr(begin, at_ - begin));
  }

  // False, and nothing read, when the quote opens no quoted cell.
  bool read_quoted(Row& row, Cell& cell) {
    if (unclosed_ >= max_unclosed_quotes) return false;
    std::size_t at = at_ + 1;
    std::int64_t lines = 0;
    for (;;) {
      const std::size_t quote = text_.find('"', at);
      const std::string_view part = text_.substr(at, quote == std::string_view::npos ? quote : quote - at);
      if (quote == std::string_view::npos) {
        ++unclosed_;
        row.unclosed_quote = true;
        cell = Cell{};
        return false;
      }
      append(cell, part);
      lines += std::count(part.begin(), part.end(), '\n');
      if (ends_cell(quote + 1)) {
        at_ = quote + 1;
        line_ += lines;
        return true;
      }
      if (text_[quote + 1] != '"') {
        cell = Cell{};
        return false;
      }
      append(cell, "\"");
      at = quote + 2;
    }
  }

  std::string_view text_;
  char separator_;
  const Limits& limits_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  int unclosed_ = 0;
  Cell spare_;
};

bool has_text(const Row& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const Cell& cell) { return cell.text.find_first_not_of(" \t") != std::string::npos; });
}

// "sep=;" on the first line is Excel's own note to itself.
std::string_view without_separator_note(std::string_view text) {
  if (!text.starts_with("sep=")) return text;
  const auto end = text.find('\n');
  return end == std::string_view::npos ? std::string_view() : text.substr(end);
}

}  // namespace

void read_csv(std::string_view text, char separator, const Limits& limits, const RowHandler& handler) {
  Reader reader(without_separator_note(text), separator, limits);
  for (Row row; reader.next(row);) {
    if (has_text(row) && !handler(row)) return;
  }
}

char detect_separator(std::string_view text) {
  constexpr std::size_t sample_bytes = 64 * 1024;
  constexpr std::size_t sample_rows = 20;
  text = text.substr(0, sample_bytes);
  if (text.starts_with("sep=") && text.size() > 4) return text[4];
  char best = ',';
  std::size_t best_score = 0;
  for (const char separator : {'\t', ';', ',', '|'}) {
    std::vector<std::size_t> widths;
    read_csv(text, separator, Limits{}, [&widths](Row& row) {
      widths.push_back(row.cells.size());
      return widths.size() < sample_rows;
    });
    if (widths.empty()) continue;
    std::sort(widths.begin(), widths.end());
    const std::size_t usual = widths[widths.size() / 2];
    if (usual < 2) continue;
    const auto alike = static_cast<std::size_t>(std::count(widths.begin(), widths.end(), usual));
    const std::size_t score = alike * 1000 / widths.size() + usual;
    if (score > best_score) {
      best_score = score;
      best = separator;
    }
  }
  return best;
}

}  // namespace lanekeeper::importing
