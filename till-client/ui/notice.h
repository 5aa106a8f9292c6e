// What has to be said in the banner's place: what happened, what it means for this sale, which key is next. Words are
// keys and parameters, so that a notice follows a change of language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "i18n/i18n.h"
#include "money/money.h"
#include "till_ui/actions.h"

namespace lanekeeper::till::ui {

struct Words {
  std::string key{};
  i18n::Texts::Parameters parameters{};
  i18n::Texts::Parameters keyed{};  // parameters whose values are text keys themselves
  std::string fallback{};           // key that is used when there is no text of the first
  std::optional<Error> error{};     // whose own text is used when there is neither
  [[nodiscard]] bool empty() const { return key.empty() && fallback.empty() && !error; }
  [[nodiscard]] std::string in(const i18n::Texts& texts) const;
};

enum class NoticeKind { notice, attention, stop };
enum class NoticeSign { alert, stop, badge, scale, printer, info, layers, lock, tag, search, check };

struct NoticeKey {
  Place place = Place::sale;
  Action action = Action::cancel;
  std::string label{};  // text key; empty: the one of the action table
  bool danger = false;
  bool primary = false;
};

struct Notice {
  NoticeKind kind = NoticeKind::attention;
  NoticeSign sign = NoticeSign::alert;
  std::string caption{};  // text key
  Words title{};
  Words note{};
  std::string figure_text{};  // instead of the figure: a weight
  std::optional<Money> figure{};
  std::vector<NoticeKey> keys{};
  bool lasting = false;  // about the till, not about what is being done: what a screen has to say of that goes first
};

// For a refusal of the register: title and note of "till.error.<code>" when there are such texts, else the error's own
// text and a general note. A refused scan is a stop: the goods are not in the sale.
[[nodiscard]] Notice notice_for(const Error& error, bool refused_scan);
[[nodiscard]] NoticeKey dismiss_key();

}  // namespace lanekeeper::till::ui
