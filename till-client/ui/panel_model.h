// What a panel of the till shows, in words that follow the language of the screen. Without wx: parts of the desk make
// it, task_panel.h draws it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "money/money.h"
#include "till_ui/actions.h"
#include "till_ui/notice.h"

namespace lanekeeper::till::ui {

// A figure beside the name of what it is about: old and new price, what is taken off.
struct PanelFigure {
  Words label{};
  std::optional<Money> amount{};
  std::string text{};  // instead of an amount
  enum class Look { plain, struck, strong, negative } look = Look::plain;
};
struct PanelRow {
  std::string cap{};  // the digit that takes it
  Words title{};
  Words note{};
  std::optional<Money> amount{};
};
struct PanelChoice {
  std::string cap{};
  Words label{};
  bool selected = false;
};
struct PanelKey {
  Action action = Action::confirm;
  std::string label{};  // text key
  std::string cap{};
  enum class Look { plain, primary, danger } look = Look::plain;
  bool operator==(const PanelKey&) const = default;
};
// Somebody who stands by shows who it is: number and PIN, or a badge.
struct PanelCredentials {
  Words title{};
  std::string number{};
  int pin_digits = 0;
  enum class Asks { nothing_yet, number, pin } asks = Asks::number;
  Words badge{};  // empty: no badge is read here
};
// What is being typed, where the screen has no entry bar.
struct PanelField {
  Words label{};
  std::string text{};
  Words placeholder{};
};

struct PanelModel {
  NoticeKind kind = NoticeKind::notice;  // the colour of frame and head
  NoticeSign sign = NoticeSign::info;
  Words title{};
  Words hint{};
  Words name{};   // what it is about
  Words place{};  // and where that is
  std::vector<PanelFigure> figures{};
  Words note{};
  Words message{};  // what went wrong
  Words choices_title{};
  std::vector<PanelChoice> choices{};
  std::optional<PanelCredentials> credentials{};
  std::optional<PanelField> field{};
  std::vector<PanelRow> rows{};
  int selected = -1;
  Words empty{};  // while there are no rows
  enum class Pad { none, digits, amount } pad = Pad::none;
  std::vector<PanelKey> keys{};
};

// What the entry bar says, and which characters it takes.
struct EntryModel {
  enum class Kind {
    none,
    digits,
    amount,  // digits and one point
    text,
    secret,  // digits that are not shown
    choice,  // 1..9, taken at once
  } kind = Kind::none;
  std::string label{};        // text keys
  std::string placeholder{};  //
  bool attention = false;     // amber
};

}  // namespace lanekeeper::till::ui
