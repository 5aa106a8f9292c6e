#include "importing/xlsx_reader.h"

#include <charconv>

#include "importing/xml_stream.h"
#include "importing/zip_file.h"

namespace lanekeeper::importing {
namespace {

constexpr std::int64_t small_part_bytes = 4 << 20;  // relations and the workbook's list of sheets
constexpr std::size_t max_shared_strings = 4'000'000;

// Text that stops growing at the limit and remembers it.
void append_limited(Cell& cell, std::string_view text, std::size_t limit) {
  const std::size_t room = limit - std::min(limit, cell.text.size());
  if (text.size() > room) {
    cell.too_long = true;
    text = text.substr(0, room);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.remove_suffix(1);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.remove_suffix(1);
  }
  cell.text += text;
}

struct Relation {
  std::string id;
  std::string type;  // the last word of its address: "worksheet", "sharedStrings", "officeDocument"
  std::string target;
};

class RelationReader : public XmlHandler {
 public:
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    const std::string_view type = attributes.get("Type");
    relations.push_back({std::string(attributes.get("Id")), std::string(type.substr(type.rfind('/') + 1)),
                         std::string(attributes.get("Target"))});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::vector<Relation> relations;
};

class WorkbookReader : public XmlHandler {
 public:
  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "sheet") return;
    const std::string_view state = attributes.get("state");
    if (state.empty() || state == "visible") sheet_ids.emplace_back(attributes.get("id"));
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::vector<std::string> sheet_ids;  // of the visible ones, in their order
};

// <si> holds <t>, or runs <r><t>; <rPh> is a reading aid and no part of the text.
class StringReader : public XmlHandler {
 public:
  explicit StringReader(const Limits& limits) : limits_(limits) {}
  void begin(std::string_view name, const XmlAttributes&) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") ++aside_;
    in_text_ = name == "t" && aside_ == 0 && !strings.empty();
  }
  void end(std::string_view name) override {
    if (name == "rPh") --aside_;
    in_text_ = false;
  }
  void text(std::string_view text) override {
    if (!in_text_) return;
    total_ += text.size();
    if (total_ > limits_.shared_text_bytes || strings.size() > max_shared_strings) {
      refuse(Error{"import.too_large", "The workbook holds too much text. Divide it into several files.", {}});
      return;
    }
    append_limited(strings.back(), text, limits_.cell_bytes);
  }
  std::vector<Cell> strings;

 private:
  const Limits& limits_;
  std::size_t total_ = 0;
  int aside_ = 0;
  bool in_text_ = false;
};

class SheetReader : public XmlHandler {
 public:
  SheetReader(const std::vector<Cell>& strings, const Limits& limits, const RowHandler& handler)
      : strings_(strings), limits_(limits), handler_(handler) {}

  void begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      begin_row(attributes);
    } else if (name == "c") {
      begin_cell(attributes);
    } else if (name == "v" || name == "t") {
      in_value_ = in_cell_ && aside_ == 0;
    } else if (name == "rPh") {
      ++aside_;
    }
  }
  void end(std::string_view name) override {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh") --aside_;
    if (name == "c") end_cell();
    if (name == "row") end_row();
  }
  void text(std::string_view text) override {
    if (in_value_) append_limited(value_, text, limits_.cell_bytes);
  }

 private:
  void begin_row(const XmlAttributes& attributes) {
    const std::string_view number = attributes.get("r");
    std::int64_t given = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), given);
    // Rows only go on; a number that goes back is damage, and would name the wrong line.
    row_.line = parsed.ec == std::errc{} && given > last_line_ ? given : last_line_ + 1;
    last_line_ = row_.line;
    row_.cells.clear();
    row_.too_many_cells = false;
  }
  void begin_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    type_ = attributes.get("t");
    value_ = Cell{};
    const int column = column_of(attributes.get("r"));
    column_ = column >= 0 ? static_cast<std::size_t>(column) : row_.cells.size();
  }
  void end_cell() {
    in_cell_ = false;
    if (value_.text.empty() && !value_.too_long) return;
    if (type_ == "s") {
      std::size_t index = 0;
      const auto parsed = std::from_chars(value_.text.data(), value_.text.data() + value_.text.size(), index);
      value_ = parsed.ec == std::errc{} && index < strings_.size() ? strings_[index] : Cell{};
    } else if (type_.empty() || type_ == "n") {
      value_.text = plain_number(value_.text);
    }
    if (column_ >= limits_.row_cells) {
      row_.too_many_cells = true;
      return;
    }
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(value_);
  }
  void end_row() {
    const bool has_text = std::any_of(row_.cells.begin(), row_.cells.end(), [](const Cell& cell) {
      return cell.text.find_first_not_of(" \t\n") != std::string::npos;
    });
    if (has_text && !handler_(row_)) stop();
  }

  const std::vector<Cell>& strings_;
  const Limits& limits_;
  const RowHandler& handler_;
  Row row_;
  std::int64_t last_line_ = 0;
  std::string type_;
  Cell value_;
  std::size_t column_ = 0;
  int aside_ = 0;
  bool in_cell_ = false;
  bool in_value_ = false;
};

