// What a filled template says, for no printer in particular: rows of cells, rules, codes, pictures and cuts.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace lanekeeper::receipt_template {

enum class Align { left, centre, right };

struct Style {
  bool bold = false;
  bool underlined = false;
  bool inverted = false;
  int width = 1;  // multiples, 1 or 2
  int height = 1;
  bool operator==(const Style&) const = default;
};

struct Run {
  std::string text;  // UTF-8, no control characters
  Style style;
  bool operator==(const Run&) const = default;
};

struct Cell {
  Align align = Align::centre;
  std::vector<Run> runs;
  bool operator==(const Cell&) const = default;
};

struct Row {
  std::vector<Cell> cells;
  std::vector<int> widths;  // in columns, of as many cells; empty: as they come out
  bool operator==(const Row&) const = default;
};

struct Rule {
  char character = '-';
  bool operator==(const Rule&) const = default;
};

struct Barcode {
  std::string data;  // printable ASCII
  int height_dots = 84;
  int module_dots = 3;
  bool text_below = true;
  bool operator==(const Barcode&) const = default;
};

struct QrCode {
  enum class Level { low, medium, quartile, high };  // of error correction
  std::string data;                                  // UTF-8
  int module_dots = 4;
  Level level = Level::medium;
  bool operator==(const QrCode&) const = default;
};

struct Image {
  std::string name;  // "logo"
  bool operator==(const Image&) const = default;
};

struct Cut {
  bool operator==(const Cut&) const = default;
};

using Element = std::variant<Row, Rule, Barcode, QrCode, Image, Cut>;
using Document = std::vector<Element>;

}  // namespace lanekeeper::receipt_template
