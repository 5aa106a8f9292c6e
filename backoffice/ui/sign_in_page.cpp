#include "office_ui/sign_in_page.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::FactSheet;
using widgets::Icon;
using widgets::NoteBox;
using widgets::StatusBar;
using widgets::Surface;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {
constexpr std::chrono::milliseconds tick_interval{1000};
}

StatusBar::Content bar_before_work(Shell& shell, bool paired) {
  const Words& words = shell.words();
  Office& office = shell.office();
  StatusBar::Content content;
  content.left.push_back({std::nullopt, words("brand"), wxString()});
  content.left.push_back({std::nullopt, wxString(), words("version", {{"version", LANEKEEPER_VERSION}})});
  if (!paired) content.left.push_back({Icon::alert, wxString(), words("not_paired"), StatusBar::Tone::warning});
  const std::string server = office.server_address();
  if (office.reachable()) {
    content.right.push_back({Icon::link, wxString(), words("server_found", {{"server", server}})});
  } else {
    content.right.push_back(
        {Icon::unlink, wxString(), words("server_missing", {{"server", server}}), StatusBar::Tone::warning});
  }
  const ZonedTime now = office.clock().now();
  content.date = words.date(now.local_date());
  content.time = words.time(now);
  return content;
}

SignInPage::SignInPage(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  bar_ = new StatusBar(this);
  auto row = row_of(this, 12);
  row.add(build_store(), 2).add(build_form(), 3);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(bar_, wxSizerFlags().Expand());
  column->Add(row.padded(12, 12), wxSizerFlags(1).Expand());
  SetSizer(column);
  watch(office());
  watch(office().sign_in());
  watch(office().store());
  tick();
  update();
}

wxWindow* SignInPage::build_store() {
  auto* panel = new Surface(this);
  store_ = new widgets::Label(panel, wxString(), {20, Weight::regular, theme().ink_secondary});
  auto* title = new widgets::Label(panel, words()("sign_in.office"), {44, Weight::bold, theme().ink});
  facts_ = new FactSheet(panel, words()("sign_in.office"));
  facts_->set_padding(0);
  facts_->set_roomy(true);
  Button::Content pair;
  pair.label = words()("sign_in.pair_again");
  pair_again_ = new Button(panel, pair);
  pair_again_->set_ground(theme().panel);
  pair_again_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { office().pair_again(); }); });
  Button::Content server;
  server.label = words()("sign_in.server");
  server.hotkey = "F6";
  auto* server_button = new Button(panel, server);
  server_button->set_ground(theme().panel);
  server_button->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { show_server_field(!editing_server_); });
  Button::Content language;
  language.label = words()("other_language");
  language.hotkey = "F12";
  auto* language_button = new Button(panel, language);
  language_button->set_ground(theme().panel);
  language_button->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    shell().use_language(words().language() == i18n::Language::en ? i18n::Language::zh_CN : i18n::Language::en);
  });
  server_row_ = new wxPanel(panel);
  server_row_->SetBackgroundColour(theme().panel);
  TextField::Options options;
  options.label = words()("sign_in.server_address");
  server_ = new TextField(server_row_, options);
  auto server_sizer = row_of(server_row_, 0);
  server_sizer.add(server_, 1);
  server_row_->SetSizer(server_sizer.sizer());
  server_row_->Hide();
  auto buttons = row_of(panel, 8);
  buttons.add(server_button, 1).add(language_button, 1);
  auto column = column_of(panel, 8);
  column.add(store_).add(title).add_space(4).add(facts_, 1).add(pair_again_).add(server_row_).add(buttons);
  panel->SetSizer(column.padded(24, 20));
  return panel;
}

wxWindow* SignInPage::build_form() {
  auto* panel = new Surface(this);
  auto* title = new widgets::Label(panel, words()("sign_in.title"), {28, Weight::bold, theme().ink});
  const auto field = [&](std::string_view label, long style) {
    TextField::Options options;
    options.label = words()(label);
    options.style = style;
    auto* made = new TextField(panel, options);
    made->control().SetFont(widgets::native_font(20));
    return made;
  };
  number_ = field("sign_in.number", 0);
  number_->set_value(to_wx(office().settings().last_number));
  password_ = field("sign_in.password", wxTE_PASSWORD);
  note_ = new NoteBox(panel, NoteBox::Kind::stop, wxString(), 16);
  Button::Content enter;
  enter.label = words()("sign_in.enter");
  enter.hotkey = "Enter";
  enter.look = Button::Look::primary;
  enter_ = new Button(panel, enter);
  enter_->set_ground(theme().panel);
  enter_->SetMinSize(wxSize(px(440), px(56)));
  enter_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { sign_in(); });
  auto* help = new widgets::Label(panel, words()("sign_in.help"), {14, Weight::regular, theme().ink_quiet});
  help->set_max_lines(2);
  auto inner = column_of(panel, 16);
  inner.add(title).add(number_).add(password_).add(note_).add(enter_).add(help);
  auto column = column_of(panel, 0);
  column.add_stretch().add_centred(inner.sizer()).add_stretch().add_stretch();
  panel->SetSizer(column.padded(24, 20));
  return panel;
}

