#include "workbook.h"

#include <zip.h>

#include <stdexcept>

namespace lanekeeper::testing {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

constexpr const char* header = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* relation_types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

}  // namespace

std::map<std::string, std::string> workbook_parts(const std::string& sheet_data,
                                                  const std::vector<std::string>& shared_strings) {
  const std::string relations =
      std::string(header) + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const auto relation = [](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + relation_types + "/" + type + "\" Target=\"" + target + "\"/>";
  };
  std::string strings;
  for (const auto& text : shared_strings) strings += "<si><t>" + escaped(text) + "</t></si>";
  return {
      {"[Content_Types].xml",
       std::string(header) + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
      {"_rels/.rels", relations + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/workbook.xml", std::string(header) + "<workbook xmlns=\"" + main_namespace + "\" xmlns:r=\"" +
                              relation_types +
                              "\"><sheets><sheet name=\"Goods\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", relations + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                         relation("rId2", "sharedStrings", "sharedStrings.xml") + "</Relationships>"},
      {"xl/sharedStrings.xml", std::string(header) + "<sst xmlns=\"" + main_namespace + "\">" + strings + "</sst>"},
      {"xl/worksheets/sheet1.xml", std::string(header) + "<worksheet xmlns=\"" + main_namespace + "\"><sheetData>" +
                                       sheet_data + "</sheetData></worksheet>"}};
}

std::string zip(const std::map<std::string, std::string>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("zip");
  for (const auto& [name, text] : parts) {
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    if (zip_file_add(archive, name.c_str(), source, ZIP_FL_OVERWRITE) < 0) throw std::runtime_error("zip_file_add");
  }
  if (zip_close(archive) != 0) throw std::runtime_error("zip_close");
  zip_stat_t info;
  zip_stat_init(&info);
  zip_source_stat(target, &info);
  std::string out(info.size, '\0');
  zip_source_open(target);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  zip_error_fini(&error);
  return out;
}

std::string workbook(const std::string& sheet_data, const std::vector<std::string>& shared_strings) {
  return zip(workbook_parts(sheet_data, shared_strings));
}

std::string workbook_of(const std::vector<std::vector<std::string>>& rows) {
  std::string data;
  for (const auto& row : rows) {
    data += "<row>";
    for (const auto& cell : row) data += "<c t=\"inlineStr\"><is><t>" + escaped(cell) + "</t></is></c>";
    data += "</row>";
  }
  return workbook(data);
}

}  // namespace lanekeeper::testing
