#include "model/template_editor.h"

#include <algorithm>

#include "model/receipt_sample.h"

namespace lanekeeper::office {

std::string_view name_of(i18n::Language language) {
  return language == i18n::Language::en ? "en" : "zh_CN";
}

TemplateEditor::TemplateEditor(StoreSettingsModel& settings, const StoreModel& store)
    : settings_(settings), store_(store) {
  settings_watch_ = settings_.on_change([this] { settings_changed(); });
  read();
}

std::string TemplateEditor::built_in(const Key& key) {
  return std::string(receipt_template::built_in_text(key.kind, key.language));
}

std::string TemplateEditor::own_text(const Key& key) const {
  return settings_.own_text(std::string(name_of(key.kind)), std::string(name_of(key.language)));
}

std::string TemplateEditor::stored(const Key& key) const {
  auto own = own_text(key);
  return own.empty() ? built_in(key) : own;
}

std::string TemplateEditor::text() const {
  const auto draft = drafts_.find(key_);
  return draft == drafts_.end() ? stored(key_) : draft->second.history.text();
}

void TemplateEditor::open(const Key& key) {
  key_ = key;
  error_.reset();
  just_saved_ = false;
  last_read_.reset();
  read();
  changed_.notify();
}

void TemplateEditor::edit(std::string text) {
  if (text == this->text()) return;
  auto& draft = drafts_.try_emplace(key_, Draft{TextHistory(stored(key_)), own_text(key_)}).first->second;
  draft.history.change(std::move(text));
  draft_changed();
}

bool TemplateEditor::can_undo() const {
  const auto draft = drafts_.find(key_);
  return draft != drafts_.end() && draft->second.history.can_undo();
}

bool TemplateEditor::can_redo() const {
  const auto draft = drafts_.find(key_);
  return draft != drafts_.end() && draft->second.history.can_redo();
}

void TemplateEditor::undo() {
  if (!can_undo()) return;
  drafts_.at(key_).history.undo();
  draft_changed();
}

void TemplateEditor::redo() {
  if (!can_redo()) return;
  drafts_.at(key_).history.redo();
  draft_changed();
}

void TemplateEditor::use_built_in() {
  edit(built_in(key_));
}

bool TemplateEditor::is_built_in() const {
  return text() == built_in(key_);
}

bool TemplateEditor::prints_own() const {
  return stored(key_) != built_in(key_);
}

bool TemplateEditor::changed(const Key& key) const {
  const auto draft = drafts_.find(key);
  return draft != drafts_.end() && draft->second.history.text() != stored(key);
}

bool TemplateEditor::anything_changed() const {
  return std::any_of(drafts_.begin(), drafts_.end(), [this](const auto& draft) { return changed(draft.first); });
}

void TemplateEditor::draft_changed() {
  error_.reset();
  just_saved_ = false;
  read();
  changed_.notify();
}

void TemplateEditor::read() {
  auto parsed = receipt_template::ReceiptTemplate::parse(text());
  if (parsed) {
    last_read_ = std::move(*parsed);
    problems_.clear();
    return;
  }
  problems_ = std::move(parsed.error());
  std::stable_sort(problems_.begin(), problems_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
}

std::vector<receipt_template::PaperElement> TemplateEditor::paper(int columns) const {
  const auto data = receipt_sample(key_.kind, key_.language, store_.profile());
  const auto& shown = last_read_ ? *last_read_ : receipt_template::built_in(key_.kind, key_.language);
  return receipt_template::lay_out(shown.render(data), columns);
}

bool TemplateEditor::save() {
  if (saving_ || !problems_.empty() || !readable() || !changed()) return false;
  const Key key = key_;
  saving_ = key;
  error_.reset();
  just_saved_ = false;
  const std::string kind(name_of(key.kind));
  const std::string language(name_of(key.language));
  const auto done = alive_.guard([this, key](const Result<void>& result) { saved(key, result); });
  if (is_built_in()) {
    settings_.remove_template(kind, language, {drafts_.at(key).before}, done);
  } else {
    settings_.change_template(kind, language, {text(), drafts_.at(key).before}, done);
  }
  changed_.notify();
  return true;
}

void TemplateEditor::saved(const Key& key, const Result<void>& result) {
  saving_.reset();
  if (const auto draft = drafts_.find(key); draft != drafts_.end()) {
    if (result) draft->second.before = own_text(key);
    if (!result && result.error().code == "settings.changed_meanwhile") draft->second.before.reset();
  }
  if (key == key_) {
    just_saved_ = result.has_value();
    if (!result) error_ = result.error();
  }
  changed_.notify();
}

void TemplateEditor::settings_changed() {
  if (!readable()) {  // the session has ended: no answer comes any more, and drafts wait for who signs in again
    alive_.renew();
    saving_.reset();
    read();
    changed_.notify();
    return;
  }
  // A draft that says what is stored is none, but what was before it can still be brought back.
  std::erase_if(drafts_,
                [this](const auto& draft) { return !changed(draft.first) && !draft.second.history.can_undo(); });
  read();
  changed_.notify();
}

void TemplateEditor::forget() {
  alive_.renew();
  drafts_.clear();
  saving_.reset();
  error_.reset();
  just_saved_ = false;
  last_read_.reset();
  read();
  changed_.notify();
}

}  // namespace lanekeeper::office
