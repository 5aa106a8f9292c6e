#include "till_ui/failure_frame.h"

#include "i18n/i18n.h"
#include "widgets/message_panel.h"
#include "widgets/text.h"

namespace lanekeeper::till::ui {

FailureFrame::FailureFrame(const FaceOptions& options, const Error& error) : wxFrame(nullptr, wxID_ANY, "Lanekeeper") {
  const i18n::Texts texts(options.language);
  SetBackgroundColour(widgets::theme().background);
  auto* message = new widgets::MessagePanel(this);
  widgets::MessagePanel::Content content;
  content.kind = widgets::MessagePanel::Kind::stop;
  content.icon = widgets::Icon::stop_sign;
  content.caption = widgets::to_wx(texts.text("till.failure.caption"));
  content.title = widgets::to_wx(texts.text(error));
  content.note = widgets::to_wx(texts.text("till.failure.note", {{"code", error.code}}));
  content.keys.push_back({1, "Esc", widgets::to_wx(texts.text("till.action.close"))});
  message->set(std::move(content));
  message->on_key([this](int) { Close(); });
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_ESCAPE) Close();
  });
  SetClientSize({widgets::px(this, 860), widgets::px(this, 160)});
  Bind(wxEVT_SIZE, [this, message](wxSizeEvent&) {
    const int margin = widgets::px(this, 16);
    const wxSize size = GetClientSize();
    message->SetSize(margin, margin, size.x - 2 * margin, size.y - 2 * margin);
  });
  Centre();
}

}  // namespace lanekeeper::till::ui
