// What the customer is shown, made of the register's snapshots only. Nothing that the customer has no business to see:
// no staff numbers, no refusals, no other language than theirs.
#pragma once

#include <optional>
#include <vector>

#include "i18n/i18n.h"
#include "register/register_view.h"
#include "widgets/due_block.h"
#include "widgets/line_list.h"

namespace lanekeeper::till::ui {

// What does not change from sale to sale.
struct CustomerPlace {
  std::string store;
  std::string store_en;
  std::int64_t till = 0;
};

struct CustomerWords {
  enum class Moment {
    closed,   // nobody sells here
    welcome,  // nothing was scanned yet
    selling,
    paying,
    thanks,  // paid; until the next goods are scanned
  };
  Moment moment = Moment::closed;
  wxString store, serves;
  wxString training;  // a tag; empty: the sale counts
  // goods
  wxString summary, name_heading, quantity_heading, amount_heading;
  std::vector<widgets::LineRow> rows;  // all of them; the window shows the last ones, the newest is marked
  std::vector<wxString> summaries;     // by how many rows can be seen: [n] when only the last n are
  // the member
  wxString member, tier, member_note;
  // sums
  std::vector<widgets::DueBlock::Fact> facts;
  wxString due_label, currency, due;
  bool refund = false;
  // what to do or to know
  wxString title, note;
  [[nodiscard]] wxString spoken() const;
  bool operator==(const CustomerWords&) const = default;
};

[[nodiscard]] CustomerWords customer_words(const RegisterView& view, const CustomerPlace& place,
                                           const i18n::Texts& texts);

}  // namespace lanekeeper::till::ui
