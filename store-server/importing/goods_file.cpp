#include "importing/goods_file.h"

#include "base/text.h"
#include "importing/csv_reader.h"
#include "importing/text_encoding.h"
#include "importing/xlsx_reader.h"

namespace lanekeeper::importing {
namespace {

constexpr std::size_t sample_rows = 200;

// Not text, and not what the ending of the file's name promises.
Result<void> refuse_foreign(std::string_view content) {
  if (trim(content).empty()) return fail("import.empty", "The file is empty.");
  if (content.starts_with("\xD0\xCF\x11\xE0")) {
    return fail(
        "import.old_excel",
        "This is an old Excel file (.xls) or one with a password. Open it in Excel and save it as .xlsx without "
        "a password.");
  }
  const std::string beginning = to_lower_ascii(trim(content.substr(0, 512)));
  for (const std::string_view sign : {"<html", "<!doctype", "<table", "<?xml", "<meta"}) {
    if (beginning.starts_with(sign)) {
      return fail("import.web_page",
                  "This is a web page or XML with another name. Open it in Excel and save it as .xlsx.");
    }
  }
  return {};
}

}  // namespace

Result<void> GoodsFile::read_rows(const RowHandler& handler) const {
  if (is_workbook_) return read_xlsx(content_, limits_, handler);
  read_csv(content_, separator_, limits_, handler);
  return {};
}

Result<void> GoodsFile::look_through(std::int64_t max_rows) {
  std::vector<Row> sample;
  std::int64_t rows = 0;
  auto read = read_rows([&](Row& row) {
    ++rows;
    if (sample.size() < sample_rows) sample.push_back(std::move(row));
    return rows <= max_rows + 1;
  });
  if (!read) return read;
  auto columns = map_columns(sample);
  if (!columns) {
    return fail(
        "import.no_columns",
        "No column of barcodes and names was found. Put headings such as 条码, 名称, 售价 (barcode, name, price) "
        "into the first row.");
  }
  columns_ = std::move(*columns);
  const auto before =
      std::count_if(sample.begin(), sample.end(), [this](const Row& row) { return row.line <= columns_.heading_line; });
  row_count_ = rows - before;
  if (row_count_ > max_rows) {
    return fail("import.too_many_rows", "The file has too many rows. Divide it into several files.",
                {{"limit", std::to_string(max_rows)}});
  }
  return {};
}

Result<GoodsFile> GoodsFile::open(std::string content, std::int64_t max_rows) {
  if (auto own = refuse_foreign(content); !own) return fail(std::move(own.error()));
  GoodsFile file;
  file.is_workbook_ = content.starts_with("PK\x03\x04");
  if (file.is_workbook_) {
    file.content_ = std::move(content);
    file.format_ = "xlsx";
  } else {
    auto decoded = decode_text(std::move(content));
    if (!decoded) return fail(std::move(decoded.error()));
    file.content_ = std::move(decoded->text);
    file.separator_ = detect_separator(file.content_);
    file.format_ = fmt::format("CSV, {}", name_of(decoded->encoding));
  }
  if (auto looked = file.look_through(max_rows); !looked) return fail(std::move(looked.error()));
  return file;
}

Result<void> GoodsFile::for_each(const std::function<bool(RowReading)>& handler) const {
  return read_rows(
      [&](Row& row) { return row.line <= columns_.heading_line || handler(read_item_row(columns_, row)); });
}

}  // namespace lanekeeper::importing
