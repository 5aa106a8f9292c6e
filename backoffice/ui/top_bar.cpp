#include "office_ui/top_bar.h"

#include <wx/dcbuffer.h>
#include <wx/menu.h>

#include "office_ui/layout.h"
#include "widgets/table_cells.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::theme;
using widgets::Weight;

TopBar::TopBar(wxWindow* parent, Shell& shell) : Watcher(parent, shell) {
  SetBackgroundColour(theme().panel);
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  SetMinSize(wxSize(-1, px(56)));
  title_ = new widgets::Label(this, wxString(), {20, Weight::bold, theme().ink});
  subtitle_ = new widgets::Label(this, wxString(), {14, Weight::regular, theme().ink_quiet});
  subtitle_->set_may_shrink();
  actions_ = new wxBoxSizer(wxHORIZONTAL);
  store_ = new widgets::IconLabel(this, {Icon::store, wxString(), {15, Weight::regular, theme().ink}, wxString()});
  user_ = new Button(this, {wxString(), wxString(), Icon::user, Icon::chevron_down, Button::Look::quiet});
  user_->set_ground(theme().panel);
  user_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { show_user_menu(); });

  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->AddSpacer(px(20));
  row->Add(title_, wxSizerFlags().CenterVertical());
  row->Add(subtitle_, wxSizerFlags(1).CenterVertical().Border(wxLEFT, px(16)));
  row->Add(actions_, wxSizerFlags().CenterVertical());
  row->AddSpacer(px(33));
  row->Add(store_, wxSizerFlags().CenterVertical());
  row->Add(user_, wxSizerFlags().CenterVertical().Border(wxLEFT, px(6)));
  row->AddSpacer(px(6));
  SetSizer(row);
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) {
    wxAutoBufferedPaintDC dc(this);
    widgets::paint_on(dc, GetClientRect(), [this](widgets::Painter& painter) {
      painter.fill(painter.area(), theme().panel);
      painter.fill({0, painter.height() - 1, painter.width(), 1}, theme().line);
      const double scale = px(1000) / 1000.0;
      const wxWindow* after = store_->IsShown() ? static_cast<wxWindow*>(store_) : user_;
      painter.fill({after->GetPosition().x / scale - 17, 14, 1, 28}, theme().line);
    });
  });
  watch(office().store());
  watch(office().sign_in());
}

void TopBar::show_page(Page& page) {
  page_ = &page;
  update_soon();
}

void TopBar::update() {
  if (page_ == nullptr) return;
  title_->set(page_->title());
  subtitle_->set(page_->subtitle());
  auto wanted = page_->actions();
  const bool same =
      wanted.size() == shown_.size() && std::equal(wanted.begin(), wanted.end(), shown_.begin(),
                                                   [](const auto& a, const auto& b) { return a.content == b.content; });
  if (!same) {
    for (Button* button : buttons_) button->Destroy();
    buttons_.clear();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      auto* button = new Button(this, wanted[i].content);
      button->set_ground(theme().panel);
      button->Bind(wxEVT_BUTTON, [this, i](wxCommandEvent&) {
        const auto run = shown_[i].run;
        run();
      });
      actions_->Add(button, wxSizerFlags().Border(wxLEFT, px(buttons_.empty() ? 0 : 12)));
      buttons_.push_back(button);
    }
  }
  shown_ = std::move(wanted);
  const auto& profile = office().store().profile();
  const bool english = words().language() == i18n::Language::en && !profile.name_en.empty();
  const wxString store = widgets::to_wx(english ? profile.name_en : profile.name);
  store_->set({Icon::store, store, {15, Weight::regular, theme().ink}, wxString()});
  set_shown(store_, !store.empty() && !shell().narrow());
  auto user = user_->content();
  if (const auto& session = office().sign_in().session()) {
    user.label = widgets::to_wx(session->name) + " " + words().role(session->role);
  }
  user_->set(user);
  Layout();
  Refresh();
}

void TopBar::show_user_menu() {
  enum { chinese = 1, english, leave };
  wxMenu menu;
  menu.AppendRadioItem(chinese, words()("language.zh_CN"));
  menu.AppendRadioItem(english, words()("language.en"));
  menu.Check(words().language() == i18n::Language::en ? english : chinese, true);
  menu.AppendSeparator();
  menu.Append(leave, words()("sign_out"));
  const wxPoint below = user_->GetPosition() + wxPoint(0, user_->GetSize().y);
  switch (GetPopupMenuSelectionFromUser(menu, below)) {
    case chinese:
      return shell().use_language(i18n::Language::zh_CN);
    case english:
      return shell().use_language(i18n::Language::en);
    case leave:
      return office().sign_out();
    default:
      return;
  }
}

}  // namespace lanekeeper::office
