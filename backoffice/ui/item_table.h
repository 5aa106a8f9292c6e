// The goods as cells of a table.
#pragma once

#include <map>
#include <vector>

#include "model/office.h"
#include "office_ui/words.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class ItemTable {
 public:
  ItemTable(Office& office, const Words& words) : office_(office), words_(words) {}

  [[nodiscard]] std::vector<widgets::TableColumn> columns() const;
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] widgets::TableRowLook look(std::size_t row) const;
  // Forget what was found out about names for an earlier search.
  void search_changed() { found_.clear(); }

 private:
  [[nodiscard]] widgets::TableCell state_cell(const protocol::ItemRow& row) const;
  [[nodiscard]] const wxString& found_part(const catalogue::Item& item) const;

  Office& office_;
  const Words& words_;
  mutable std::map<std::string, wxString> found_;  // part of a name that the search found, by name
};

// The part of a name that a search by words or pinyin initials found; empty: none.
[[nodiscard]] std::string found_in_name(std::string_view name, std::string_view query);
// The first barcode as people know it.
[[nodiscard]] wxString first_code(const catalogue::Item& item);

}  // namespace lanekeeper::office
