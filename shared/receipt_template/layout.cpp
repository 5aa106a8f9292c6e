#include "receipt_template/layout.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace lanekeeper::receipt_template {

namespace {

constexpr int narrowest_paper = 30;
constexpr int narrowest_cell = 5;  // a Han character of double width and a blank

struct Letter {
  char32_t character;
  Style style;
  int width;  // in columns
};
using Letters = std::vector<Letter>;

Letters letters_of(const Cell& cell) {
  Letters letters;
  for (const auto& run : cell.runs) {
    for (const char32_t c : to_utf32(run.text)) letters.push_back({c, run.style, display_width(c) * run.style.width});
  }
  return letters;
}

int width_of(const Letters& letters) {
  return std::accumulate(letters.begin(), letters.end(), 0,
                         [](int sum, const Letter& letter) { return sum + letter.width; });
}

// Chinese typesetting: what closes does not begin a line, what opens does not end one (GB/T 15834).
constexpr std::u32string_view closing_marks = U"，。、；：？！）》」』】”’…·％";
constexpr std::u32string_view opening_marks = U"（《「『【“‘￥";

// Between which characters a line may be broken without hurting a word: at blanks, and beside Han characters.
bool may_break_before(const Letters& letters, std::size_t at) {
  const auto wide = [](const Letter& letter) { return letter.width >= 2 * letter.style.width; };
  if (letters[at].width == 0) return false;  // a combining mark
  if (closing_marks.find(letters[at].character) != std::u32string_view::npos) return false;
  if (opening_marks.find(letters[at - 1].character) != std::u32string_view::npos) return false;
  return letters[at - 1].character == U' ' || wide(letters[at]) || wide(letters[at - 1]);
}

int longest_word(const Letters& letters) {
  int longest = 0;
  int word = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && may_break_before(letters, i)) word = 0;
    if (letters[i].character != U' ') word += letters[i].width;
    longest = std::max(longest, word);
  }
  return longest;
}

std::vector<Letters> wrap(const Letters& letters, int width) {
  std::vector<Letters> lines(1);
  std::size_t begun = 0;
  int used = 0;
  std::size_t break_at = 0;  // 0: none on this line
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > begun && may_break_before(letters, i)) break_at = i;
    used += letters[i].width;
    if (used <= width || i == begun) continue;
    if (letters[i].character == U' ') continue;  // a blank may hang over the edge, where it is left out
    const std::size_t end = break_at > begun ? break_at : i;
    const auto from = letters.begin() + static_cast<std::ptrdiff_t>(begun);
    const auto to = letters.begin() + static_cast<std::ptrdiff_t>(end);
    // An indent that leaves no room for its word is given up rather than left on a line of its own.
    if (std::any_of(from, to, [](const Letter& letter) { return letter.character != U' '; })) {
      lines.back().assign(from, to);
      lines.emplace_back();
    }
    begun = end;
    break_at = 0;
    used = 0;
    i = begun - 1;  // what comes to the new line is counted anew
  }
  lines.back().assign(letters.begin() + static_cast<std::ptrdiff_t>(begun), letters.end());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto& line = lines[i];
    // Blanks at the end of a broken line, and those that would make the last one too wide.
    while (!line.empty() && line.back().character == U' ' && (i + 1 < lines.size() || width_of(line) > width)) {
      line.pop_back();
    }
  }
  return lines;
}

// The widths that the template gives, for the paper that there is.
std::vector<int> scaled(std::vector<int> widths, int columns) {
  const int sum = std::accumulate(widths.begin(), widths.end(), 0);
  int used = 0;
  for (auto& width : widths) {
    width = std::max(width * columns / sum, narrowest_cell);
    used += width;
  }
  for (std::size_t i = 0; used < columns; i = (i + 1) % widths.size(), ++used) ++widths[i];
  while (used > columns) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    --*widest;
    --used;
  }
  return widths;
}

// Columns are moved to cells whose text needs them from cells that have more than they need; from those that can be
// wrapped when that is not enough for a cell on the right, which holds a figure that should stay whole.
class Widths {
 public:
  Widths(const Row& row, const std::vector<Letters>& texts, int columns) : row_(row), texts_(texts) {
    const auto count = static_cast<int>(row.cells.size());
    widths_ = row.widths;
    if (widths_.empty()) {
      for (int i = 0; i < count; ++i) widths_.push_back(columns * (i + 1) / count - columns * i / count);
    }
    widths_ = scaled(std::move(widths_), columns);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (row.cells[i].align == Align::right) give(i, wanted(i), [this](std::size_t j) { return wanted(j); });
    }
    for (std::size_t i = 0; i < texts.size(); ++i) give(i, wanted(i), [this](std::size_t j) { return wanted(j); });
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (row.cells[i].align == Align::right) give(i, wanted(i), [this](std::size_t j) { return least(j); });
    }
  }
  [[nodiscard]] int of(std::size_t cell) const { return widths_[cell]; }
  // What may be written in it: a blank parts it from its neighbour on the right.
  [[nodiscard]] int room(std::size_t cell) const { return std::max(widths_[cell] - gap(cell), 1); }

 private:
  // A blank towards the cell before a right one, behind any other but the last.
  [[nodiscard]] int gap(std::size_t cell) const {
    if (row_.cells[cell].align == Align::right) return cell > 0 ? 1 : 0;
    return cell + 1 < texts_.size() ? 1 : 0;
  }
  [[nodiscard]] int wanted(std::size_t cell) const {
    return std::max(width_of(texts_[cell]) + gap(cell), narrowest_cell);
  }
  [[nodiscard]] int least(std::size_t cell) const {
    if (row_.cells[cell].align == Align::right) return wanted(cell);
    return std::max(std::min(longest_word(texts_[cell]) + gap(cell), widths_[cell]), narrowest_cell);
  }

  template <class Needs>
  void give(std::size_t cell, int wanted_width, const Needs& needs) {
    // The neighbour on the left first, then the others from the left.
    std::vector<std::size_t> givers;
    for (std::size_t j = cell; j-- > 0;) givers.push_back(j);
    for (std::size_t j = cell + 1; j < texts_.size(); ++j) givers.push_back(j);
    for (const auto giver : givers) {
      const int given = std::min(wanted_width - widths_[cell], widths_[giver] - needs(giver));
      if (given <= 0) continue;
      widths_[cell] += given;
      widths_[giver] -= given;
    }
  }

  const Row& row_;
  const std::vector<Letters>& texts_;
  std::vector<int> widths_;
};

