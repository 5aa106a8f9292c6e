// What somebody is asked to allow, in words: the goods, old and new, and the reasons it needs.
#pragma once

#include <optional>

#include "i18n/i18n.h"
#include "register/commands.h"
#include "register/register_view.h"
#include "till_ui/panel_model.h"
#include "till_ui/reasons.h"

namespace lanekeeper::till::ui {

struct ApprovalSubject {
  Words name;
  Words place;
  std::vector<PanelFigure> figures;
  std::int64_t line = 0;  // of the basket; 0: none
};
[[nodiscard]] ApprovalSubject approval_subject(const RegisterView& view, const Command& command);

// The reasons to choose from while the command needs one and has none.
[[nodiscard]] std::optional<Reasons> missing_reason(const Command& command, access::Permission permission);
void set_reason(Command& command, std::string reason);

// How it is told to who is asked from afar: a text key with its parameters.
struct AfarWords {
  std::string subject;
  i18n::Texts::Parameters details;
};
[[nodiscard]] AfarWords afar_words(const RegisterView& view, const Command& command, access::Permission permission);

// "price.override" -> "price_override", as it stands in text keys.
[[nodiscard]] std::string text_name(access::Permission permission);

}  // namespace lanekeeper::till::ui
