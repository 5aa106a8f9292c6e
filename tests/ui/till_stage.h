// The till's window brought into a state, to be painted.
#pragma once

#include <chrono>
#include <functional>
#include <string_view>
#include <vector>

#include <wx/app.h>

#include "fake_till.h"
#include "shop_offers.h"
#include "till_ui/till_frame.h"

namespace lanekeeper::till::test {

using State = LinkStatus::State;

class Stage {
 public:
  Stage(FaceOptions options, ShopOptions shop) : till_(std::move(shop)), options_(std::move(options)) {}

  FakeTill& till() { return till_; }
  ui::Desk& desk() {
    if (frame_ == nullptr) {
      frame_ = new ui::TillFrame(till_, options_);
      frame_->Show();
    }
    return frame_->desk();
  }
  ui::TillFrame& frame() {
    desk();
    return *frame_;
  }
  ~Stage() {
    if (frame_ == nullptr) return;
    frame_->Hide();
    frame_->Destroy();
    wxTheApp->ProcessIdle();
  }

  void sign_in(std::string_view number = "1027") {
    desk();
    (void)till_.lane().sign_in(number, shop_pin);
  }
  // Panels that opened by themselves take no Enter at once.
  void wait_a_moment() {
    till_.run_posted();
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(450);
    while (std::chrono::steady_clock::now() < until) wxTheApp->Yield(true);
  }
  void scan(std::string_view code) { desk().scan({std::string(code), barcode::Symbology::ean13, 0}); }
  void weigh(std::string_view plu, std::string_view kilograms) {
    (void)till_.lane().command(Weigh{std::string(plu), *Quantity::parse(kilograms), sale::WeightSource::scale});
  }
  // The nine lines of the design's pictures, without their promotions.
  void fill_basket() {
    scan("2100000000012");
    scan("6901000001001");
    scan("6901000002107");
    scan("6901000002107");
    scan("6901000002114");
    scan("6901000003005");
    weigh("401", "0.612");
    weigh("301", "0.428");
    scan("6901000004002");
    weigh("201", "0.836");
  }

 private:
  FakeTill till_;
  FaceOptions options_;
  ui::TillFrame* frame_ = nullptr;
};

inline void offline(Stage& stage) {
  stage.till().journal.state.unsent = 14;
  stage.till().journal.state.unsent_amount = Money::of_minor(1'286'40);
  stage.till().link_state(State::offline, "2026-11-20T10:31:00+08:00");
}

inline void begin_return(Stage& stage) {
  stage.till().lane().begin_return("3-1", [](const Result<void>&) {});
  stage.till().run_posted();
}

// The server knows the sale as well.
inline void begin_return_online(Stage& stage) {
  stage.till().questions.sales[{3, 1}] = {stage.till().journal.sales.front(), {}, {}, false, {}};
  begin_return(stage);
}

struct Shot {
  std::string_view name;
  ShopOptions shop;
  std::function<void(Stage&)> act;
};

// What goes on at a lane besides the plain sale: lane_shots.cpp.
[[nodiscard]] std::vector<Shot> lane_shots();
// Shifts and cash, and the customer's window (names begin with "customer"): shift_shots.cpp.
[[nodiscard]] std::vector<Shot> shift_shots();

}  // namespace lanekeeper::till::test
