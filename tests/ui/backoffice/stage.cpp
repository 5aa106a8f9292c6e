#include "stage.h"

#include <unistd.h>

#include <wx/app.h>
#include <wx/apptrait.h>
#include <wx/uiaction.h>

#include "base/system_random.h"
#include "screen_picture.h"
#include "x_display.h"

namespace lanekeeper::office::test {
namespace {

constexpr std::chrono::seconds patience{10};
// Longer than the toolkit waits before it paints, and than the store in memory needs for an answer.
constexpr std::chrono::milliseconds quiet{60};

std::chrono::steady_clock::duration longest{};

// true: something happened.
bool turn_once() {
  const auto begun = std::chrono::steady_clock::now();
  bool happened = wxTheApp->HasPendingEvents();
  while (wxTheApp->Pending()) {
    wxTheApp->Dispatch();
    happened = true;
  }
  wxTheApp->ProcessPendingEvents();
  wxTheApp->ProcessIdle();
  longest = std::max(longest, std::chrono::steady_clock::now() - begun);
  return happened;
}

}  // namespace

Toolkit::Toolkit() {
  wxApp::SetInstance(new wxApp);
  int argc = 0;
  wxEntryStart(argc, static_cast<char**>(nullptr));
  wxTheApp->CallOnInit();
  wxTheApp->SetExitOnFrameDelete(false);
  wxInitAllImageHandlers();
  loop_.reset(wxTheApp->GetTraits()->CreateEventLoop());
  active_ = std::make_unique<wxEventLoopActivator>(loop_.get());
}

Toolkit::~Toolkit() {
  active_.reset();
  loop_.reset();
  wxEntryCleanup();
}

Stage::Stage(Options options)
    : directory_(std::filesystem::temp_directory_path() / ("lanekeeper-office-stage-" + std::to_string(::getpid()))) {
  std::filesystem::remove_all(directory_);
  if (options.paired) pair();
  auto opened = Office::open({store_, [](const std::function<void()>& call) { wxTheApp->CallAfter(call); }, timers_,
                              clock_, random_, directory_, "OFFICE-2"},
                             "10.0.8.2:7443");
  office_ = std::move(opened.value());
  office_->start();
  window_ = new MainWindow(*office_, options.language, options.size);
  window_->SetPosition(wxPoint(0, 0));
  window_->Show();
  settle();
  (void)focus_x_window(widgets::to_utf8(window_->GetTitle()));
  settle();
}

Stage::~Stage() {
  window_->Destroy();
  turn_once();
  office_.reset();
  turn_once();
  std::filesystem::remove_all(directory_);
}

void Stage::pair() {
  const IdentityStore identities(directory_);
  const auto key = identities.key(random_).value();
  const auto& authority = store_.authority();
  const auto certificate = authority.issue_device(key.public_key(), "OFFICE-2", std::int64_t{365} * 86'400'000, random_,
                                                  clock_.now().instant);
  (void)identities.store(certificate, authority.certificate_pem());
}

bool Stage::until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    turn_once();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // the condition is checked again
  }
  turn_once();
  return true;
}

void Stage::settle() {
  auto last = std::chrono::steady_clock::now();
  const auto deadline = last + patience;
  while (std::chrono::steady_clock::now() < std::min(deadline, last + quiet)) {
    if (turn_once()) last = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // looks again whether something came
  }
}

bool Stage::sign_in() {
  if (!until([this] { return window_->sign_in() != nullptr; })) return false;
  window_->sign_in()->number().set_value("1001");
  window_->sign_in()->password().set_value("lanekeeper");
  window_->sign_in()->sign_in();
  return until([this] {
    using access::Permission;
    const auto there = [this](Permission permission, bool loaded) { return loaded || !office_->allows(permission); };
    return window_->workspace() != nullptr && there(Permission::items_read, office_->goods().ever_loaded()) &&
           there(Permission::sales_read, office_->sales().ever_loaded()) &&
           there(Permission::devices_read, office_->devices().ever_loaded()) && office_->store().known();
  });
}

bool Stage::open(PageId page) {
  window_->open_page(page);
  return until([&] { return window_->workspace() != nullptr && window_->workspace()->page() == page; });
}

void Stage::press(int key, int modifiers) {
  wxUIActionSimulator().Char(key, modifiers);
  settle();
}

void Stage::type(const std::string& ascii) {
  wxUIActionSimulator().Text(ascii.c_str());
  settle();
}

void Stage::click(const wxWindow& control, const wxPoint& at) {
  wxUIActionSimulator simulator;
  simulator.MouseMove(control.ClientToScreen(at));
  simulator.MouseClick();
  settle();
}

void Stage::click(const wxWindow& control) {
  const wxSize size = control.GetClientSize();
  click(control, wxPoint(size.x / 2, size.y / 2));
}

std::chrono::milliseconds Stage::longest_turn() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::exchange(longest, {}));
}

bool Stage::picture(const std::string& png_path) {
  settle();
  const wxPoint origin = window_->ClientToScreen(wxPoint(0, 0));
  const wxSize size = window_->GetClientSize();
  return till::test::save_screen({origin.x, origin.y, size.x, size.y}, png_path);
}

}  // namespace lanekeeper::office::test
