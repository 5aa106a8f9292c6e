#include "office_ui/item_table.h"

#include "barcode/gtin.h"
#include "base/text.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::TableCell;
using widgets::TagKind;
using widgets::to_wx;
using widgets::Weight;

namespace {

enum Column : std::size_t { code, name, category, price, cost, margin_column, stock, state };

TableCell tag(const wxString& text, TagKind kind) {
  return {text, TableCell::Tone::normal, Weight::regular, 14, kind};
}

TableCell figure(const wxString& text, TableCell::Tone tone = TableCell::Tone::normal) {
  return {text, tone};
}

}  // namespace

std::string found_in_name(std::string_view name, std::string_view query) {
  const std::string wanted = to_lower_ascii(trim(query));
  if (wanted.empty()) return {};
  const std::string lower = to_lower_ascii(name);
  if (const auto at = lower.find(wanted); at != std::string::npos) return std::string(name.substr(at, wanted.size()));
  // By initials: each character of the name gives none, one or several letters.
  const auto characters = to_utf32(name);
  std::string initials;
  std::vector<std::size_t> origin;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    for (const char letter : catalogue::pinyin_initials(to_utf8(characters.substr(i, 1)))) {
      initials += letter;
      origin.push_back(i);
    }
  }
  const auto at = initials.find(wanted);
  if (at == std::string::npos) return {};
  const std::size_t first = origin[at];
  const std::size_t last = origin[at + wanted.size() - 1];
  return to_utf8(characters.substr(first, last - first + 1));
}

wxString first_code(const catalogue::Item& item) {
  if (item.codes.empty()) return {};
  const std::string& value = item.codes.front().code;
  return to_wx(value.size() == 14 && is_ascii_digits(value) ? barcode::display_gtin(value) : value);
}

std::vector<widgets::TableColumn> ItemTable::columns() const {
  // The widths hold 13 digits, 99,999.99 and the longest state.
  return {{words_("goods.barcode"), 130, 0, Align::left, 1},   {words_("goods.name"), 166, 1, Align::left, 0},
          {words_("goods.category"), 80, 0.1, Align::left, 4}, {words_("goods.price"), 70, 0, Align::right, 0},
          {words_("goods.cost"), 64, 0, Align::right, 3},      {words_("goods.margin"), 66, 0, Align::right, 2},
          {words_("goods.stock"), 70, 0, Align::right, 0},     {words_("goods.state"), 104, 0, Align::left, 0}};
}

const wxString& ItemTable::found_part(const catalogue::Item& item) const {
  const wxString shown = words_.name_of(item);
  const std::string key = widgets::to_utf8(shown);
  const auto [place, fresh] = found_.try_emplace(key);
  if (fresh) place->second = to_wx(found_in_name(key, office_.goods().filter().query));
  return place->second;
}

TableCell ItemTable::state_cell(const protocol::ItemRow& row) const {
  const auto& item = row.item;
  const ZonedTime now = office_.clock().now();
  if (!item.active) return tag(words_("state.inactive"), TagKind::neutral);
  if (item.sale_blocked) return tag(words_("state.blocked"), TagKind::stop);
  const auto price_now = catalogue::price_at(item, "regular", now.instant);
  if (!price_now) return tag(words_("state.unpriced"), TagKind::stop);
  if (item.cost && *price_now < *item.cost) return tag(words_("state.below_cost"), TagKind::stop);
  if (row.stock <= Quantity()) return tag(words_("state.out_of_stock"), TagKind::attention);
  if (const auto* coming = coming_price(item, now.instant)) {
    const bool tomorrow = coming->valid_from->instant == start_of_tomorrow(now).instant;
    return tag(words_(tomorrow ? "state.price_tomorrow" : "state.price_coming"), TagKind::accent);
  }
  return {words_("state.selling"), TableCell::Tone::secondary};
}

TableCell ItemTable::cell(std::size_t row_number, std::size_t column) const {
  const auto& row = office_.goods().rows()[row_number];
  const auto& item = row.item;
  const bool weighed = item.unit == catalogue::UnitOfMeasure::kilogram;
  const auto price_now = catalogue::price_at(item, "regular", office_.clock().now().instant);
  switch (static_cast<Column>(column)) {
    case code:
      return {first_code(item), TableCell::Tone::secondary};
    case name: {
      TableCell cell{words_.name_of(item), TableCell::Tone::normal, Weight::regular, 15};
      cell.highlight = found_part(item);
      return cell;
    }
    case category: {
      const auto* found = office_.store().category(item.category);
      return {found ? words_.name_of(*found) : wxString(), TableCell::Tone::secondary};
    }
    case price:
      return {price_now ? words_.amount(*price_now) : to_wx("—"), TableCell::Tone::normal, Weight::bold};
    case cost:
      return figure(item.cost ? words_.amount(*item.cost) : wxString());
    case margin_column: {
      const auto rate = margin(price_now, item.cost);
      const bool loss = rate && rate->per_10k() < 0;
      return figure(rate ? words_.percent(*rate) : wxString(), loss ? TableCell::Tone::stop : TableCell::Tone::normal);
    }
    case stock:
      return figure(
          item.active ? to_wx(weighed ? row.stock.to_fixed_string() : widgets::pieces_text(row.stock)) : to_wx("—"),
          row.stock < Quantity() ? TableCell::Tone::stop : TableCell::Tone::normal);
    case state:
      return state_cell(row);
  }
  return {};
}

widgets::TableRowLook ItemTable::look(std::size_t row) const {
  widgets::TableRowLook look;
  look.dimmed = !office_.goods().rows()[row].item.active;
  return look;
}

}  // namespace lanekeeper::office
