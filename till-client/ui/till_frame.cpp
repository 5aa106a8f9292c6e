#include "till_ui/till_frame.h"

#include <chrono>
#include <utility>

#include <wx/evtloop.h>

#include "till_ui/keyboard.h"
#include "till_ui/status_view.h"

namespace lanekeeper::till::ui {

namespace {

constexpr int clock_ms = 1000;
constexpr int most_gate_delays = 6;
constexpr int most_rounds = 3;
constexpr char32_t group_separator = 0x1D;

std::int64_t steady_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

TillFrame::TillFrame(Till& till, const FaceOptions& options)
    : wxFrame(nullptr, wxID_ANY, "Lanekeeper", wxDefaultPosition, wxDefaultSize,
              wxDEFAULT_FRAME_STYLE | wxFULL_REPAINT_ON_RESIZE),
      till_(till),
      desk_(std::make_unique<Desk>(
          till, options.language,
          Desk::Hooks{[this] { request_refresh(); }, [this](Sound sound) { beeper_.play(sound); }, steady_ms,
                      [this, remember = options.on_text_percent](int percent) {
                        use_text_size();
                        if (remember) remember(percent);
                      }})),
      texts_(std::make_unique<i18n::Texts>(options.language)),
      gate_(*desk_, options.wedge_prefix),
      gate_timer_(this),
      clock_timer_(this),
      self_(std::make_shared<TillFrame*>(this)) {
  SetBackgroundColour(widgets::theme().background);
  desk_->set_text_percent(options.text_percent);
  widgets::set_text_scale(desk_->text_percent() / 100.0);
  make_screens(options);
  make_customer_window(options);
  bind_events();
  SetClientSize(options.window_width_px > 0 ? wxSize(options.window_width_px, options.window_height_px)
                                            : wxSize(widgets::px(this, 1366), widgets::px(this, 768)));
  SetMinClientSize({widgets::px(this, 1024), widgets::px(this, 768)});
  refresh();
  key_holder_->SetFocus();
  clock_timer_.Start(clock_ms);
}

TillFrame::~TillFrame() {
  if (customer_) customer_->Destroy();
}

void TillFrame::make_screens(const FaceOptions& options) {
  status_ = new widgets::StatusBar(this);
  training_ = new widgets::StateBand(this);
  training_->Hide();
  band_ = new widgets::StateBand(this);
  band_->Hide();
  pick_up_ = new PickUpStrip(this, *desk_);
  pick_up_->Hide();
  book_ = new wxSimplebook(this);
  pairing_ = new PairingScreen(book_, *desk_, widgets::to_wx(options.device_name));
  sign_in_ = new SignInScreen(book_, *desk_);
  devices_ = new DeviceScreen(book_, *desk_);
  sale_ = new SaleScreen(book_, *desk_);
  returns_ = new ReturnScreen(book_, *desk_);
  tender_ = new TenderScreen(book_, *desk_);
  shift_ = new ShiftScreens(book_, *desk_, desk_->shift());
  help_ = new HelpScreen(book_, *desk_);
  for (wxWindow* screen :
       std::initializer_list<wxWindow*>{pairing_, sign_in_, devices_, sale_, returns_, tender_, shift_, help_}) {
    book_->AddPage(screen, wxString());
  }
  // Something must have the focus for keys to arrive; nothing visible ever does.
  key_holder_ = new wxWindow(this, wxID_ANY, {0, 0}, {1, 1}, wxWANTS_CHARS);
}

void TillFrame::make_customer_window(const FaceOptions& options) {
  if (options.customer_window.width_px <= 0) return;
  CustomerWindow window = options.customer_window;
  if (!window.language) window.language = options.language;
  customer_ = new CustomerFrame(this, window, [this](wxKeyEvent& event) { on_key(event); });
  customer_->ShowWithoutActivating();
}

namespace {

void repaint_all(wxWindow& window) {
  window.Refresh();
  for (wxWindow* child : window.GetChildren()) repaint_all(*child);
}

}  // namespace

void TillFrame::use_text_size() {
  widgets::set_text_scale(desk_->text_percent() / 100.0);
  repaint_all(*this);
}

void TillFrame::refresh_customer() {
  if (!customer_) return;
  CustomerPlace place;
  if (const auto& profile = till_.lane().profile()) {
    place.store = profile->name;
    place.store_en = profile->name_en;
  }
  place.till = till_.lane().till();
  customer_->show(desk_->view(), place);
}

void TillFrame::bind_events() {
  Bind(wxEVT_CHAR_HOOK, &TillFrame::on_key, this);
  Bind(wxEVT_CLOSE_WINDOW, &TillFrame::on_close, this);
  Bind(wxEVT_SIZE, [this](wxSizeEvent&) {
    if (!book_) return;
    lay_out();
    request_refresh();
  });
  Bind(wxEVT_ACTIVATE, [this](wxActivateEvent& event) {
    if (event.GetActive() && key_holder_) key_holder_->SetFocus();
    event.Skip();
  });
  Bind(
      wxEVT_TIMER, [this](wxTimerEvent&) { on_gate_timer(); }, gate_timer_.GetId());
  Bind(
      wxEVT_TIMER, [this](wxTimerEvent&) { request_refresh(); }, clock_timer_.GetId());
  const std::weak_ptr<TillFrame*> weak = self_;
  till_.lane().on_change([weak] {
    if (const auto frame = weak.lock()) (*frame)->desk_->lane_changed();
  });
  till_.lane().on_event([weak](const LaneEvent& event) {
    if (const auto frame = weak.lock()) (*frame)->desk_->lane_event(event);
  });
}

void TillFrame::on_key(wxKeyEvent& event) {
  const KeyStroke stroke = key_stroke_of(event);
  if (stroke.key == Key::none) {
    event.Skip();
    return;
  }
  on_key_stroke(stroke, pressed_at(event));
}

// When the key was pressed, by the clock of the window system: a window that is busy painting gets to a scanner's
// characters late and all at once, but their times stay true.
std::int64_t TillFrame::pressed_at(const wxKeyEvent& event) {
  const auto stamp = static_cast<std::uint32_t>(event.GetTimestamp());
  const auto step = static_cast<std::int32_t>(stamp - last_key_stamp_);
  last_key_stamp_ = stamp;
  key_clock_ms_ += step;
  return key_clock_ms_;
}

// Keys that are already on their way belong to the burst.
void TillFrame::on_gate_timer() {
  const auto* loop = wxEventLoopBase::GetActive();
  if (loop != nullptr && loop->Pending() && ++gate_delays_ < most_gate_delays) {
    gate_timer_.StartOnce(KeyGate::look_again_ms);
  } else {
    gate_delays_ = 0;
    gate_.burst_over();
  }
}

// A scanner that types like a keyboard sends GS, which ends an element of variable length, as Ctrl+].
char32_t TillFrame::typed_by(const KeyStroke& stroke) {
  if (stroke.key != Key::character || stroke.alt) return 0;
  if (!stroke.ctrl) return stroke.character;
  return stroke.character == ']' ? group_separator : 0;
}

void TillFrame::on_key_stroke(const KeyStroke& stroke, std::int64_t pressed_at_ms) {
  if (const char32_t character = typed_by(stroke)) {
    typing_ = true;
    gate_.character(character, pressed_at_ms);
    typing_ = false;
    if (gate_.waiting()) gate_timer_.StartOnce(gate_.wake_in_ms());
    return;
  }
  if (stroke.key == Key::enter) {
    gate_.enter(pressed_at_ms);
  } else {
    gate_.other_key();
    press(stroke);
  }
  if (refresh_pending_) refresh_now();
}

void TillFrame::press(const KeyStroke& stroke) {
  const ActionRow* row = desk_->action_of(stroke);
  if (row != nullptr) {
    if (desk_->screen() == Screen::sale) sale_->flash(row->action);
    if (desk_->screen() == Screen::returns) returns_->flash(row->action);
    if (desk_->screen() == Screen::tender && row->action == Action::page_up) tender_->scroll_goods(-1);
    if (desk_->screen() == Screen::tender && row->action == Action::page_down) tender_->scroll_goods(1);
    desk_->act(row->action);
  }
}

void TillFrame::request_refresh() {
  if (!typing_) paint_at_once_ = true;
  if (refresh_pending_) return;
  refresh_pending_ = true;
  CallAfter([this] {
    if (refresh_pending_) refresh_now();
  });
}

// What a scan, a key or a press of the screen changes is painted now: the desktop paints sixty times a second, and that
// may be a whole frame away. The characters of a scanner wait for it, or it would outrun the window.
void TillFrame::refresh_now() {
  // What is laid out anew may find other room, and then shows more or less.
  for (int round = 0; round == 0 || (refresh_pending_ && round < most_rounds); ++round) {
    refresh_pending_ = false;
    refresh();
  }
  if (std::exchange(paint_at_once_, false)) Update();
}

void TillFrame::refresh() {
  if (texts_->language() != desk_->language()) texts_ = std::make_unique<i18n::Texts>(desk_->language());
  const double scale = widgets::px(this, 1000) / 1000.0;
  const wxSize size = GetClientSize();
  const Scene scene{*desk_, *texts_, Metrics::for_size(size.x / scale, size.y / scale)};
  status_->set(status_content(scene));
  show_band(*training_, training_band(scene));
  show_band(*band_, band_content(scene));
  ScenePanel* screen = nullptr;
  switch (desk_->screen()) {
    case Screen::pairing:
      screen = pairing_;
      break;
    case Screen::sign_in:
      screen = sign_in_;
      break;
    case Screen::devices:
      screen = devices_;
      break;
    case Screen::sale:
      screen = sale_;
      break;
    case Screen::returns:
      screen = returns_;
      break;
    case Screen::tender:
      screen = tender_;
      break;
    case Screen::shift:
      screen = shift_;
      break;
  }
  if (desk_->help_open()) screen = help_;
  if (const bool asks = pick_up_->show(scene); pick_up_->IsShown() != asks) {
    pick_up_->Show(asks);
    lay_out();
  }
  screen->show(scene);
  const int index = book_->FindPage(screen);
  if (book_->GetSelection() != index) book_->ChangeSelection(static_cast<std::size_t>(index));
  refresh_customer();
}

void TillFrame::show_band(widgets::StateBand& band, const std::optional<widgets::StateBand::Content>& content) {
  if (content) band.set(*content);
  if (band.IsShown() == content.has_value()) return;
  band.Show(content.has_value());
  lay_out();
}

void TillFrame::lay_out() {
  const wxSize size = GetClientSize();
  const int status_height = widgets::px(this, widgets::theme().status_bar_height);
  status_->SetSize(0, 0, size.x, status_height);
  int top = status_height;
  for (widgets::StateBand* band : {training_, band_}) {
    const int height = band->IsShown() ? widgets::px(this, widgets::theme().state_band_height) : 0;
    band->SetSize(0, top, size.x, height);
    top += height;
  }
  const int strip = pick_up_->IsShown() ? widgets::px(this, PickUpStrip::height) : 0;
  pick_up_->SetSize(0, top, size.x, strip);
  top += strip;
  book_->SetSize(0, top, size.x, std::max(0, size.y - top));
}

void TillFrame::on_close(wxCloseEvent&) {
  clock_timer_.Stop();
  gate_timer_.Stop();
  self_.reset();
  Destroy();
}

}  // namespace lanekeeper::till::ui
