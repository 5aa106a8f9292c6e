#include "receipt_template/markup.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace lanekeeper::receipt_template {

namespace {

constexpr std::size_t most_cells = 6;
constexpr int widest_column = 64;
constexpr int wide = 1;
constexpr int tall = 2;
constexpr int both_ways = 3;

bool is_markup(const Glyph& glyph, char32_t character) {
  return !glyph.from_data && glyph.character == character;
}

bool is_blank(const Glyph& glyph) {
  return is_markup(glyph, U' ') || is_markup(glyph, U'\t');
}

// The whole line is this character, once or more.
bool is_only(const std::vector<Glyph>& glyphs, char32_t character) {
  auto end = glyphs.size();
  while (end > 0 && is_blank(glyphs[end - 1])) --end;
  if (end == 0) return false;
  return std::all_of(glyphs.begin(), glyphs.begin() + static_cast<std::ptrdiff_t>(end),
                     [character](const Glyph& glyph) { return is_markup(glyph, character); });
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// What a scanner can read back: printable ASCII, not endlessly much of it.
bool can_be_barcode(std::string_view data) {
  constexpr std::size_t most = 80;
  return data.size() <= most && std::all_of(data.begin(), data.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

std::optional<QrCode::Level> level_of(std::string_view text) {
  if (text == "l") return QrCode::Level::low;
  if (text == "m") return QrCode::Level::medium;
  if (text == "q") return QrCode::Level::quartile;
  if (text == "h") return QrCode::Level::high;
  return std::nullopt;
}

bool take_qr_option(QrCode& code, const std::string& option) {
  constexpr int largest_module = 8;
  if (option == "qrcode") return true;
  if (const auto module = number(option)) {
    code.module_dots = std::clamp(*module, 2, largest_module);
    return true;
  }
  const auto level = level_of(to_lower_ascii(option));
  if (level) code.level = *level;
  return level.has_value();
}

bool take_barcode_option(Barcode& code, const std::string& option, bool& module_given) {
  if (option.empty() || option == "code128") return true;
  if (option == "hri" || option == "nohri") {
    code.text_below = option == "hri";
    return true;
  }
  const auto dots = number(option);
  if (!dots) return false;
  if (std::exchange(module_given, true)) {
    code.height_dots = std::clamp(*dots, 24, 240);
  } else {
    code.module_dots = std::clamp(*dots, 2, 4);
  }
  return true;
}

// Puts runs together; characters of one style become one run.
class CellWriter {
 public:
  explicit CellWriter(Cell& cell) : cell_(cell) {}
  Style style;
  void put(char32_t character) {
    if (cell_.runs.empty() || cell_.runs.back().style != style) cell_.runs.push_back({{}, style});
    cell_.runs.back().text += to_utf8(std::u32string_view(&character, 1));
  }
  // ^ wide, ^^ tall, ^^^ both; the same again ends it. False: there is no such size.
  bool toggle_size(std::ptrdiff_t marks) {
    if (marks < wide || marks > both_ways) return false;
    const bool same = marks == size_;
    size_ = same ? 0 : static_cast<int>(marks);
    style.width = size_ == wide || size_ == both_ways ? 2 : 1;
    style.height = size_ == tall || size_ == both_ways ? 2 : 1;
    return true;
  }

 private:
  Cell& cell_;
  int size_ = 0;
};

}  // namespace

void MarkupReader::report(std::size_t at, std::string code, std::string message) {
  errors_.push_back({at, std::move(code), std::move(message)});
}

std::optional<Element> MarkupReader::read(const FilledLine& line) {
  const auto& glyphs = line.glyphs;
  if (is_only(glyphs, U'-')) return Rule{};
  if (is_only(glyphs, U'=')) return Cut{};
  const auto first = std::find_if_not(glyphs.begin(), glyphs.end(), is_blank);
  if (first != glyphs.end() && is_markup(*first, U'{')) return read_properties(glyphs);
  Row row = read_row(glyphs);
  const bool empty =
      std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return cell.runs.empty(); });
  if (empty && line.had_tags) return std::nullopt;
  return row;
}

std::vector<MarkupReader::Property> MarkupReader::split_properties(const std::vector<Glyph>& glyphs) {
  std::vector<Property> properties(1);
  bool in_name = true;
  std::size_t at = 0;
  while (!is_markup(glyphs[at], U'{')) ++at;
  properties.back().at = ++at;
  for (; at < glyphs.size() && !is_markup(glyphs[at], U'}'); ++at) {
    if (is_markup(glyphs[at], U';')) {
      properties.push_back({{}, {}, at + 1});
      in_name = true;
    } else if (in_name && is_markup(glyphs[at], U':')) {
      in_name = false;
    } else {
      (in_name ? properties.back().name : properties.back().value) +=
          to_utf8(std::u32string_view(&glyphs[at].character, 1));
    }
  }
  if (at == glyphs.size()) {
    report(glyphs.empty() ? 0 : glyphs.size() - 1, "template.unclosed_property",
           "This property does not end. Write } at the end of the line.");
  } else if (std::any_of(glyphs.begin() + static_cast<std::ptrdiff_t>(at) + 1, glyphs.end(),
                         [](const Glyph& glyph) { return !is_blank(glyph); })) {
    report(at + 1, "template.bad_property", "Behind } the line has to end.");
  }
  for (auto& property : properties) {
    property.name = to_lower_ascii(trim(property.name));
    property.value = trim(property.value);
  }
  return properties;
}

std::optional<Element> MarkupReader::read_properties(const std::vector<Glyph>& glyphs) {
  const auto properties = split_properties(glyphs);
  for (const auto& property : properties) {
    static constexpr std::string_view known[] = {"code", "c", "option", "o", "image", "i", "qr", "width", "w", "rule"};
    if (std::find(std::begin(known), std::end(known), property.name) == std::end(known)) {
      report(property.at, "template.bad_property",
             "There is no property " + property.name + ". Use code, option, qr, image, width or rule.");
    }
    if (property.name == "width" || property.name == "w") set_widths(property);
  }
  return element_of(properties);
}

void MarkupReader::set_widths(const Property& property) {
  widths_.clear();
  if (property.value == "auto" || property.value.empty()) return;
  std::vector<int> widths;
  for (const auto& part : split(property.value, ',')) {
    const auto width = number(part);
    if (!width || *width < 1 || *width > widest_column) {
      return report(property.at, "template.bad_value",
                    "Widths are numbers of columns, as in {width:20,9,9,10}, or auto.");
    }
    widths.push_back(*width);
  }
  if (widths.size() > most_cells) {
    return report(property.at, "template.too_many_cells", "A row has at most 6 cells.");
  }
  widths_ = std::move(widths);
}

std::optional<Element> MarkupReader::element_of(const std::vector<Property>& properties) {
  const auto value_of = [&](std::string_view name, std::string_view brief) -> const Property* {
    for (const auto& property : properties) {
      if (property.name == name || property.name == brief) return &property;
    }
    return nullptr;
  };
  if (const auto* rule = value_of("rule", "rule")) {
    const bool fine = rule->value.size() == 1 && rule->value[0] > ' ' && rule->value[0] < 0x7f;
    if (!fine) report(rule->at, "template.bad_value", "A rule is made of one character, as in {rule:=}.");
    return Rule{fine ? rule->value[0] : '-'};
  }
  if (const auto* image = value_of("image", "i")) {
    if (image->value.empty()) return std::nullopt;
    return Image{image->value};
  }
  const auto* option = value_of("option", "o");
  const auto options = split(option == nullptr ? "" : to_lower_ascii(option->value), ',');
  const auto* code = value_of("code", "c");
  const auto* qr = value_of("qr", "qr");
  const auto refuse = [&](const std::string& one) {
    report(option->at, "template.bad_value", "There is no option " + one + ". docs/receipts.md lists them.");
  };
  if (qr != nullptr || (code != nullptr && options.front() == "qrcode")) {
    QrCode symbol;
    symbol.data = (qr != nullptr ? qr : code)->value;
    for (const auto& one : options) {
      if (!one.empty() && !take_qr_option(symbol, one)) refuse(one);
    }
    if (symbol.data.empty()) return std::nullopt;
    return symbol;
  }
  if (code == nullptr) return std::nullopt;
  Barcode symbol;
  bool module_given = false;
  for (const auto& one : options) {
    if (!take_barcode_option(symbol, one, module_given)) refuse(one);
  }
  symbol.data = code->value;
  if (symbol.data.empty()) return std::nullopt;
  if (can_be_barcode(symbol.data)) return symbol;
  return Row{{Cell{Align::centre, {Run{symbol.data, {}}}}}, {}};  // not readable by a scanner, but by people
}

Row MarkupReader::read_row(const std::vector<Glyph>& glyphs) {
  Row row;
  const Glyph* const data = glyphs.data();
  std::vector<std::pair<std::size_t, std::size_t>> bounds;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= glyphs.size(); ++at) {
    if (at < glyphs.size() && is_markup(glyphs[at], U'\\')) {
      ++at;  // the next one is itself
    } else if (at == glyphs.size() || is_markup(glyphs[at], U'|')) {
      bounds.emplace_back(begin, at);
      begin = at + 1;
    }
  }
  if (bounds.empty() || bounds.back().second < glyphs.size()) bounds.emplace_back(begin, glyphs.size());
  const auto is_edge = [&](const auto& bound) {
    return std::all_of(data + bound.first, data + bound.second, is_blank);
  };
  // Edges: "| a | b |" has two cells.
  if (bounds.size() > 1 && is_edge(bounds.back())) bounds.pop_back();
  if (bounds.size() > 1 && is_edge(bounds.front())) bounds.erase(bounds.begin());
  if (bounds.size() > most_cells) {
    report(bounds[most_cells].first, "template.too_many_cells", "A row has at most 6 cells.");
    bounds.resize(most_cells);
  }
  for (const auto& [from, to] : bounds) row.cells.push_back(read_cell(data + from, data + to, from));
  if (widths_.size() == row.cells.size()) row.widths = widths_;
  return row;
}

