#include "office_ui/pairing_page.h"

#include <fmt/format.h>

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"
#include "office_ui/sign_in_page.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Button;
using widgets::Icon;
using widgets::Label;
using widgets::NoteBox;
using widgets::StepList;
using widgets::Surface;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {
constexpr std::chrono::milliseconds tick_interval{1000};
}  // namespace

PairingPage::PairingPage(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  bar_ = new widgets::StatusBar(this);
  wxWindow* steps = build_steps();
  code_panel_ = build_code();
  auto row = row_of(this, 12);
  row.add(steps).add(code_panel_, 1);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(bar_, wxSizerFlags().Expand());
  column->Add(row.padded(12, 12), wxSizerFlags(1).Expand());
  SetSizer(column);
  watch(office());
  watch(office().pairing());
  tick();
  update();
}

wxWindow* PairingPage::build_steps() {
  auto* panel = new Surface(this);
  panel->SetMinSize(wxSize(px(shell().narrow() ? 300 : 420), -1));
  auto* title = new Label(panel, words()("pairing.title"), {24, Weight::bold, theme().ink});
  auto* note = new Label(panel, words()("pairing.subtitle"), {17, Weight::regular, theme().ink_secondary});
  note->set_max_lines(2);
  steps_ = new StepList(panel);
  auto* warning = new NoteBox(panel, NoteBox::Kind::warning, words()("pairing.warning"), 16);
  auto column = column_of(panel, 8);
  column.add(title).add(note).add(steps_).add_stretch().add(warning);
  panel->SetSizer(column.padded(24, 24));
  return panel;
}

wxSizer* PairingPage::build_facts(wxWindow* panel) {
  auto row = row_of(panel, 16);
  const auto add = [&](std::string_view label, Label*& value) {
    auto* name = new Label(panel, words()(label), {15, Weight::regular, theme().ink_quiet});
    name->SetMinSize(wxSize(px(60), -1));
    value = new Label(panel, wxString(), {18, Weight::bold, theme().ink});
    value->SetMinSize(wxSize(px(60), px(27)));
    auto column = column_of(panel, 0);
    column.add(name).add(value);
    row.add(column, 1);
  };
  add("pairing.device", device_);
  add("pairing.server", server_value_);
  add("pairing.fingerprint", fingerprint_);
  return row.sizer();
}

wxSizer* PairingPage::build_keys(wxWindow* panel) {
  auto row = row_of(panel, 8);
  const auto add = [&](std::string_view label, const wxString& cap, std::function<void()> run) {
    TouchKey::Content content;
    content.label = words()(label);
    content.cap = cap;
    auto* key = new TouchKey(panel, content);
    key->set_ground(theme().panel);
    key->set_design_size(100, 72);
    key->Bind(wxEVT_BUTTON, [run = std::move(run)](wxCommandEvent&) { run(); });
    row.add(key, 1);
  };
  add("pairing.new_code", "F5", [this] { office().pairing().new_code(); });
  add("pairing.enter_server", "F6", [this] { show_server_field(!editing_server_); });
  add("other_language", "F12", [this] {
    shell().use_language(words().language() == i18n::Language::en ? i18n::Language::zh_CN : i18n::Language::en);
  });
  return row.sizer();
}

wxWindow* PairingPage::build_code() {
  auto* panel = new Surface(this);
  caption_ = new Label(panel, words()("pairing.code"), {24, Weight::regular, theme().ink_secondary}, Align::centre);
  boxes_ = new widgets::CodeBoxes(panel);
  wait_ = new widgets::IconLabel(panel);
  life_ = new widgets::ProgressBar(panel, words()("pairing.code"), widgets::ProgressBar::Tone::ink, 10);
  life_->set_ground(theme().panel);
  note_ = new NoteBox(panel, NoteBox::Kind::warning, wxString(), 16);
  server_row_ = new wxPanel(panel);
  server_row_->SetBackgroundColour(theme().panel);
  TextField::Options options;
  options.label = words()("pairing.server_address");
  server_ = new TextField(server_row_, options);
  Button::Content use;
  use.label = words()("pairing.use_server");
  use.look = Button::Look::primary;
  auto* use_button = new Button(server_row_, use);
  use_button->set_ground(theme().panel);
  use_button->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { use_server(); });
  auto server_row = row_of(server_row_, 8);
  server_row.add(server_, 1).add_at_end(use_button);
  server_row_->SetSizer(server_row.sizer());
  server_row_->Hide();

  auto inner = column_of(panel, 16);
  inner.add(caption_).add(boxes_).add(wait_).add(life_).add(note_).add_space(4);
  first_ = new NoteBox(panel, NoteBox::Kind::info, wxString(), 15);
  inner.add(build_facts(panel)).add(server_row_).add(first_);
  auto all = column_of(panel, 0);
  auto middle = row_of(panel, 0);
  middle.add_space(0, 1).add(inner, 6).add_space(0, 1);
  all.add_stretch().add(middle).add_stretch().add(build_keys(panel));
  panel->SetSizer(all.padded(28, 24));
  return panel;
}

