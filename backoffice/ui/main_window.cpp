#include "office_ui/main_window.h"

#include "office_ui/key_rules.h"

namespace lanekeeper::office {

namespace {
constexpr int wide_from = 1200;  // design pixels: below, the sidebar shows icons and panels cover tables
constexpr int least_width = 960;
constexpr int least_height = 640;
}  // namespace

MainWindow::MainWindow(Office& office, i18n::Language language, const wxSize& size)
    : wxFrame(nullptr, wxID_ANY, "Lanekeeper"), office_(office), words_(std::make_unique<Words>(language)) {
  SetBackgroundColour(widgets::theme().background);
  SetSizer(new wxBoxSizer(wxVERTICAL));
  SetClientSize(size);
  SetMinClientSize(wxSize(widgets::px(this, least_width), widgets::px(this, least_height)));
  was_narrow_ = narrow();
  Bind(wxEVT_CHAR_HOOK, &MainWindow::on_char, this);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    if (workspace_ == nullptr) return;
    CallAfter([this] {
      if (workspace_ != nullptr) workspace_->arrange();
    });
  });
  Bind(wxEVT_IDLE, [this](wxIdleEvent& event) {
    keep_focus();
    event.Skip();
  });
  changed_ = office_.on_change([this] {
    if (shown_ != office_.phase()) CallAfter([this] { show_face(); });
  });
  show_face();
}

bool MainWindow::narrow() const {
  return GetClientSize().x < widgets::px(this, wide_from);
}

void MainWindow::show_face() {
  if (shown_ == office_.phase()) return;
  shown_ = office_.phase();
  if (workspace_ != nullptr) page_ = workspace_->page();
  GetSizer()->Clear(true);
  pairing_ = nullptr;
  sign_in_ = nullptr;
  workspace_ = nullptr;
  wxWindow* face = nullptr;
  switch (*shown_) {
    case Phase::pairing:
      face = pairing_ = new PairingPage(this, *this);
      break;
    case Phase::sign_in:
      face = sign_in_ = new SignInPage(this, *this);
      break;
    case Phase::open:
      face = workspace_ = new Workspace(this, *this, page_);
      break;
  }
  SetTitle((*words_)("window_title"));
  GetSizer()->Add(face, wxSizerFlags(1).Expand());
  Layout();
  if (sign_in_ != nullptr) sign_in_->focus_first();
  if (workspace_ != nullptr) office_.store_settings();  // who signed in is offered the next time
}

void MainWindow::open_page(PageId page) {
  page_ = page;
  CallAfter([this] {
    if (workspace_ != nullptr) workspace_->open(page_);
  });
}

void MainWindow::heading_changed() {
  if (workspace_ != nullptr) workspace_->heading_changed();
}

void MainWindow::use_language(i18n::Language language) {
  if (language == words_->language()) return;
  // The menu or key that asked for it belongs to the face that is about to go.
  CallAfter([this, language] {
    if (workspace_ != nullptr) page_ = workspace_->page();
    workspace_ = nullptr;
    sign_in_ = nullptr;
    pairing_ = nullptr;
    GetSizer()->Clear(true);
    words_ = std::make_unique<Words>(language);
    office_.settings().language = language == i18n::Language::en ? "en" : "zh_CN";
    office_.store_settings();
    shown_.reset();
    show_face();
  });
}

// What had the focus may go with its panel, and keys without a focus reach nobody.
void MainWindow::keep_focus() {
  if (workspace_ == nullptr || !IsActive()) return;
  const wxWindow* focus = wxWindow::FindFocus();
  if (focus == nullptr || !focus->IsShownOnScreen()) workspace_->focus_page();
}

void MainWindow::on_char(wxKeyEvent& event) {
  bool taken = false;
  if (workspace_ != nullptr) {
    taken = workspace_->take_key(event);
  } else {
    if (is_plain(event, WXK_F12)) {
      use_language(words_->language() == i18n::Language::en ? i18n::Language::zh_CN : i18n::Language::en);
      return;
    }
    taken = sign_in_ != nullptr ? sign_in_->take_key(event) : pairing_ != nullptr && pairing_->take_key(event);
  }
  if (!taken) event.Skip();
}

}  // namespace lanekeeper::office
