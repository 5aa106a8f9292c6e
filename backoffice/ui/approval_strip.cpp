#include "office_ui/approval_strip.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::theme;
using widgets::to_utf8;
using widgets::Weight;

namespace {
// A request that has just taken the place of another is not answered by the click that was meant for that one.
constexpr std::chrono::milliseconds deaf_time{400};

constexpr std::string_view between_parts = " \u00b7 ";

// The values that say what it is about, in an order that reads: which goods, from, to, and what else there is.
std::string facts(const protocol::ApprovalRequest& request, const Words& words) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (part.empty()) return;
    if (!text.empty()) text += between_parts;
    text += part;
  };
  const auto detail = [&request](const char* name) {
    const auto found = request.details.find(name);
    return found != request.details.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const bool english = words.language() == i18n::Language::en;
  const auto name_en = detail("name_en");
  add(english && !name_en.empty() ? name_en : detail("name"));
  const auto from = detail("from");
  const auto to = detail("to");
  add(from.empty() || to.empty() ? from + to : from + " \u2192 " + to);
  if (request.rate) add(to_utf8(words.percent(*request.rate)));
  if (request.amount) add("\u00a5" + to_utf8(words.amount(*request.amount)));
  add(detail("reason"));
  return text;
}
}  // namespace

ApprovalStrip::ApprovalStrip(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  SetBackgroundColour(theme().background);
  card_ = new widgets::Surface(this);
  card_->set_look({theme().amber_tint, theme().amber, 2});
  title_ = new widgets::IconLabel(card_);
  note_ = new widgets::Label(card_, wxString(), {14, Weight::regular, theme().ink_secondary});
  note_->set_may_shrink();
  Button::Content refuse;
  refuse.look = Button::Look::danger;
  refuse_ = new Button(card_, refuse);
  Button::Content grant;
  grant.look = Button::Look::primary;
  grant_ = new Button(card_, grant);
  refuse_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { answer(false); });
  grant_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { answer(true); });
  auto words_column = column_of(card_, 2);
  words_column.add(title_).add(note_);
  auto row = row_of(card_, 8);
  row.add(words_column, 1).add_centred(refuse_).add_centred(grant_);
  card_->SetSizer(row.padded(16, 10));
  auto all = column_of(this, 0);
  all.add(card_);
  SetSizer(all.padded(16, 8));
  watch(office().approvals());
  update();
}

bool ApprovalStrip::wanted() const {
  return !office().approvals().waiting().empty() || office().approvals().outcome();
}

void ApprovalStrip::answer(bool granted) {
  if (!shown_) return office().approvals().dismiss();
  if (std::chrono::steady_clock::now() - shown_at_ < deaf_time) return;
  office().approvals().answer(*shown_, granted);
}

void ApprovalStrip::update() {
  const auto& approvals = office().approvals();
  if (!approvals.waiting().empty()) {
    show_request(approvals.waiting().front(), approvals.waiting().size() - 1);
  } else if (approvals.outcome()) {
    show_outcome();
  } else {
    shown_.reset();
  }
  card_->Layout();
  Layout();
}

void ApprovalStrip::show_request(const protocol::ApprovalStatus& status, std::size_t more) {
  const auto& request = status.request;
  if (shown_ != request.id) {
    shown_ = request.id;
    shown_at_ = std::chrono::steady_clock::now();
  }
  const auto what = words()("permission." + request.permission);
  title_->set(
      {Icon::lock,
       words()("remote.asks",
               {{"till", std::to_string(request.till)}, {"name", request.cashier_name}, {"what", to_utf8(what)}}),
       {17, Weight::bold, theme().ink},
       wxString()});
  auto note = facts(request, words());
  if (more > 0) {
    if (!note.empty()) note += between_parts;
    note += to_utf8(words()("remote.more", {{"count", std::to_string(more)}}));
  }
  note_->set(widgets::to_wx(note));
  auto refuse = refuse_->content();
  refuse.label = words()("remote.refuse");
  refuse_->set(refuse);
  auto grant = grant_->content();
  grant.label = words()("remote.grant");
  grant.look = Button::Look::primary;
  grant_->set(grant);
  const bool busy = office().approvals().answering(request.id);
  refuse_->Show();
  refuse_->Enable(!busy);
  grant_->Enable(!busy);
}

void ApprovalStrip::show_outcome() {
  shown_.reset();
  const auto& outcome = *office().approvals().outcome();
  const bool granted = outcome.what.state == protocol::ApprovalState::granted;
  const auto title = outcome.error ? words().error(*outcome.error)
                                   : words()(granted ? "remote.granted" : "remote.refused",
                                             {{"till", std::to_string(outcome.what.request.till)}});
  title_->set({outcome.error ? Icon::alert : Icon::check, title, {17, Weight::bold, theme().ink}, wxString()});
  note_->set(words()("permission." + outcome.what.request.permission));
  refuse_->Hide();
  auto close = grant_->content();
  close.label = words()("remote.seen");
  close.look = Button::Look::plain;
  grant_->set(close);
  grant_->Enable();
}

}  // namespace lanekeeper::office
