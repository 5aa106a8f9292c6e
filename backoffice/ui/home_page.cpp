#include "office_ui/home_page.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::FactSheet;
using widgets::Icon;
using widgets::StatCard;
using widgets::TableCell;
using widgets::to_wx;
using widgets::Weight;

namespace {

enum Link { to_devices = 1, to_sales };
constexpr std::size_t latest_rows = 30;
constexpr std::size_t most_oddities = 6;
// A till that was heard this long ago and is not connected has left the table of those that merely closed.
constexpr std::int64_t long_silence_ms = 15 * 60 * 1000;

}  // namespace

HomePage::HomePage(wxWindow* parent, Shell& around) : Page(parent, around) {
  sum_ = new StatCard(this);
  receipts_ = new StatCard(this);
  average_ = new StatCard(this);
  tills_ = new StatCard(this);
  exceptions_ = new StatCard(this);
  auto cards = row_of(this, 12);
  for (StatCard* card : {sum_, receipts_, average_, tills_, exceptions_}) cards.add(card, 1);

  latest_ =
      new widgets::TableView(this, words()("home.latest"),
                             {{words()("sales.time"), 84, 0, Align::left, 0},
                              {words()("sales.till"), 90, 0, Align::left, 0},
                              {words()("sales.receipt"), 104, 1, Align::left, 0},
                              {words()("sales.cashier"), 110, 1, Align::left, 1},
                              {words()("sales.lines"), 72, 0, Align::right, 2},
                              {words()("sales.amount"), 110, 0, Align::right, 0}},
                             {[this](std::size_t row, std::size_t column) { return cell(row, column); }, nullptr});
  latest_->set_row_height(40);
  // The keyboard goes through the rows and Enter opens one; a click opens it at once.
  latest_->on_select([this](std::size_t row) {
    const auto& sales = office().sales().sales();
    if (row >= sales.size()) return;
    chosen_ = key_of(sales[row]);
    update_soon();
  });
  latest_->on_press([this](std::size_t row) { open_sale(row); });
  latest_->on_activate([this](std::size_t row) { open_sale(row); });

  auto* panel = new widgets::Surface(this);
  panel->SetMinSize(wxSize(px(360), -1));
  auto* heading = new widgets::Label(panel, words()("home.attention"), {17, Weight::bold, widgets::theme().ink});
  attention_ = new FactSheet(panel, words()("home.attention"));
  attention_->on_link([this](int id) { shell().open_page(id == to_devices ? PageId::devices : PageId::sales); });
  auto inside = column_of(panel, 6);
  auto heading_row = row_of(panel, 0);
  heading_row.add_space(18).add(heading, 1);
  inside.add(heading_row).add(attention_, 1);
  panel->SetSizer(inside.padded(1, 12));

  auto* latest_heading = new widgets::Label(this, words()("home.latest"), {17, Weight::bold, widgets::theme().ink});
  auto left = column_of(this, 10);
  left.add(latest_heading).add(latest_, 1);
  auto body = row_of(this, 16);
  body.add(left, 1).add(panel);
  auto all = column_of(this, 16);
  all.add(cards.sizer()).add(body, 1);
  SetSizer(all.padded(20, 16));

  watch(office());
  watch(office().sales());
  watch(office().exceptions());
  watch(office().devices());
  watch(office().store());
  update();
}

void HomePage::open_sale(std::size_t row) {
  const auto& sales = office().sales().sales();
  if (row >= sales.size()) return;
  office().sales().select(key_of(sales[row]));
  shell().open_page(PageId::sales);
}

wxString HomePage::subtitle() const {
  const Date date = office().sales().date();
  return office().sales().ever_loaded() ? words()("home.business_day", {{"date", widgets::to_utf8(words().date(date))}})
                                        : wxString();
}

TableCell HomePage::cell(std::size_t row, std::size_t column) const {
  const auto& sale = office().sales().sales()[row];
  switch (column) {
    case 0:
      return {words().time(sale.completed_at), TableCell::Tone::secondary};
    case 1:
      return {words()("till_number", {{"till", std::to_string(sale.till)}})};
    case 2:
      return {wxString::Format("%06lld", static_cast<long long>(sale.receipt_number)), TableCell::Tone::secondary};
    case 3:
      return {to_wx(sale.cashier_name), TableCell::Tone::secondary};
    case 4:
      return {words().count(sale.line_count), TableCell::Tone::secondary};
    default:
      return {words().amount(sale.payable), TableCell::Tone::normal, Weight::bold};
  }
}

void HomePage::update_cards() {
  const auto& sales = office().sales();
  const auto& devices = office().devices();
  const bool known = sales.ever_loaded();
  const wxString none = to_wx("—");
  sum_->set({words()("stat.sum"), known ? words().sum(sales.total()) : none, words()("stat.sum_note")});
  const auto fresh =
      sales.sales().empty()
          ? wxString()
          : words()("stat.last_sale", {{"time", widgets::to_utf8(words().time(sales.sales().front().completed_at))}});
  receipts_->set({words()("stat.receipts"), known ? words().count(sales.count()) : none, fresh});
  const Money average =
      sales.count() > 0 ? Money::of_minor(divide(sales.total().minor(), sales.count(), Rounding::half_up)) : Money();
  average_->set({words()("stat.average"), known ? words().sum(average) : none, words()("stat.average_note")});
  const auto connected = devices.tills_connected();
  const auto count = devices.till_count();
  tills_->set(
      {words()("stat.tills"),
       devices.ever_loaded()
           ? words()("stat.tills_figure", {{"connected", std::to_string(connected)}, {"count", std::to_string(count)}})
           : none,
       devices.ever_loaded() ? words()("stat.tills_note", {{"working", std::to_string(devices.tills_working())}})
                             : wxString(),
       connected < count ? std::optional(Icon::unlink) : std::nullopt,
       connected < count ? StatCard::Tone::attention : StatCard::Tone::normal});
  const auto exceptions = sales.exception_count();
  const bool some = exceptions.value_or(0) > 0;
  exceptions_->set({words()("stat.exceptions"), exceptions && known ? words().count(*exceptions) : none,
                    exceptions && known ? words()(some ? "stat.exceptions_note" : "stat.exceptions_none") : wxString(),
                    some ? std::optional(Icon::alert) : std::nullopt,
                    some ? StatCard::Tone::attention : StatCard::Tone::normal});
}

