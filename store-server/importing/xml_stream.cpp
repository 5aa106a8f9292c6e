#include "importing/xml_stream.h"

#include <expat.h>

namespace lanekeeper::importing {
namespace {

constexpr int max_depth = 64;

std::string_view local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Context {
  XML_Parser parser = nullptr;
  XmlHandler* handler = nullptr;
  int depth = 0;
  bool forbidden = false;

  void halt_if_stopped() const {
    if (forbidden || handler->stopped()) XML_StopParser(parser, XML_FALSE);
  }
};

void XMLCALL on_begin(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& context = *static_cast<Context*>(user);
  if (++context.depth > max_depth) {
    context.forbidden = true;
  } else {
    context.handler->begin(local_name(name), XmlAttributes(attributes));
  }
  context.halt_if_stopped();
}

void XMLCALL on_end(void* user, const XML_Char* name) {
  auto& context = *static_cast<Context*>(user);
  --context.depth;
  context.handler->end(local_name(name));
  context.halt_if_stopped();
}

void XMLCALL on_text(void* user, const XML_Char* text, int size) {
  auto& context = *static_cast<Context*>(user);
  context.handler->text(std::string_view(text, static_cast<std::size_t>(size)));
  context.halt_if_stopped();
}

void XMLCALL on_document_type(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& context = *static_cast<Context*>(user);
  context.forbidden = true;
  context.halt_if_stopped();
}

tl::unexpected<Error> malformed(const std::string& part, XML_Parser parser) {
  return fail("import.not_xlsx",
              fmt::format("The workbook is damaged ({}, line {}: {}). Open it in Excel and save it again as .xlsx.",
                          part, XML_GetCurrentLineNumber(parser), XML_ErrorString(XML_GetErrorCode(parser))));
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; pair[0] != nullptr; pair += 2) {
    if (local_name(pair[0]) == name) return pair[1];
  }
  return {};
}

Result<void> parse_part(const ZipFile& zip, const std::string& part, std::int64_t limit_bytes, XmlHandler& handler) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), &XML_ParserFree);
  if (!parser) throw Fault("import.memory", "no XML parser");
  Context context{parser.get(), &handler, 0, false};
  XML_SetUserData(parser.get(), &context);
  XML_SetElementHandler(parser.get(), &on_begin, &on_end);
  XML_SetCharacterDataHandler(parser.get(), &on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), &on_document_type);
  bool broken = false;
  auto unpacked = zip.read(part, limit_bytes, [&](std::string_view piece) {
    broken = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), XML_FALSE) != XML_STATUS_OK;
    return !broken;
  });
  if (!unpacked) return unpacked;
  if (handler.error()) return fail(*handler.error());
  if (handler.stopped()) return {};
  if (broken || XML_Parse(parser.get(), nullptr, 0, XML_TRUE) != XML_STATUS_OK) return malformed(part, parser.get());
  if (handler.error()) return fail(*handler.error());
  return {};
}

}  // namespace lanekeeper::importing