Cell MarkupReader::read_cell(const Glyph* begin, const Glyph* end, std::size_t at) {
  Cell cell;
  const Glyph* const start = begin;
  while (begin < end && is_blank(*begin)) ++begin;
  const bool blank_before = begin > start;
  const Glyph* last = end;
  while (last > begin && is_blank(*(last - 1)) && !(last - 1 > begin && is_markup(*(last - 2), U'\\'))) --last;
  const bool blank_behind = last < end;
  if (blank_before != blank_behind) cell.align = blank_behind ? Align::left : Align::right;
  CellWriter writer(cell);
  for (const Glyph* glyph = begin; glyph < last; ++glyph) {
    if (glyph->from_data) {
      writer.put(glyph->character);
      continue;
    }
    switch (glyph->character) {
      case U'\\':
        if (glyph + 1 < last) ++glyph;
        writer.put(glyph->character);
        break;
      case U'"':
        writer.style.bold = !writer.style.bold;
        break;
      case U'_':
        writer.style.underlined = !writer.style.underlined;
        break;
      case U'`':
        writer.style.inverted = !writer.style.inverted;
        break;
      case U'^': {
        const Glyph* run_end = glyph;
        while (run_end < last && is_markup(*run_end, U'^')) ++run_end;
        if (!writer.toggle_size(run_end - glyph)) {
          report(at + static_cast<std::size_t>(glyph - start), "template.bad_size",
                 "Sizes are ^ (wide), ^^ (tall) and ^^^ (both).");
        }
        glyph = run_end - 1;
        break;
      }
      case U'~':
        writer.put(U' ');
        break;
      default:
        writer.put(glyph->character < 0x20 ? U' ' : glyph->character);
    }
  }
  return cell;
}

}  // namespace lanekeeper::receipt_template
