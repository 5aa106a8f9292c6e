#include "office_ui/devices_page.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Button;
using widgets::FactSheet;
using widgets::Icon;
using widgets::NoteBox;
using widgets::TableCell;
using widgets::TagKind;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {
constexpr std::chrono::milliseconds tick_interval{15'000};  // "3 minutes ago" goes on by itself
}

DevicesPage::DevicesPage(wxWindow* parent, Shell& around) : Page(parent, around) {
  left_ = new wxPanel(this);
  left_->SetBackgroundColour(GetBackgroundColour());
  waiting_ = new wxPanel(left_);
  waiting_->SetBackgroundColour(GetBackgroundColour());
  waiting_->SetSizer(new wxBoxSizer(wxVERTICAL));
  approved_ = new NoteBox(left_, NoteBox::Kind::info, wxString());
  approved_->set_ground(GetBackgroundColour());
  table_ = new widgets::TableView(left_, words()("devices.title"),
                                  {{words()("devices.device"), 120, 0.6, Align::left, 0},
                                   {words()("devices.state"), 128, 0, Align::left, 0},
                                   {words()("devices.cashier"), 90, 0.3, Align::left, 2},
                                   {words()("devices.unsent"), 92, 0, Align::right, 0},
                                   {words()("devices.printer"), 92, 0, Align::left, 3},
                                   {words()("devices.version"), 84, 0.2, Align::left, 4},
                                   {words()("devices.contact"), 112, 0.2, Align::left, 1}},
                                  {[this](std::size_t row, std::size_t column) { return cell(row, column); },
                                   [this](std::size_t row) {
                                     widgets::TableRowLook look;
                                     look.dimmed = office().devices().devices()[row].revoked;
                                     return look;
                                   }});
  table_->on_select([this](std::size_t row) {
    const auto& devices = office().devices().devices();
    if (row >= devices.size()) return;
    selected_id_ = devices[row].device_id;
    confirming_ = false;
    update_soon();
  });
  auto column = column_of(left_, 12);
  column.add(waiting_).add(approved_).add(table_, 1);
  left_->SetSizer(column.sizer());
  build_detail();
  auto all = row_of(this, 16);
  all.add(left_, 1).add(detail_);
  SetSizer(all.padded(20, 16));
  watch(office());
  watch(office().devices());
  watch(office().goods());
  tick();
  update();
}

void DevicesPage::tick() {
  tick_ = office().timers().once(tick_interval, [this] {
    update_soon();
    tick();
  });
}

void DevicesPage::build_detail() {
  detail_ = new widgets::Surface(this);
  detail_->SetMinSize(wxSize(px(360), -1));
  detail_title_ = new widgets::Label(detail_, wxString(), {17, Weight::bold, theme().ink});
  detail_note_ = new widgets::Label(detail_, wxString(), {14, Weight::regular, theme().ink_quiet});
  detail_title_->set_may_shrink();
  detail_note_->set_may_shrink();
  Button::Content close;
  close.icon = Icon::cross;
  close.look = Button::Look::quiet;
  close.compact = true;
  auto* close_button = new Button(detail_, close);
  close_button->set_ground(theme().panel);
  close_button->SetLabel(words()("close"));
  close_button->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    selected_id_.clear();
    update_soon();
  });
  detail_sheet_ = new FactSheet(detail_, words()("devices.device"));
  revoke_note_ = new NoteBox(detail_, NoteBox::Kind::stop, wxString());
  Button::Content keep;
  keep.label = words()("devices.keep");
  keep_ = new Button(detail_, keep);
  Button::Content revoke;
  revoke.label = words()("devices.revoke");
  revoke.look = Button::Look::danger;
  revoke_ = new Button(detail_, revoke);
  for (Button* button : {keep_, revoke_}) button->set_ground(theme().panel);
  keep_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    confirming_ = false;
    update_soon();
  });
  revoke_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (confirming_) office().devices().revoke(selected_id_);
    confirming_ = !confirming_;
    update();
    // A second press of the same key must not be the confirmation.
    if (confirming_) keep_->SetFocus();
  });
  auto titles = column_of(detail_, 0);
  titles.add(detail_title_).add(detail_note_);
  auto head = row_of(detail_, 0);
  head.add_space(18).add(titles, 1).add_centred(close_button).add_space(10);
  auto note = row_of(detail_, 0);
  note.add_space(18).add(revoke_note_, 1).add_space(18);
  auto buttons = row_of(detail_, 8);
  buttons.add_space(18).add(keep_).add(revoke_, 1).add_space(18);
  auto column = column_of(detail_, 10);
  column.add(head).add(detail_sheet_, 1).add(note).add(buttons);
  detail_->SetSizer(column.padded(1, 14));
  detail_->Hide();
}