// A decimal number as digits and a place of the point; no arithmetic but what Excel's display needs.
class Decimal {
 public:
  // nullopt for what is no number, and for whole numbers, which stay as they are written.
  static std::optional<Decimal> parse(std::string_view text) {
    constexpr int largest_exponent = 30;
    constexpr std::size_t most_digits = 60;
    Decimal out;
    out.negative_ = text.starts_with('-');
    if (out.negative_) text.remove_prefix(1);
    const auto exponent_at = text.find_first_of("eE");
    const std::string_view mantissa = text.substr(0, exponent_at);
    const auto point = mantissa.find('.');
    int exponent = 0;
    if (exponent_at != std::string_view::npos) {
      std::string_view power = text.substr(exponent_at + 1);
      if (power.starts_with('+')) power.remove_prefix(1);
      const auto parsed = std::from_chars(power.data(), power.data() + power.size(), exponent);
      if (parsed.ec != std::errc{} || parsed.ptr != power.data() + power.size()) return std::nullopt;
      if (exponent > largest_exponent || exponent < -largest_exponent) return std::nullopt;
    } else if (point == std::string_view::npos) {
      return std::nullopt;
    }
    out.digits_ = mantissa.substr(0, point);
    if (point != std::string_view::npos) {
      out.digits_ += mantissa.substr(point + 1);
      out.decimals_ = static_cast<int>(mantissa.size() - point - 1);
    }
    out.decimals_ -= exponent;
    const bool fits = !out.digits_.empty() && out.digits_.size() <= most_digits;
    if (!fits || out.digits_.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return out;
  }

  void round_to_shown_digits() {
    constexpr std::size_t shown_digits = 15;
    const auto kept = std::min(digits_.find_first_not_of('0'), digits_.size()) + shown_digits;
    if (kept >= digits_.size()) return;
    bool up = digits_[kept] >= '5';
    decimals_ -= static_cast<int>(digits_.size() - kept);
    digits_.resize(kept);
    for (std::size_t i = kept; up && i > 0; --i) {
      up = digits_[i - 1] == '9';
      digits_[i - 1] = up ? '0' : static_cast<char>(digits_[i - 1] + 1);
    }
    if (up) digits_.insert(digits_.begin(), '1');
  }

  [[nodiscard]] std::string to_string() const {
    std::string whole = digits_;
    std::string fraction;
    if (decimals_ < 0) whole.append(static_cast<std::size_t>(-decimals_), '0');
    if (decimals_ > 0) {
      const auto places = static_cast<std::size_t>(decimals_);
      if (whole.size() < places) whole.insert(0, places - whole.size(), '0');
      fraction = whole.substr(whole.size() - places);
      whole.resize(whole.size() - places);
    }
    fraction.erase(fraction.find_last_not_of('0') + 1);
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    if (whole.empty()) whole = "0";
    const bool zero = whole == "0" && fraction.empty();
    return (negative_ && !zero ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
  }

 private:
  std::string digits_;
  int decimals_ = 0;
  bool negative_ = false;
};

// Where a relation leads, seen from the part that has it: "worksheets/sheet1.xml" in xl/workbook.xml.
std::string resolve(std::string_view base_part, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  const auto slash = base_part.rfind('/');
  const std::string folder(slash == std::string_view::npos ? std::string_view() : base_part.substr(0, slash + 1));
  return std::filesystem::path(folder + std::string(target)).lexically_normal().generic_string();
}

std::string relations_of(std::string_view part) {
  const auto slash = part.rfind('/');
  const auto name_at = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(part.substr(0, name_at)) + "_rels/" + std::string(part.substr(name_at)) + ".rels";
}

const Relation* find_type(const std::vector<Relation>& relations, std::string_view type) {
  const auto found = std::find_if(relations.begin(), relations.end(), [&](const auto& r) { return r.type == type; });
  return found == relations.end() ? nullptr : &*found;
}

}  // namespace

int column_of(std::string_view reference) {
  int column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    if (letters == 3) return -1;
    column = column * 26 + (reference[letters] - 'A' + 1);
    ++letters;
  }
  return letters == 0 ? -1 : column - 1;
}

std::string plain_number(std::string_view text) {
  auto number = Decimal::parse(text);
  if (!number) return std::string(text);
  number->round_to_shown_digits();
  return number->to_string();
}

Result<void> read_xlsx(std::string_view content, const Limits& limits, const RowHandler& handler) {
  auto zip = ZipFile::open(content);
  if (!zip) return fail(std::move(zip.error()));

  RelationReader package;
  if (auto read = parse_part(*zip, "_rels/.rels", small_part_bytes, package); !read) return read;
  const Relation* office = find_type(package.relations, "officeDocument");
  if (office == nullptr) return fail("import.not_xlsx", "This is a zip file but not an Excel workbook.");
  const std::string workbook_part = resolve("", office->target);
  WorkbookReader workbook;
  if (auto read = parse_part(*zip, workbook_part, small_part_bytes, workbook); !read) return read;
  RelationReader parts;
  if (auto read = parse_part(*zip, relations_of(workbook_part), small_part_bytes, parts); !read) return read;

  StringReader strings(limits);
  if (const Relation* shared = find_type(parts.relations, "sharedStrings")) {
    auto read = parse_part(*zip, resolve(workbook_part, shared->target), limits.part_bytes, strings);
    if (!read) return read;
  }
  for (const auto& id : workbook.sheet_ids) {
    const auto sheet = std::find_if(parts.relations.begin(), parts.relations.end(), [&](const Relation& relation) {
      return relation.id == id && relation.type == "worksheet";
    });
    if (sheet == parts.relations.end()) continue;
    SheetReader reader(strings.strings, limits, handler);
    return parse_part(*zip, resolve(workbook_part, sheet->target), limits.part_bytes, reader);
  }
  return fail("import.no_sheet", "The workbook has no visible sheet. Put the goods on its first sheet.");
}

}  // namespace lanekeeper::importing
