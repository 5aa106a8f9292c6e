// The templates of receipts while they are edited: a draft of each kind and language, what is wrong with it, and the
// paper it would print.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/store_model.h"
#include "model/store_settings_model.h"
#include "model/text_history.h"
#include "receipt_template/built_in.h"
#include "receipt_template/layout.h"

namespace lanekeeper::office {

// UI thread only.
class TemplateEditor {
 public:
  using Kind = receipt_template::Kind;
  struct Key {
    Kind kind = Kind::sale;
    i18n::Language language = i18n::Language::zh_CN;
    auto operator<=>(const Key&) const = default;
  };

  TemplateEditor(StoreSettingsModel& settings, const StoreModel& store);

  // Drafts of the others stay.
  void open(const Key& key);
  [[nodiscard]] const Key& key() const { return key_; }
  [[nodiscard]] bool readable() const { return settings_.settings() != nullptr; }  // the server has said what there is

  [[nodiscard]] std::string text() const;
  void edit(std::string text);
  [[nodiscard]] bool can_undo() const;
  [[nodiscard]] bool can_redo() const;
  void undo();
  void redo();
  void use_built_in();  // can be undone; saving it takes the shop's own one away

  [[nodiscard]] bool is_built_in() const;  // what stands in the editor
  [[nodiscard]] bool prints_own() const;   // what the tills have now
  [[nodiscard]] bool changed() const { return changed(key_); }
  [[nodiscard]] bool changed(const Key& key) const;
  [[nodiscard]] bool anything_changed() const;

  // In the order of the lines.
  [[nodiscard]] const std::vector<receipt_template::TemplateError>& problems() const { return problems_; }
  // Of the last text that could be read; columns 48 or 32.
  [[nodiscard]] std::vector<receipt_template::PaperElement> paper(int columns) const;
  [[nodiscard]] bool paper_is_old() const { return !problems_.empty(); }

  // false: there is something wrong, or nothing to save.
  bool save();
  [[nodiscard]] bool saving() const { return saving_.has_value(); }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }  // of the last save; gone with an edit
  [[nodiscard]] bool just_saved() const { return just_saved_; }
  void forget();  // all drafts: somebody else sits down

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  struct Draft {
    TextHistory history;
    // The shop's own text when it was begun; nothing when one was told that it is another by now, and goes on.
    std::optional<std::string> before;
  };
  [[nodiscard]] std::string own_text(const Key& key) const;
  [[nodiscard]] std::string stored(const Key& key) const;  // what prints now
  [[nodiscard]] static std::string built_in(const Key& key);
  void draft_changed();
  void read();
  void settings_changed();
  void saved(const Key& key, const Result<void>& result);

  StoreSettingsModel& settings_;
  const StoreModel& store_;
  Key key_;
  std::map<Key, Draft> drafts_;
  std::vector<receipt_template::TemplateError> problems_;
  std::optional<receipt_template::ReceiptTemplate> last_read_;
  std::optional<Key> saving_;
  std::optional<Error> error_;
  bool just_saved_ = false;
  Lifetime alive_;
  Signal changed_;
  Signal::Subscription settings_watch_;
};

[[nodiscard]] std::string_view name_of(i18n::Language language);  // as on the wire: "zh_CN", "en"

}  // namespace lanekeeper::office
