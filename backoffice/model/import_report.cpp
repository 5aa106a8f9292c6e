#include "model/import_report.h"

#include <initializer_list>

namespace lanekeeper::office {
namespace {

std::string cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of("\",\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void append_row(std::string& out, std::initializer_list<std::string> cells) {
  bool first = true;
  for (const auto& text : cells) {
    if (!first) out += ',';
    first = false;
    out += cell(text);
  }
  out += "\r\n";
}

}  // namespace

std::string import_report(const protocol::ImportStatus& status, const ReportWords& words) {
  std::string out = "\xEF\xBB\xBF";
  append_row(out, {words.line, words.column, words.value, words.kind, words.problem});
  for (const auto& problem : status.problems) {
    append_row(out, {std::to_string(problem.line), problem.column, problem.value,
                     problem.warning ? words.warning : words.refused, words.explain(problem)});
  }
  return out;
}

}  // namespace lanekeeper::office
