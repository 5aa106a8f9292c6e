// Texts, figures and times in the language of the window.
#pragma once

#include <string_view>

#include <wx/string.h>

#include "access/permissions.h"
#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "i18n/i18n.h"
#include "money/money.h"
#include "widgets/text.h"

namespace lanekeeper::office {

class Words {
 public:
  explicit Words(i18n::Language language) : texts_(language) {}

  [[nodiscard]] i18n::Language language() const { return texts_.language(); }
  // The text "backoffice.<key>".
  [[nodiscard]] wxString operator()(std::string_view key, const i18n::Texts::Parameters& parameters = {}) const;
  [[nodiscard]] bool has(std::string_view key) const { return texts_.has("backoffice." + std::string(key)); }
  [[nodiscard]] wxString error(const Error& error) const;
  // What kind of oddity of a sale this is, in a few words.
  [[nodiscard]] wxString exception(const std::string& code) const;

  [[nodiscard]] wxString amount(Money amount) const { return widgets::to_wx(widgets::amount_text(amount)); }
  [[nodiscard]] wxString sum(Money amount) const { return widgets::to_wx(widgets::grouped_amount_text(amount)); }
  [[nodiscard]] wxString signed_sum(Money amount) const;  // "+1,250.00": what is too much or too little
  [[nodiscard]] wxString count(std::int64_t count) const { return widgets::to_wx(widgets::grouped_count_text(count)); }
  [[nodiscard]] wxString percent(Rate rate) const;                                   // "35.4%", one decimal
  [[nodiscard]] wxString quantity(Quantity quantity, bool weighed) const;            // "3", "0.836 kg"
  [[nodiscard]] wxString date(Date date) const;                                      // "11-20 周五"
  [[nodiscard]] wxString time(const ZonedTime& time) const;                          // "10:02"
  [[nodiscard]] wxString moment(const ZonedTime& time, const ZonedTime& now) const;  // with the day unless it is today
  [[nodiscard]] wxString ago(Instant then, Instant now) const;                       // "3 分钟前"
  [[nodiscard]] wxString role(access::Role role) const;
  // In the language of the window where the shop gave one.
  [[nodiscard]] wxString name_of(const catalogue::Category& category) const;
  [[nodiscard]] wxString name_of(const catalogue::Item& item) const;

 private:
  i18n::Texts texts_;
};

}  // namespace lanekeeper::office
