#include "office_ui/approval_card.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::Label;
using widgets::NoteBox;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {
constexpr std::chrono::milliseconds deaf_time{400};
}

ApprovalCard::ApprovalCard(wxWindow* parent, Shell& shell, protocol::WaitingDevice device)
    : Surface(parent), shell_(shell), device_(std::move(device)) {
  set_look({std::nullopt, theme().amber, 2});
  note_ = new NoteBox(this, NoteBox::Kind::warning, wxString());
  note_->Hide();
  auto row = row_of(this, 24);
  row.add(build_facts(), 1).add(build_entry());
  auto column = column_of(this, 12);
  column.add(row).add(note_);
  SetSizer(column.padded(18, 16));
  update();
}

wxSizer* ApprovalCard::build_facts() {
  const Words& words = shell_.words();
  const bool is_till = device_.kind == protocol::DeviceKind::till;
  auto* title =
      new Label(this, words(is_till ? "approval.till" : "approval.backoffice", {{"device", device_.device_name}}),
                {17, Weight::bold, theme().ink});
  auto* note = new Label(this, words("approval.from", {{"address", device_.address}, {"software", device_.software}}),
                         {14, Weight::regular, theme().ink_quiet});
  auto* label = new Label(this, words("approval.fingerprint"), {13, Weight::regular, theme().ink_quiet});
  auto* fingerprint = new Label(this, to_wx(device_.fingerprint), {28, Weight::bold, theme().ink});
  expires_ = new widgets::IconLabel(this);
  auto facts = column_of(this, 2);
  facts.add(title).add(note).add_space(8).add(label).add(fingerprint).add_space(4).add(expires_);
  return facts.sizer();
}

wxSizer* ApprovalCard::build_entry() {
  const Words& words = shell_.words();
  const auto field = [this](const wxString& label, int width) {
    TextField::Options options;
    options.label = label;
    auto* made = new TextField(this, options);
    made->SetMinSize(wxSize(widgets::px(this, width), made->GetBestSize().y));
    return made;
  };
  code_ = field(words("approval.code"), 150);
  code_->control().SetFont(widgets::native_font(18, Weight::bold));
  code_->control().SetMaxLength(9);
  auto fields = row_of(this, 12);
  fields.add(code_, 1);
  if (device_.kind == protocol::DeviceKind::till) {
    till_ = field(words("approval.till_number"), 90);
    till_->set_value(wxString::Format("%lld", static_cast<long long>(device_.proposed_till)));
    till_->control().Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
      confirm_replace_ = false;
      update();
    });
    fields.add(till_);
  }
  Button::Content approve;
  approve.look = Button::Look::primary;
  approve.label = words("approval.approve");
  approve_ = new Button(this, approve);
  approve_->set_ground(theme().panel);
  approve_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (!confirm_replace_) return this->approve(false);
    // The Enter that asked must not answer as well.
    if (std::chrono::steady_clock::now() - asked_at_ > deaf_time) this->approve(true);
  });
  Button::Content reject;
  reject.look = Button::Look::danger;
  reject.label = words("approval.reject");
  reject_ = new Button(this, reject);
  reject_->set_ground(theme().panel);
  reject_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { shell_.office().devices().reject(device_.enrolment_id); });
  auto buttons = row_of(this, 8);
  buttons.add(reject_).add(approve_, 1);
  auto column = column_of(this, 12);
  column.add(fields).add(buttons);
  return column.sizer();
}

void ApprovalCard::approve(bool replace) {
  shell_.office().devices().approve(device_, to_utf8(code_->value()), till_ ? to_utf8(till_->value()) : std::string(),
                                    replace);
}

wxString ApprovalCard::problem() const {
  const auto* action = shell_.office().devices().action(device_.enrolment_id);
  if (action == nullptr || !action->error) return {};
  if (action->needs_replace && till_ != nullptr) {
    return shell_.words()("approval.replace_note", {{"till", to_utf8(till_->value())}});
  }
  return shell_.words().error(*action->error);
}

void ApprovalCard::update() {
  const Words& words = shell_.words();
  const auto* action = shell_.office().devices().action(device_.enrolment_id);
  const bool busy = action != nullptr && action->busy;
  if (action != nullptr && action->needs_replace && !confirm_replace_) {
    confirm_replace_ = true;
    asked_at_ = std::chrono::steady_clock::now();
    if (IsDescendant(FindFocus())) CallAfter([this] { approve_->SetFocus(); });
  }
  if (action == nullptr) confirm_replace_ = false;
  auto content = approve_->content();
  content.label = words(busy               ? "approval.busy"
                        : confirm_replace_ ? "approval.replace"
                                           : "approval.approve",
                        {{"till", till_ ? to_utf8(till_->value()) : std::string()}});
  approve_->set(content);
  approve_->Enable(!busy);
  reject_->Enable(!busy);
  const std::int64_t left = device_.expires_at.instant.unix_ms - shell_.office().devices().now().unix_ms;
  const auto minutes = std::max<std::int64_t>(0, (left + 59'999) / 60'000);
  expires_->set({Icon::clock,
                 words("approval.expires", {{"count", std::to_string(minutes)}}),
                 {14, Weight::regular, theme().ink_secondary},
                 wxString()});
  const wxString text = problem();
  const bool wrong_code = action != nullptr && action->error &&
                          (action->error->code == "office.bad_code" || action->error->code == "enrolment.wrong_code");
  code_->set_alert(wrong_code);
  if (!text.empty()) note_->set(NoteBox::Kind::warning, text);
  if (set_shown(note_, !text.empty()) && GetParent()) GetParent()->Layout();
  Layout();
}

}  // namespace lanekeeper::office
