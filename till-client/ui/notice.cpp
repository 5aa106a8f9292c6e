#include "till_ui/notice.h"

namespace lanekeeper::till::ui {

std::string Words::in(const i18n::Texts& texts) const {
  i18n::Texts::Parameters all = parameters;
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
