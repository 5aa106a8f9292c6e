// lanekeeper-till-shots DIRECTORY [NAME...]
//
// Paints the till's window in every screen and state, in both languages and the sizes of the design language, into PNG
// files. Drives the real frame over the real lane; services live in memory. Needs an X display (Xvfb will do).

#include <cstdio>

#include <wx/app.h>
#include <wx/evtloop.h>

#include "screen_picture.h"
#include "till_stage.h"

namespace lanekeeper::till::test {
namespace {

std::vector<Shot> shots() {
  using ui::Action;
  ShopOptions unpaired;
  unpaired.till = 0;
  unpaired.with_profile = false;
  const auto selling = [](std::function<void(Stage&)> then) {
    return [then](Stage& stage) {
      stage.till().link_state(State::online);
      stage.sign_in();
      stage.fill_basket();
      then(stage);
    };
  };
  const auto supervised = [](std::function<void(Stage&)> then) {
    return [then](Stage& stage) {
      stage.till().link_state(State::online);
      stage.sign_in("1003");
      stage.fill_basket();
      then(stage);
    };
  };
  ShopOptions offers;
  offers.with_offers = true;
  // A member's basket with an offer of every kind.
  const auto offering = [supervised](std::function<void(Stage&)> then) {
    return supervised([then](Stage& stage) {
      stage.scan("6901000004002");
      (void)stage.till().lane().identify_member(member_card);
      stage.till().lane().add_coupon(shop_coupon, [](const Result<void>&) {});
      then(stage);
    });
  };
  const auto sold = [offering](std::function<void(Stage&)> then) {
    return offering([then](Stage& stage) {
      stage.desk().act(Action::pay);
      stage.desk().take_cash(Money::of_minor(250'00));
      then(stage);
    });
  };
  const auto pairing = [](Stage& stage) {
    LinkStatus status;
    status.state = State::pairing;
    status.server = "10.0.8.2:8443";
    status.ticket = protocol::EnrolmentTicket{"id", "secret", "482916", "3F7A 91C0", stage.till().clock.now()};
    status.ticket->expires_at.instant.unix_ms += 581'000;
    stage.desk();
    stage.till().lane().link_changed(status);
  };
  return {
      {"pairing", unpaired, pairing},
      {"pairing-looking", unpaired, [](Stage& stage) { stage.till().link_state(State::unpaired); }},
      {"pairing-address", unpaired,
       [pairing](Stage& stage) {
         pairing(stage);
         stage.desk().act(Action::server_address);
         stage.desk().type("10.0.8");
       }},
      {"sign-in",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.desk().type("2580");
       }},
      {"sign-in-wrong",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::offline, "2026-11-20T10:31:00+08:00");
         stage.desk().type("1111");
         stage.desk().enter();
       }},
      {"sign-in-number",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.desk().act(Action::other_person);
         stage.desk().type("1003");
       }},
      {"idle",
       {},
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in();
       }},
      {"sale", {}, selling([](Stage&) {})},
      {"sale-long", {}, selling([](Stage& stage) {
         stage.scan("6901000003005");
         stage.weigh("305", "1.204");
         stage.till().clock.advance_ms(1);
         stage.desk().type("3");
         stage.desk().act(Action::quantity);
       })},
      {"sale-middle", {}, selling([](Stage& stage) {
         stage.weigh("305", "1.204");
         stage.weigh("306", "0.5");
         for (int i = 0; i < 8; ++i) stage.desk().act(Action::line_up);
         stage.desk().act(Action::void_line);
       })},
      {"sale-pad", {}, selling([](Stage& stage) { stage.desk().choose_side(ui::SidePanel::number_pad); })},
      {"offline", {}, selling([](Stage& stage) { offline(stage); })},
      {"sending", {}, selling([](Stage& stage) {
         offline(stage);
         stage.till().link_state(State::online);
         stage.till().journal.state.unsent = 9;
         stage.till().lane().delivered(5);
       })},
      {"revoked", {}, selling([](Stage& stage) { stage.till().link_state(State::revoked); })},
      {"unknown", {}, selling([](Stage& stage) { stage.scan("6909999012343"); })},
      {"blocked", {}, selling([](Stage& stage) { stage.scan("6901000006006"); })},
      {"age", {}, selling([](Stage& stage) { stage.scan("6901000005009"); })},
      {"weigh", {}, selling([](Stage& stage) { stage.desk().add_item(305); })},
      {"weigh-typed", {}, supervised([](Stage& stage) {
         stage.desk().add_item(305);
         stage.desk().type("0.83");
         stage.scan("6901000004002");
       })},
      {"choose", {}, selling([](Stage& stage) { stage.scan("6901000007003"); })},
      {"search", {}, selling([](Stage& stage) {
         stage.desk().act(Action::find_item);
         stage.desk().type("sp");
       })},
      {"search-empty", {}, selling([](Stage& stage) { stage.desk().act(Action::find_item); })},
      {"price-check", {}, selling([](Stage& stage) {
         stage.desk().act(Action::price_check);
         stage.scan("6901000003005");
       })},
      {"price-check-offer", offers, offering([](Stage& stage) {
         stage.desk().act(Action::price_check);
         stage.scan("6901000001001");
       })},
      {"price-check-near", offers, supervised([](Stage& stage) {
         stage.desk().act(Action::price_check);
         stage.scan("6901000004002");
       })},
      {"date-passed", {}, selling([](Stage& stage) { stage.scan("(01)06901000003005(15)250101"); })},
      {"void-ask", {}, selling([](Stage& stage) {
         stage.desk().act(Action::more);
         stage.desk().act(Action::void_basket);
       })},
      {"price-change", {}, supervised([](Stage& stage) {
         stage.desk().select_line(6);
         stage.desk().act(Action::change_price);
         stage.desk().type("29.8");
       })},
      {"price-reason", {}, supervised([](Stage& stage) {
         stage.desk().select_line(6);
         stage.desk().act(Action::change_price);
         stage.desk().type("29.8");
         stage.desk().act(Action::confirm);
         stage.desk().choose_reason(2);
       })},
      {"quantity", {}, selling([](Stage& stage) {
         stage.desk().select_line(3);
         stage.desk().act(Action::quantity);
         stage.desk().type("12");
       })},
      {"more", {}, selling([](Stage& stage) { stage.desk().act(Action::more); })},
      {"help", {}, selling([](Stage& stage) { stage.desk().act(Action::help); })},
      {"help-tender", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().act(Action::help);
       })},
      {"help-sign-in", {}, [](Stage& stage) { stage.desk().act(Action::help); }},
      {"quick-keys", {}, selling([](Stage& stage) { stage.desk().act(Action::quick_keys); })},
      {"sign-in-badge", {}, [](Stage& stage) { stage.scan(supervisor_badge); }},
      {"offers", offers, offering([](Stage&) {})},
      {"offers-near", offers, offering([](Stage& stage) {
         stage.scan("6901000002114");
         stage.scan("6901000002114");
         stage.weigh("305", "1.204");
       })},
      {"offers-few", offers,
       [](Stage& stage) {
         stage.till().link_state(State::online);
         stage.sign_in("1003");
         stage.scan("6901000002107");
         stage.scan("6901000002107");
         stage.scan("6901000004002");
       }},
      {"member", offers, offering([](Stage& stage) { stage.desk().act(Action::member); })},
      {"member-none", offers, supervised([](Stage& stage) { stage.desk().act(Action::member); })},
      {"member-unknown", offers, supervised([](Stage& stage) {
         stage.desk().act(Action::member);
         stage.scan("13899990000");
       })},
      {"coupon", offers, offering([](Stage& stage) { stage.desk().act(Action::coupon); })},
      {"coupon-asking", offers, supervised([](Stage& stage) {
         stage.desk().act(Action::coupon);
         stage.desk().type("7701");
       })},
      {"discount", offers, offering([](Stage& stage) {
         stage.desk().select_line(8);
         stage.desk().act(Action::discount);
         stage.desk().type("10");
       })},
      {"discount-reason", offers, offering([](Stage& stage) {
         stage.desk().select_line(8);
         stage.desk().act(Action::discount);
         stage.desk().type("10");
         stage.desk().act(Action::confirm);
         stage.desk().choose_reason(2);
       })},
      {"discount-basket", offers, offering([](Stage& stage) {
         stage.desk().act(Action::discount);
         stage.desk().act(Action::discount_scope);
         stage.desk().act(Action::discount_measure);
         stage.desk().type("5");
       })},
      {"offers-tender", offers, offering([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().type("200");
       })},
      {"offers-last", offers, offering([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(250'00));
       })},
      {"receipt", offers, sold([](Stage& stage) { stage.desk().act(Action::return_goods); })},
      {"receipt-unknown", offers, sold([](Stage& stage) {
         stage.desk().act(Action::return_goods);
         stage.desk().scan({"3-999", barcode::Symbology::unknown, 0});
       })},
      {"return", offers, sold([](Stage& stage) { begin_return(stage); })},
      {"return-void", offers, sold([](Stage& stage) {
         begin_return_online(stage);
         stage.desk().act(Action::void_receipt);
         stage.desk().press_choice(2);
       })},
      {"return-void-allow", offers, sold([](Stage& stage) {
         begin_return_online(stage);
         stage.desk().act(Action::void_receipt);
         stage.desk().press_choice(2);
         stage.wait_a_moment();
         stage.desk().enter();
         stage.till().run_posted();
       })},
      {"return-voided", offers, sold([](Stage& stage) {
         begin_return_online(stage);
         auto& lane = stage.till().lane();
         lane.begin_void("3-1", "wrong_payment", [](const Result<void>&) {});
         stage.till().run_posted();
         if (lane.refused()) (void)lane.approved(Command(lane.refused()->command), "1001", shop_pin);
       })},
      {"return-void-refused", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().act(Action::void_receipt);
       })},
      {"return-some", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().change_return(4, 1);
         stage.desk().change_return(3, 1);
         stage.desk().act(Action::reason_1);
         stage.desk().act(Action::to_waste);
       })},
      {"return-why", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().act(Action::refund);
       })},
      {"return-quantity", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().act(Action::return_quantity);
         stage.desk().type("2");
       })},
      {"return-find", offers, sold([](Stage& stage) {
         stage.desk().act(Action::return_goods);
         stage.desk().act(Action::find_sale);
         stage.desk().type("3");
         stage.desk().act(Action::find_by_till);
         stage.desk().type("13800");
       })},
      {"return-found", offers, sold([](Stage& stage) {
         auto& found = stage.till().questions.found_sales;
         const auto sale = *test::find_among(stage.till().journal.sales, 1);
         for (const int number : {188, 187, 42}) {
           found.sales.push_back(protocol::found_sale(sale));
           found.sales.back().receipt_number = number;
         }
         found.sales[1].member_name = "林女士";
         found.sales[2].left = false;
         stage.desk().act(Action::return_goods);
         stage.desk().act(Action::find_sale);
         stage.desk().act(Action::confirm);
       })},
      {"return-leave", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().act(Action::cancel);
       })},
      {"return-wrong", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.scan("6901000007003");
       })},
      {"return-complete", offers, sold([](Stage& stage) {
         auto whole = test::find_among(stage.till().journal.sales, 1);
         whole->may_be_incomplete = false;
         (void)stage.till().lane().command(BeginReturn{*whole});
         stage.desk().change_return(9, 1);
       })},
      {"refund", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().change_return(4, 1);
         stage.desk().act(Action::reason_1);
         stage.desk().act(Action::refund);
       })},
      {"refunded", offers, sold([](Stage& stage) {
         begin_return(stage);
         stage.desk().change_return(2, 1);
         stage.desk().act(Action::reason_1);
         stage.desk().act(Action::refund);
         stage.desk().act(Action::finish);
       })},
      {"locked", {}, selling([](Stage& stage) { stage.desk().act(Action::lock); })},
      {"tender", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().type("200");
       })},
      {"tender-open", {}, selling([](Stage& stage) { stage.desk().act(Action::pay); })},
      {"tender-partial", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(100'00));
         stage.desk().type("50");
         stage.desk().act(Action::tender_card);
       })},
      {"last-sale", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(210'00));
       })},
      {"disk-full", {}, selling([](Stage& stage) {
         stage.till().journal.refuses =
             Error{"journal.disk_full", "The disk of this till is full. Make room, then take the money.", {}};
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(210'00));
       })},
      {"print-failed", {}, selling([](Stage& stage) {
         stage.desk().act(Action::pay);
         stage.desk().take_cash(Money::of_minor(210'00));
         stage.till().printer.device = DeviceState::paper_out;
         stage.till().lane().print_finished(1, fail("device.paper_out", "No paper."));
       })},
      {"drawer-left-open", {}, selling([](Stage& stage) {
         stage.till().lane().drawer_changed(CashDrawer::Position::open);
         stage.till().lane().drawer_stays_open();
       })},
      {"template-unreadable", {}, selling([](Stage& stage) {
         stage.till().replica.store->receipt_templates = {{"sale", "zh_CN", "{{store.name}}\n{{#lines}}\n"}};
         stage.till().lane().profile_changed();
       })},
  };
}

// What is to be painted comes with the toolkit's next frames.
void pump() {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(60);
  while (std::chrono::steady_clock::now() < until) wxTheApp->Yield(true);
}

bool take(Stage& stage, const std::string& path) {
  stage.till().run_posted();
  stage.frame().refresh_now();
  pump();
  stage.frame().Update();
  pump();
  wxWindow* shown = &stage.frame();
  if (auto* customer = stage.frame().customer()) shown = customer;
  const wxSize size = shown->GetClientSize();
  const wxPoint origin = shown->ClientToScreen({0, 0});
  return save_screen({origin.x, origin.y, size.x, size.y}, path);
}

// A part of the name, or all of it with a '$' behind.
bool is_meant(const std::string& name, const std::string& part) {
  if (part.ends_with('$')) return part.compare(0, part.size() - 1, name) == 0;
  return name.find(part) != std::string::npos;
}

int paint_all(const std::string& directory, const std::vector<std::string>& wanted) {
  struct Form {
    std::string_view suffix;
    i18n::Language language;
    int width, height;
    int text_percent = 100;
  };
  constexpr Form forms[] = {{"zh-1366", i18n::Language::zh_CN, 1366, 768},
                            {"en-1366", i18n::Language::en, 1366, 768},
                            {"zh-1024", i18n::Language::zh_CN, 1024, 768},
                            {"en-1024", i18n::Language::en, 1024, 768},
                            {"zh-1920", i18n::Language::zh_CN, 1920, 1080},
                            {"en-1920", i18n::Language::en, 1920, 1080},
                            // Painted only when they are asked for.
                            {"zh-1366-large", i18n::Language::zh_CN, 1366, 768, 130},
                            {"en-1366-large", i18n::Language::en, 1366, 768, 130},
                            {"zh-1024-large", i18n::Language::zh_CN, 1024, 768, 130},
                            {"en-1024-large", i18n::Language::en, 1024, 768, 130}};
  int count = 0;
  std::vector<Shot> all = shots();
  for (Shot& shot : lane_shots()) all.push_back(std::move(shot));
  for (Shot& shot : shift_shots()) all.push_back(std::move(shot));
  for (const Shot& shot : all) {
    for (const Form& form : forms) {
      const std::string name = std::string(shot.name) + "-" + std::string(form.suffix);
      const bool asked =
          (wanted.empty() && form.text_percent == 100) ||
          std::any_of(wanted.begin(), wanted.end(), [&](const std::string& part) { return is_meant(name, part); });
      if (!asked) continue;
      FaceOptions options;
      options.language = form.language;
      options.text_percent = form.text_percent;
      options.device_name = "POS-7C21";
      options.window_width_px = form.width;
      options.window_height_px = form.height;
      if (shot.name.starts_with("customer")) {
        // Beside the till: the display must be twice as wide.
        const std::pair<int, int> size = form.width == 1024   ? std::pair(800, 480)
                                         : form.width == 1366 ? std::pair(1024, 600)
                                                              : std::pair(1920, 1080);
        options.customer_window = {size.first, size.second, std::pair(form.width, 0), form.language};
      }
      Stage stage(options, shot.shop);
      stage.desk();
      pump();
      shot.act(stage);
      if (!take(stage, directory + "/" + name + ".png")) return 1;
      ++count;
    }
  }
  std::printf("%d pictures in %s\n", count, directory.c_str());
  return 0;
}

}  // namespace
}  // namespace lanekeeper::till::test

class ShotsApp : public wxApp {
 public:
  bool OnInit() override {
    wxInitAllImageHandlers();
    return true;
  }
};

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: lanekeeper-till-shots DIRECTORY [PART OF A NAME...]\n");
    return 2;
  }
  wxApp::SetInstance(new ShotsApp);
  int wx_count = 1;
  if (!wxEntryStart(wx_count, arguments) || !wxTheApp->CallOnInit()) return 1;
  int result = 0;
  {
    wxGUIEventLoop loop;
    const wxEventLoopActivator active(&loop);
    result = lanekeeper::till::test::paint_all(arguments[1], {arguments + 2, arguments + count});
  }
  wxEntryCleanup();
  return result;
}
