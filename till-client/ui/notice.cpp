#include "till_ui/notice.h"

#include <algorithm>

namespace lanekeeper::till::ui {

namespace {

// The goods by their name in the language of the screen, where they have one.
void choose_names(i18n::Texts::Parameters& parameters, i18n::Language language) {
  if (language != i18n::Language::en) return;
  const auto named = [&parameters](std::string_view name) {
    return std::find_if(parameters.begin(), parameters.end(), [name](const auto& one) { return one.first == name; });
  };
  const auto english = named("name_en");
  const auto name = named("name");
  if (english != parameters.end() && name != parameters.end() && !english->second.empty()) {
    name->second = english->second;
  }
}

}  // namespace

std::string Words::in(const i18n::Texts& texts) const {
  i18n::Texts::Parameters all = parameters;
  choose_names(all, texts.language());
  for (const auto& [name, text_key] : keyed) all.emplace_back(name, texts.text(text_key));
  if (!key.empty() && texts.has(key)) return texts.text(key, all);
  if (!fallback.empty() && texts.has(fallback)) return texts.text(fallback, all);
  if (error) return texts.text(*error);
  return empty() ? std::string() : texts.text(key, all);
}

NoticeKey dismiss_key() {
  return {Place::sale, Action::cancel, "till.action.dismiss"};
}

Notice notice_for(const Error& error, bool refused_scan) {
  Notice notice;
  const std::string stem = "till.error." + error.code;
  notice.kind = refused_scan ? NoticeKind::stop : NoticeKind::attention;
  notice.sign = refused_scan ? NoticeSign::stop : NoticeSign::alert;
  notice.caption = refused_scan ? "till.caption.not_added" : "till.caption.not_done";
  notice.title = {stem + ".title", error.details, {}, "error." + error.code, error};
  notice.note = {stem + ".note",
                 error.details,
                 {},
                 refused_scan ? "till.error.note.not_added" : "till.error.note.unchanged",
                 std::nullopt};
  if (error.code == "access.denied") {
    notice.sign = NoticeSign::lock;
    notice.caption = "till.caption.denied";
  }
  if (error.code.starts_with("journal.")) {
    notice.kind = NoticeKind::stop;
    notice.sign = NoticeSign::stop;
    notice.caption = "till.caption.not_stored";
  }
  if (error.code == "barcode.unknown") notice.keys.push_back({Place::sale, Action::find_item});
  notice.keys.push_back(dismiss_key());
  return notice;
}

}  // namespace lanekeeper::till::ui
