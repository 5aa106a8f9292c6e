#include "receipt_template/built_in.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "receipt_template/embedded_templates.h"

namespace lanekeeper::receipt_template {

namespace {

constexpr std::pair<Kind, std::string_view> names[] = {{Kind::sale, "sale"},       {Kind::gift, "gift"},
                                                       {Kind::returned, "return"}, {Kind::control, "control"},
                                                       {Kind::suspend, "suspend"}, {Kind::report, "report"}};

}  // namespace

std::string_view name_of(Kind kind) {
  for (const auto& [one, name] : names) {
    if (one == kind) return name;
  }
  throw Fault("template.kind", "an unknown kind of template");
}

std::optional<Kind> kind_of(std::string_view name) {
  for (const auto& [kind, one] : names) {
    if (one == name) return kind;
  }
  return std::nullopt;
}

const std::vector<Kind>& all_kinds() {
  static const auto kinds = [] {
    std::vector<Kind> all;
    for (const auto& [kind, name] : names) all.push_back(kind);
    return all;
  }();
  return kinds;
}

std::string_view built_in_text(Kind kind, i18n::Language language) {
  const std::string_view folder = language == i18n::Language::en ? "en" : "zh_CN";
  for (const auto& one : embedded_templates()) {
    if (one.language == folder && one.kind == name_of(kind)) return one.text;
  }
  throw Fault("template.missing", "a built-in template is missing");
}

const ReceiptTemplate& built_in(Kind kind, i18n::Language language) {
  static const auto all = [] {
    std::map<std::pair<Kind, i18n::Language>, ReceiptTemplate> parsed;
    for (const auto one : all_kinds()) {
      for (const auto spoken : {i18n::Language::zh_CN, i18n::Language::en}) {
        auto read = ReceiptTemplate::parse(built_in_text(one, spoken));
        if (!read) {
          const auto& error = read.error().front();
          throw Fault(error.code,
                      std::string(name_of(one)) + " line " + std::to_string(error.line) + ": " + error.message);
        }
        parsed.emplace(std::pair(one, spoken), std::move(*read));
      }
    }
    return parsed;
  }();
  return all.at({kind, language});
}

}  // namespace lanekeeper::receipt_template
