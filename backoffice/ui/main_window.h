// The back office's window: shows the face that fits the office's phase, and hands keys to it before any control.
#pragma once

#include <memory>

#include <wx/frame.h>

#include "office_ui/page.h"
#include "office_ui/pairing_page.h"
#include "office_ui/sign_in_page.h"
#include "office_ui/workspace.h"

namespace lanekeeper::office {

class MainWindow : public wxFrame, public Shell {
 public:
  MainWindow(Office& office, i18n::Language language, const wxSize& size);

  [[nodiscard]] Office& office() override { return office_; }
  [[nodiscard]] const Words& words() const override { return *words_; }
  [[nodiscard]] bool narrow() const override;
  void open_page(PageId page) override;
  void heading_changed() override;
  void use_language(i18n::Language language) override;

  // What is shown, nullptr when it is another face. For tests.
  [[nodiscard]] PairingPage* pairing() { return pairing_; }
  [[nodiscard]] SignInPage* sign_in() { return sign_in_; }
  [[nodiscard]] Workspace* workspace() { return workspace_; }

 private:
  void show_face();
  void on_char(wxKeyEvent& event);
  void keep_focus();

  Office& office_;
  std::unique_ptr<Words> words_;
  std::optional<Phase> shown_;
  PairingPage* pairing_ = nullptr;
  SignInPage* sign_in_ = nullptr;
  Workspace* workspace_ = nullptr;
  PageId page_ = PageId::home;
  bool was_narrow_ = false;
  Signal::Subscription changed_;
};

}  // namespace lanekeeper::office