wxString DevicesPage::subtitle() const {
  const auto& devices = office().devices();
  if (!devices.ever_loaded()) return {};
  return words()("devices.summary", {{"count", std::to_string(devices.till_count())},
                                     {"connected", std::to_string(devices.tills_connected())}});
}

void DevicesPage::focus_first() {
  if (cards_.empty()) return table_->SetFocus();
  cards_.front()->code().control().SetFocus();
}

bool DevicesPage::take_key(const wxKeyEvent& event) {
  if (is_plain(event, WXK_ESCAPE) && !selected_id_.empty()) {
    if (!confirming_) selected_id_.clear();
    confirming_ = false;
    update_soon();
    return true;
  }
  for (ApprovalCard* card : cards_) {
    const bool enter = is_plain(event, WXK_RETURN) || is_plain(event, WXK_NUMPAD_ENTER);
    if (!enter || !card->IsDescendant(wxWindow::FindFocus())) continue;
    if (card->till() != nullptr && wxWindow::FindFocus() == &card->code().control()) {
      card->till()->control().SetFocus();
      card->till()->control().SelectAll();
      return true;
    }
    if (card->till() == nullptr || wxWindow::FindFocus() == &card->till()->control()) {
      card->approve(false);
      return true;
    }
  }
  return false;
}

TableCell DevicesPage::state_cell(const protocol::DeviceRow& device) const {
  const auto tag = [this](std::string_view key, TagKind kind) {
    return TableCell{words()(key), TableCell::Tone::normal, Weight::regular, 14, kind};
  };
  if (device.revoked) return tag("devices.revoked", TagKind::neutral);
  if (!device.connected) return tag("devices.offline", TagKind::attention);
  if (device.status && device.status->parked > 0) return tag("devices.parked", TagKind::stop);
  if (device.kind == protocol::DeviceKind::till && device.status && !device.status->cashier.empty()) {
    return {words()("devices.working"), TableCell::Tone::normal, Weight::regular, 14, std::nullopt, Icon::check};
  }
  return {words()("devices.connected"), TableCell::Tone::secondary, Weight::regular, 14, std::nullopt, Icon::check};
}

wxString DevicesPage::version_words(const protocol::DeviceRow& device) const {
  return device.status ? to_wx(device.status->software) : wxString();
}

TableCell DevicesPage::cell(std::size_t row, std::size_t column) const {
  const auto& device = office().devices().devices()[row];
  const bool is_till = device.kind == protocol::DeviceKind::till;
  const auto& status = device.status;
  switch (column) {
    case 0:
      return {is_till ? words()("till_number", {{"till", std::to_string(device.till)}})
                      : words()("devices.backoffice", {{"name", device.name}}),
              TableCell::Tone::normal, is_till ? Weight::bold : Weight::regular, 15};
    case 1:
      return state_cell(device);
    case 2:
      return {status ? to_wx(status->cashier) : wxString(), TableCell::Tone::secondary};
    case 3: {
      if (!is_till || !status) return {};
      const bool waiting = status->unsent > 0;
      // What a till without a connection has sold meanwhile nobody here can know.
      if (!device.connected && !waiting) return {to_wx("—"), TableCell::Tone::quiet};
      return {words().count(status->unsent), waiting ? TableCell::Tone::attention : TableCell::Tone::secondary,
              waiting ? Weight::bold : Weight::regular};
    }
    case 4: {
      if (!is_till || !status || status->printer.empty()) return {};
      const bool well = status->printer == "ok" || status->printer == "none";
      return {words()("printer." + status->printer), well ? TableCell::Tone::secondary : TableCell::Tone::attention};
    }
    case 5:
      return {version_words(device), TableCell::Tone::secondary};
    default:
      if (!device.last_contact) return {words()("devices.never"), TableCell::Tone::quiet};
      if (device.connected) return {words()("ago.now"), TableCell::Tone::secondary};
      return {words().ago(device.last_contact->instant, office().devices().now()), TableCell::Tone::secondary};
  }
}

const protocol::DeviceRow* DevicesPage::selected() const {
  for (const auto& device : office().devices().devices()) {
    if (device.device_id == selected_id_) return &device;
  }
  return nullptr;
}

void DevicesPage::add_status(std::vector<FactSheet::Row>& rows, const protocol::DeviceRow& device) const {
  const protocol::TillStatus& status = *device.status;
  const auto add = [&rows](const wxString& label, const wxString& value, bool attention = false) {
    FactSheet::Row row;
    row.label = label;
    row.value = value;
    row.tone = attention ? FactSheet::Tone::attention : FactSheet::Tone::normal;
    rows.push_back(row);
  };
  add(words()("devices.cashier"), status.cashier.empty() ? words()("devices.nobody") : to_wx(status.cashier));
  const wxString unsent = words()("devices.unsent_value", {{"count", std::to_string(status.unsent)},
                                                           {"amount", to_utf8(words().sum(status.unsent_amount))}});
  add(words()("devices.unsent"), device.connected || status.unsent > 0 ? unsent : words()("devices.unsent_unknown"),
      status.unsent > 0);
  if (status.parked > 0) add(words()("devices.parked"), words().count(status.parked), true);
  if (!status.printer.empty()) {
    add(words()("devices.printer"), words()("printer." + status.printer),
        status.printer == "error" || status.printer == "absent");
  }
  add(words()("devices.catalogue"), words().count(status.catalogue_version));
  add(words()("devices.version"), to_wx(status.software));
}