void SignInPage::focus_first() {
  (number_->value().empty() ? number_ : password_)->control().SetFocus();
}

void SignInPage::sign_in() {
  office().settings().last_number = to_utf8(number_->value());
  office().sign_in().sign_in(to_utf8(number_->value()), to_utf8(password_->value()));
  password_->set_value(wxString());
}

void SignInPage::show_server_field(bool shown) {
  editing_server_ = shown;
  server_row_->Show(shown);
  server_row_->GetParent()->Layout();
  if (!shown) return password_->control().SetFocus();
  server_->set_value(to_wx(office().server_address()));
  server_->control().SetFocus();
  server_->control().SelectAll();
}

void SignInPage::use_server() {
  if (const auto used = office().use_server(to_utf8(server_->value())); !used) {
    server_->set_error(words().error(used.error()));
    server_row_->GetParent()->Layout();
    return;
  }
  server_->set_error(wxString());
  show_server_field(false);
}

bool SignInPage::take_key(const wxKeyEvent& event) {
  if (is_plain(event, WXK_F6)) {
    show_server_field(!editing_server_);
    return true;
  }
  if (editing_server_ && is_plain(event, WXK_ESCAPE)) {
    show_server_field(false);
    return true;
  }
  if (!is_plain(event, WXK_RETURN) && !is_plain(event, WXK_NUMPAD_ENTER)) return false;
  const wxWindow* focus = wxWindow::FindFocus();
  if (focus == &server_->control()) {
    use_server();
  } else if (focus == &number_->control()) {
    password_->control().SetFocus();
  } else if (focus == &password_->control()) {
    sign_in();
  } else {
    return false;
  }
  return true;
}

void SignInPage::tick() {
  tick_ = office().timers().once(tick_interval, [this] {
    update_bar();
    tick();
  });
}

void SignInPage::update_bar() {
  bar_->set(bar_before_work(shell(), true));
}

void SignInPage::update() {
  update_bar();
  const auto& profile = office().store().profile();
  const bool english = words().language() == i18n::Language::en && !profile.name_en.empty();
  store_->set(profile.name.empty() ? words()("sign_in.store_unknown")
                                   : to_wx(english ? profile.name_en : profile.name));
  std::vector<FactSheet::Row> rows;
  const auto add = [&rows](Icon icon, const wxString& label, const wxString& value, bool well) {
    FactSheet::Row row;
    row.icon = icon;
    row.label = label;
    row.value = value;
    row.tone = well ? FactSheet::Tone::normal : FactSheet::Tone::attention;
    rows.push_back(row);
    FactSheet::Row rule;
    rule.kind = FactSheet::Kind::rule;
    rows.push_back(rule);
  };
  const bool reachable = office().reachable();
  add(Icon::link, words()("sign_in.server"), to_wx(office().server_address()), true);
  add(reachable ? Icon::check : Icon::unlink, words()("sign_in.connection"),
      words()(reachable ? "sign_in.connected" : "sign_in.not_connected"), reachable);
  add(Icon::shield, words()("sign_in.pairing"), words()("sign_in.paired"), true);
  if (office().trouble()) {
    FactSheet::Row row;
    row.kind = FactSheet::Kind::text;
    row.tone = FactSheet::Tone::attention;
    row.label = words().error(*office().trouble());
    rows.push_back(row);
  }
  facts_->set(rows);
  bool changed = set_shown(pair_again_, office().trouble() && office().trouble()->code == "net.tls");
  const auto& sign_in = office().sign_in();
  if (sign_in.error()) {
    const bool ended = sign_in.error()->code == "office.session_ended";
    note_->set(ended ? NoteBox::Kind::warning : NoteBox::Kind::stop, words().error(*sign_in.error()));
  }
  changed = set_shown(note_, sign_in.error().has_value()) || changed;
  auto enter = enter_->content();
  enter.label = words()(sign_in.busy() ? "sign_in.busy" : "sign_in.enter");
  enter_->set(enter);
  enter_->SetMinSize(wxSize(px(440), px(56)));
  enter_->Enable(!sign_in.busy());
  if (changed) {
    note_->GetParent()->Layout();
    pair_again_->GetParent()->Layout();
  }
}

}  // namespace lanekeeper::office
