// Promotions in words: what one gives, to whom, on which goods and when, as whole sentences of the catalogue.
#pragma once

#include <string>

#include "model/promotion_desk.h"
#include "model/store_model.h"
#include "office_ui/words.h"

namespace lanekeeper::office {

class PromotionWords {
 public:
  PromotionWords(const Words& words, PromotionDesk& desk, const StoreModel& store, const Clock& clock)
      : words_(words), desk_(desk), store_(store), clock_(clock) {}

  // As on screen and receipt; without one what it gives.
  [[nodiscard]] wxString name(const Definition& definition) const;
  [[nodiscard]] wxString name(std::string_view id, const Definitions& definitions) const;
  [[nodiscard]] wxString kind(const Definition& definition) const;       // "3 件付 2 件"
  [[nodiscard]] wxString when(const pricing::Schedule& schedule) const;  // "11-20 至 12-06 周五"
  [[nodiscard]] wxString who(const pricing::Audience& audience) const;   // "会员"
  [[nodiscard]] wxString goods(const pricing::Scope& scope) const;       // "脆叶薯片 原味 70g 等 5 种商品"
  [[nodiscard]] wxString item_name(const std::string& number) const;     // the number while the name is unknown
  [[nodiscard]] wxString category_name(const std::string& id) const;
  [[nodiscard]] wxString off(Rate percent) const;  // "打 8 折", "免费"

  // The sentence that says what it gives.
  [[nodiscard]] wxString gives(const pricing::Promotion& promotion) const;
  // The sentences about when it holds and what limits it.
  [[nodiscard]] wxString terms(const pricing::Promotion& promotion) const;
  [[nodiscard]] wxString day(Date date) const;
  [[nodiscard]] wxString list(const std::vector<wxString>& parts) const;

  // What a finding or problem says, with goods by name.
  [[nodiscard]] wxString error(const Error& error) const;

  enum class State { now, today_not_now, later, over, coming_version, unreadable };
  [[nodiscard]] State state(const Definition& definition) const;

 private:
  using Parameters = i18n::Texts::Parameters;
  [[nodiscard]] wxString schedule_text(std::string_view key, const pricing::Schedule& schedule) const;
  [[nodiscard]] wxString step(const pricing::SpendTier& tier) const;
  [[nodiscard]] wxString spend(const pricing::Spend& spend, Parameters parameters) const;
  [[nodiscard]] wxString gift(const pricing::Gift& gift, Parameters parameters) const;
  [[nodiscard]] wxString bundle(const pricing::Bundle& bundle, Parameters parameters) const;
  [[nodiscard]] wxString off(const std::variant<Money, Rate>& off) const;
  [[nodiscard]] wxString together(const pricing::Together& value) const;

  const Words& words_;
  PromotionDesk& desk_;
  const StoreModel& store_;
  const Clock& clock_;
};

}  // namespace lanekeeper::office