std::vector<FactSheet::Row> DevicesPage::facts(const protocol::DeviceRow& device) const {
  std::vector<FactSheet::Row> rows;
  const auto add = [&rows](const wxString& label, const wxString& value) {
    FactSheet::Row row;
    row.label = label;
    row.value = value;
    rows.push_back(row);
  };
  add(words()("devices.state"), state_cell(device).text);
  if (device.status) add_status(rows, device);
  add(words()("devices.address"), to_wx(device.address));
  add(words()("devices.contact"),
      device.last_contact ? words().moment(*device.last_contact, office().clock().now()) : words()("devices.never"));
  add(words()("devices.id"), to_wx(device.device_id));
  return rows;
}

void DevicesPage::update_waiting() {
  const auto& waiting = office().devices().waiting();
  const bool same = waiting.size() == cards_.size() &&
                    std::equal(waiting.begin(), waiting.end(), cards_.begin(),
                               [](const auto& device, const auto* card) { return device.enrolment_id == card->id(); });
  if (!same) {
    for (ApprovalCard* card : cards_) card->Destroy();
    cards_.clear();
    wxSizer* sizer = waiting_->GetSizer();
    sizer->Clear();
    for (const auto& device : waiting) {
      auto* card = new ApprovalCard(waiting_, shell(), device);
      sizer->Add(card, wxSizerFlags().Expand().Border(wxTOP, cards_.empty() ? 0 : px(8)));
      cards_.push_back(card);
    }
  } else {
    for (ApprovalCard* card : cards_) card->update();
  }
  set_shown(waiting_, !cards_.empty());
  const auto& approved = office().devices().approved();
  if (approved) {
    approved_->set(NoteBox::Kind::info, approved->till
                                            ? words()("approval.done_till", {{"device", approved->device_name},
                                                                             {"till", std::to_string(*approved->till)}})
                                            : words()("approval.done_backoffice", {{"device", approved->device_name}}));
  }
  set_shown(approved_, approved.has_value());
  left_->Layout();
}

void DevicesPage::update_detail() {
  const auto* device = selected();
  const int width = GetClientSize().x;
  bool changed = set_shown(detail_, device != nullptr);
  const bool covered = device != nullptr && width < px(820);
  changed = set_shown(left_, !covered) || changed;
  if (device != nullptr) {
    const bool is_till = device->kind == protocol::DeviceKind::till;
    detail_title_->set(is_till ? words()("till_number", {{"till", std::to_string(device->till)}})
                               : words()("devices.backoffice", {{"name", device->name}}));
    detail_note_->set(to_wx(device->name));
    detail_sheet_->set(facts(*device));
    const bool may = office().allows(access::Permission::devices_approve) && !device->revoked;
    const auto* action = office().devices().action(device->device_id);
    const bool failed = action != nullptr && action->error;
    if (failed) revoke_note_->set(NoteBox::Kind::warning, words().error(*action->error));
    if (confirming_) {
      revoke_note_->set(NoteBox::Kind::stop,
                        words()(is_till ? "devices.revoke_till_note" : "devices.revoke_office_note"));
    }
    set_shown(revoke_note_, failed || confirming_);
    set_shown(keep_, confirming_);
    set_shown(revoke_, may);
    auto content = revoke_->content();
    content.label = words()(confirming_ ? "devices.revoke_really" : "devices.revoke");
    revoke_->set(content);
    detail_->Layout();
  }
  if (changed) Layout();
}

void DevicesPage::update() {
  update_waiting();
  const auto& devices = office().devices();
  const bool failed = devices.error() && devices.devices().empty();
  table_->set_empty(words()(failed                  ? "load_failed"
                            : devices.ever_loaded() ? "devices.none"
                                                    : "loading"),
                    failed                  ? words().error(*devices.error())
                    : devices.ever_loaded() ? words()("devices.none_note")
                                            : wxString());
  std::optional<std::size_t> row;
  for (std::size_t i = 0; i < devices.devices().size(); ++i) {
    if (devices.devices()[i].device_id == selected_id_) row = i;
  }
  table_->set_rows(devices.devices().size(), row);
  update_detail();
  shell().heading_changed();
}

}  // namespace lanekeeper::office