void PairingPage::show_server_field(bool shown) {
  editing_server_ = shown;
  server_row_->Show(shown);
  code_panel_->Layout();
  if (!shown) return;
  server_->set_value(to_wx(office().server_address()));
  server_->control().SetFocus();
  server_->control().SelectAll();
}

void PairingPage::use_server() {
  if (const auto used = office().use_server(to_utf8(server_->value())); !used) {
    server_->set_error(words().error(used.error()));
    code_panel_->Layout();
    return;
  }
  server_->set_error(wxString());
  show_server_field(false);
}

bool PairingPage::take_key(const wxKeyEvent& event) {
  if (is_plain(event, WXK_F5)) {
    office().pairing().new_code();
    return true;
  }
  if (is_plain(event, WXK_F6)) {
    show_server_field(!editing_server_);
    return true;
  }
  if (editing_server_ && is_plain(event, WXK_ESCAPE)) {
    show_server_field(false);
    return true;
  }
  const bool enter = is_plain(event, WXK_RETURN) || is_plain(event, WXK_NUMPAD_ENTER);
  if (editing_server_ && enter && wxWindow::FindFocus() == &server_->control()) {
    use_server();
    return true;
  }
  return false;
}

void PairingPage::tick() {
  tick_ = office().timers().once(tick_interval, [this] {
    bar_->set(bar_before_work(shell(), false));
    update_wait();
    code_panel_->Layout();
    tick();
  });
}

wxString PairingPage::problem() const {
  const auto& pairing = office().pairing();
  if (pairing.step() == PairingStep::rejected) return words()("pairing.rejected");
  if (pairing.error()) return words().error(*pairing.error());
  if (office().pairing_reason()) return words().error(*office().pairing_reason());
  return {};
}

void PairingPage::update_wait() {
  const auto& pairing = office().pairing();
  const widgets::TextStyle style{20, Weight::regular, theme().ink};
  if (pairing.step() == PairingStep::waiting) {
    const auto left = pairing.seconds_left();
    wait_->set(
        {Icon::clock, words()("pairing.waiting"), style, to_wx(fmt::format("{}:{:02}", left / 60, left % 60)), true});
    life_->set(pairing.life_left_per_mille() / 1000.0);
    return;
  }
  const bool looking = pairing.step() == PairingStep::greeting || pairing.step() == PairingStep::asking;
  wait_->set({looking ? Icon::waiting : Icon::alert, words()(looking ? "pairing.looking" : "pairing.stopped"), style,
              wxString(), true});
  life_->set(0);
}

void PairingPage::update() {
  bar_->set(bar_before_work(shell(), false));
  const auto& pairing = office().pairing();
  const bool found = pairing.step() != PairingStep::greeting;
  const bool greeted = found && !pairing.store_name().empty();
  std::vector<StepList::Step> steps;
  steps.push_back(
      {words()("pairing.step_server"), greeted ? to_wx(pairing.store_name()) : to_wx(office().server_address())});
  steps.push_back({words()("pairing.step_code"), words()("pairing.step_code_note")});
  steps.push_back({words()("pairing.step_sign_in"), words()("pairing.step_sign_in_note")});
  steps_->set(steps, pairing.step() == PairingStep::paired ? 2 : found ? 1 : 0);
  steps_->GetParent()->Layout();
  boxes_->set(pairing.ticket() ? to_wx(pairing.ticket()->code) : wxString());
  device_->set(to_wx(pairing.device_name()));
  server_value_->set(to_wx(office().server_address()));
  fingerprint_->set(pairing.ticket() ? to_wx(pairing.ticket()->fingerprint) : to_wx("—"));
  const wxString text = problem();
  if (!text.empty()) {
    note_->set(pairing.step() == PairingStep::stopped ? NoteBox::Kind::stop : NoteBox::Kind::warning, text);
  }
  set_shown(note_, !text.empty());
  // Where there is no other back office yet, nobody could approve this one.
  const bool waiting = pairing.step() == PairingStep::waiting && pairing.ticket();
  if (waiting) {
    first_->set(NoteBox::Kind::info,
                words()("pairing.first_office") + "\nlanekeeper-server approve " + to_wx(pairing.ticket()->code));
  }
  set_shown(first_, waiting);
  update_wait();
  code_panel_->Layout();
}

}  // namespace lanekeeper::office