void HomePage::attention_to_tills(std::vector<FactSheet::Row>& rows) const {
  const Instant now = office().devices().now();
  for (const auto& device : office().devices().devices()) {
    if (device.kind != protocol::DeviceKind::till || device.revoked) continue;
    const std::string till = std::to_string(device.till);
    FactSheet::Row row;
    row.kind = FactSheet::Kind::link;
    row.id = to_devices;
    row.tone = FactSheet::Tone::attention;
    if (!device.connected) {
      const bool known = device.last_contact.has_value();
      if (known && now.unix_ms - device.last_contact->instant.unix_ms > long_silence_ms &&
          (!device.status || device.status->cashier.empty())) {
        continue;  // closed for the day
      }
      row.icon = Icon::unlink;
      row.label = words()("attention.till_offline", {{"till", till}});
      row.note = known ? words()("attention.till_offline_note",
                                 {{"ago", widgets::to_utf8(words().ago(device.last_contact->instant, now))}})
                       : words()("attention.till_never");
      rows.push_back(row);
      continue;
    }
    if (!device.status) continue;
    if (device.status->parked > 0) {
      row.icon = Icon::alert;
      row.tone = FactSheet::Tone::stop;
      row.label = words()("attention.parked", {{"till", till}, {"count", std::to_string(device.status->parked)}});
      row.note = words()("attention.parked_note");
      rows.push_back(row);
    }
    if (device.status->printer == "error" || device.status->printer == "absent") {
      row.icon = Icon::printer;
      row.tone = FactSheet::Tone::attention;
      row.label = words()("attention.printer", {{"till", till}});
      row.note = words()("attention.printer_note");
      rows.push_back(row);
    }
  }
}

// What is odd about tills and not about one sale.
void HomePage::attention_to_oddities(std::vector<FactSheet::Row>& rows) const {
  const auto& oddities = office().exceptions().rows();
  const std::size_t shown = std::min(most_oddities, oddities.size());
  for (std::size_t i = 0; i < shown; ++i) {
    FactSheet::Row row;
    row.kind = FactSheet::Kind::item;
    row.icon = Icon::alert;
    row.tone = FactSheet::Tone::attention;
    row.label = words()("attention.of_till", {{"what", widgets::to_utf8(words().exception(oddities[i].what.code))},
                                              {"till", std::to_string(oddities[i].till)}});
    row.note = words().error(protocol::from_body(oddities[i].what));
    rows.push_back(row);
  }
  if (oddities.size() == shown) return;
  FactSheet::Row more;
  more.kind = FactSheet::Kind::text;
  more.label = words()("attention.more", {{"count", std::to_string(oddities.size() - shown)}});
  rows.push_back(more);
}

std::vector<FactSheet::Row> HomePage::attention() const {
  std::vector<FactSheet::Row> rows;
  for (const auto& device : office().devices().waiting()) {
    FactSheet::Row row;
    row.kind = FactSheet::Kind::link;
    row.id = to_devices;
    row.icon = Icon::gear;
    row.tone = FactSheet::Tone::attention;
    row.label = words()("attention.waiting", {{"device", device.device_name}});
    row.note = words()("attention.waiting_note", {{"fingerprint", device.fingerprint}});
    rows.push_back(row);
  }
  attention_to_tills(rows);
  if (const auto count = office().sales().exception_count().value_or(0); count > 0) {
    FactSheet::Row row;
    row.kind = FactSheet::Kind::link;
    row.id = to_sales;
    row.icon = Icon::alert;
    row.tone = FactSheet::Tone::attention;
    row.label = words()("attention.exceptions", {{"count", std::to_string(count)}});
    row.note = words()("attention.exceptions_note");
    rows.push_back(row);
  }
  attention_to_oddities(rows);
  if (rows.empty()) {
    FactSheet::Row row;
    row.kind = FactSheet::Kind::item;
    row.icon = Icon::check;
    row.label = words()("attention.none");
    row.note = words()("attention.none_note");
    rows.push_back(row);
  }
  return rows;
}

void HomePage::update() {
  update_cards();
  const auto& sales = office().sales();
  const bool failed = sales.error() && sales.sales().empty();
  if (!office().allows(access::Permission::sales_read)) {
    latest_->set_empty(words()("home.no_sales"), words()("home.no_sales_note"));
  } else {
    latest_->set_empty(words()(failed                ? "load_failed"
                               : sales.ever_loaded() ? "sales.none"
                                                     : "loading"),
                       failed                ? words().error(*sales.error())
                       : sales.ever_loaded() ? words()("sales.none_note")
                                             : wxString());
  }
  const std::size_t count = std::min(latest_rows, sales.sales().size());
  std::optional<std::size_t> chosen;
  for (std::size_t row = 0; row < count; ++row) {
    if (chosen_ == key_of(sales.sales()[row])) chosen = row;
  }
  latest_->set_rows(count, chosen);
  attention_->set(attention());
  if (sales.date() != shown_date_) {
    shown_date_ = sales.date();
    shell().heading_changed();
  }
}

}  // namespace lanekeeper::office