void append(std::vector<Run>& runs, std::string_view text, const Style& style) {
  if (text.empty()) return;
  if (runs.empty() || runs.back().style != style) runs.push_back({{}, style});
  runs.back().text += text;
}

void append(std::vector<Run>& runs, const Letters& letters) {
  for (const auto& letter : letters) {
    append(runs, to_utf8(std::u32string_view(&letter.character, 1)), letter.style);
  }
}

class RowLayout {
 public:
  RowLayout(const Row& row, int columns) : row_(row), columns_(columns) {
    for (const auto& cell : row.cells) texts_.push_back(letters_of(cell));
    // A row in one size is filled with blanks of that size, so that it stays one run.
    for (const auto& text : texts_) {
      for (const auto& letter : text) {
        if (!filler_) filler_ = letter.style;
        if (*filler_ != letter.style) uniform_ = false;
      }
    }
  }

  void put(std::vector<PaperElement>& out) {
    if (row_.cells.size() == 1 && row_.cells[0].align == Align::centre) {
      for (const auto& line : wrap(texts_[0], columns_)) {
        PaperLine paper{Align::centre, {}};
        append(paper.runs, line);
        out.emplace_back(std::move(paper));
      }
      return;
    }
    const Widths widths(row_, texts_, columns_);
    std::vector<std::vector<Letters>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      cells.push_back(wrap(texts_[i], widths.room(i)));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      PaperLine paper;
      int used = 0;
      int begin = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (line < cells[i].size() && !cells[i][line].empty()) {
          const auto& text = cells[i][line];
          blanks(paper, begin + before(i, widths, width_of(text)) - used);
          append(paper.runs, text);
          used = begin + before(i, widths, width_of(text)) + width_of(text);
        }
        begin += widths.of(i);
      }
      out.emplace_back(std::move(paper));
    }
  }

 private:
  [[nodiscard]] int before(std::size_t cell, const Widths& widths, int text_width) const {
    const int room = widths.of(cell) - text_width;
    switch (row_.cells[cell].align) {
      case Align::left:
        return 0;
      case Align::right:
        return std::max(room, 0);
      case Align::centre:
        return std::max((widths.room(cell) - text_width) / 2, 0);
    }
    return 0;
  }

  void blanks(PaperLine& line, int columns) const {
    if (columns <= 0) return;
    Style style;
    int count = columns;
    if (uniform_ && filler_ && columns % filler_->width == 0) {
      style = *filler_;
      count = columns / filler_->width;
    }
    style.underlined = false;
    style.inverted = false;
    append(line.runs, std::string(static_cast<std::size_t>(count), ' '), style);
  }

  const Row& row_;
  const int columns_;
  std::vector<Letters> texts_;
  std::optional<Style> filler_;
  bool uniform_ = true;
};

}  // namespace

int width_of(const PaperLine& line) {
  int width = 0;
  for (const auto& run : line.runs) width += display_width(run.text) * run.style.width;
  return width;
}

std::vector<PaperElement> lay_out(const Document& document, int columns) {
  columns = std::max(columns, narrowest_paper);
  std::vector<PaperElement> out;
  for (const auto& element : document) {
    if (const auto* row = std::get_if<Row>(&element)) {
      RowLayout(*row, columns).put(out);
    } else if (const auto* rule = std::get_if<Rule>(&element)) {
      out.emplace_back(
          PaperLine{Align::left, {Run{std::string(static_cast<std::size_t>(columns), rule->character), {}}}});
    } else if (const auto* barcode = std::get_if<Barcode>(&element)) {
      out.emplace_back(*barcode);
    } else if (const auto* qr = std::get_if<QrCode>(&element)) {
      out.emplace_back(*qr);
    } else if (const auto* image = std::get_if<Image>(&element)) {
      out.emplace_back(*image);
    } else {
      out.emplace_back(Cut{});
    }
  }
  return out;
}

}  // namespace lanekeeper::receipt_template
