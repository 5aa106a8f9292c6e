// The lane's ports in memory.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "access/member_keys.h"
#include "access/verifier.h"
#include "device_fakes.h"
#include "goods.h"
#include "lane/host.h"
#include "memory_questions.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {

class FixedClock final : public Clock {
 public:
  ZonedTime time = ZonedTime::parse("2026-11-20T10:45:00.000+08:00").value();
  [[nodiscard]] ZonedTime now() const override { return time; }
};

class CountingRandom final : public RandomSource {
 public:
  void fill(std::span<unsigned char> out) override {
    for (auto& byte : out) byte = ++next_;
  }

 private:
  unsigned char next_ = 0;
};

class MemoryJournal final : public JournalStore {
 public:
  std::vector<sale::RetailTransaction> sales;
  sale::Basket basket;
  std::vector<sale::ControlTransaction> controls;
  Shifts stands;  // kept up as a journal does
  std::optional<Error> commit_error;
  std::optional<Error> save_error;
  std::int64_t unsent = 0;

  Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) override {
    if (commit_error) return fail(*commit_error);
    sales.push_back(sale);
    sales.back().receipt_number = static_cast<std::int64_t>(sales.size()) + 141;
    basket = {};
    ++unsent;
    if (stands.opening) {
      sale::add(stands.totals, sales.back());
      sale::follow(stands.trail, sales.back());
    }
    return sales.back();
  }
  Result<RecordedControl> commit_control(const sale::ControlTransaction& control) override {
    if (commit_error) return fail(*commit_error);
    controls.push_back(control);
    ++unsent;
    if (control.kind == sale::ControlKind::shift_open) {
      stands.opening = control;
      stands.totals = {};
    }
    sale::add(stands.totals, control);
    sale::follow(stands.trail, control);
    if (control.closing) {
      stands.opening.reset();
      stands.last_number = control.closing->number;
      stands.left_in_drawer = control.closing->left_in_drawer;
      stands.last_closing = control;
    }
    return RecordedControl{control, static_cast<std::int64_t>(sales.size() + controls.size())};
  }
  [[nodiscard]] Shifts shifts() const override { return stands; }
  Result<void> save_basket(const sale::Basket& saved) override {
    if (save_error) return fail(*save_error);
    basket = saved;
    return {};
  }
  std::optional<Error> settle_error;
  Result<void> settle_basket() override {
    if (settle_error) return fail(*settle_error);
    return {};
  }
  [[nodiscard]] std::optional<sale::Basket> load_basket() const override {
    if (basket.lines.empty()) return std::nullopt;
    return basket;
  }
  [[nodiscard]] std::optional<sale::RetailTransaction> last_sale() const override {
    if (sales.empty()) return std::nullopt;
    return sales.back();
  }
  [[nodiscard]] Outbox outbox() const override {
    Outbox out;
    out.unsent = unsent;
    out.last_sequence = static_cast<std::int64_t>(sales.size() + controls.size());
    if (!sales.empty()) out.last_receipt_number = sales.back().receipt_number;
    return out;
  }
  [[nodiscard]] std::optional<sale::ReturnableSale> find_sale(std::int64_t receipt_number) const override {
    return find_among(sales, receipt_number);
  }
  [[nodiscard]] std::vector<protocol::FoundSale> find_sales(const protocol::SaleSearch& search) const override {
    return find_those_that_fit(sales, search);
  }
};

inline protocol::StoreProfile shop_profile() {
  protocol::StoreProfile profile;
  profile.version = 4;
  profile.name = "惠民生鲜 城东店";
  profile.address = "滨河路 128 号";
  profile.phone = "0571-5555-0128";
  const auto settings = shop_settings();
  profile.taxes = settings.taxes;
  profile.layouts = settings.layouts;
  profile.receipt_footer = {"凭本小票 7 天内可退换，生鲜 24 小时内", "开电子发票：小票号填入门店公众号"};
  static const std::string verifier = access::make_verifier(access::SecretKind::pin, "271828").value();
  for (const auto role : {access::Role::cashier, access::Role::supervisor, access::Role::accountant}) {
    auto member = staff_member(role, static_cast<std::int64_t>(profile.staff.size()) + 1);
    member.number = std::to_string(1027 + profile.staff.size());
    member.pin_verifier = verifier;
    profile.staff.push_back(member);
  }
  return profile;
}

class MemoryReplica final : public StoreReplica {
 public:
  std::optional<protocol::StoreProfile> stored = shop_profile();
  catalogue::Version version = 17;
  pricing::PromotionCalendar calendar;
  std::map<std::string, protocol::MemberCard> members;  // by card number or phone
  [[nodiscard]] std::optional<protocol::StoreProfile> profile() const override { return stored; }
  [[nodiscard]] catalogue::Version catalogue_version() const override { return version; }
  [[nodiscard]] std::int64_t item_count() const override { return 10; }
  [[nodiscard]] pricing::PromotionCalendar promotions() const override { return calendar; }
  [[nodiscard]] std::optional<protocol::MemberCard> find_member(std::string_view code) const override {
    const auto found = members.find(access::normal_member_code(code));
    return found == members.end() ? std::nullopt : std::optional(found->second);
  }
};

class MemoryReceiptLog final : public ReceiptLog {
 public:
  std::vector<Unprinted> left;
  std::vector<std::string> notes;  // "begun 142", "printed 142"
  [[nodiscard]] std::vector<Unprinted> unprinted() const override { return left; }
  void begun(const Receipt& receipt) override { notes.push_back("begun " + std::to_string(receipt.number)); }
  void printed(const Receipt& receipt) override { notes.push_back("printed " + std::to_string(receipt.number)); }
};

class MemoryPrinter final : public ReceiptPrinter {
 public:
  std::vector<std::string> receipts;
  std::vector<std::string> pulses;
  std::optional<Error> error;  // of queueing
  DeviceState device = DeviceState::ok;
  std::optional<Error> job_error;  // told to the first done
  bool stuck = false;              // nothing more is told
  Result<void> print(std::string bytes, std::function<void(Result<void>)> done) override {
    if (error) return fail(*error);
    receipts.push_back(std::move(bytes));
    if (job_error) done(fail(*job_error));
    if (!stuck) done({});
    return {};
  }
  Result<void> pulse(std::string bytes) override {
    if (error) return fail(*error);
    pulses.push_back(std::move(bytes));
    return {};
  }
  [[nodiscard]] DeviceState state() const override { return device; }
};

class QuietLink final : public StoreLink {
 public:
  int started = 0;
  int woken = 0;
  std::string server;
  void start() override { ++started; }
  void wake_uploader() override { ++woken; }
  void reconnect_now() override {}
  Result<void> use_server(std::string_view address) override {
    server = address;
    return {};
  }
  void renew_pairing_code() override {}
};

// A till without a machine around it. Posted tasks run when the test says so, or by the post that was given.
class FakeTill final : public Till {
 public:
  explicit FakeTill(Post post = {}) : post_(std::move(post)) {
    if (!post_) post_ = [this](std::function<void()> task) { tasks.push_back(std::move(task)); };
    open();
  }
  void open() {
    LaneServices services{clock,   random,     shop,        journal, replica,
                          printer, language,   false,       number,  [this] { store_link.wake_uploader(); },
                          post_,   &questions, &receipt_log};
    if (whole) {
      services.suspended = &suspended;
      services.scale = &scale;
      services.display = &display;
      services.drawer = &drawer;
      services.scanners = scanners;
      services.training = &training;
    }
    services.paper = paper;
    services.paper_troubles = paper_troubles;
    lane_ = std::make_unique<Lane>(std::move(services));
  }
  void run_tasks() {
    while (!tasks.empty()) {
      auto task = std::move(tasks.front());
      tasks.pop_front();
      task();
    }
  }

  Lane& lane() override { return *lane_; }
  StoreLink& link() override { return store_link; }
  void start() override { store_link.start(); }
  Result<void> set_clock(const ZonedTime& now) override {
    if (!simulated) return fail("till.clock_not_simulated", "This till keeps real time.");
    clock.time = now;
    return {};
  }

  FixedClock clock;
  CountingRandom random;
  Shop shop;
  MemoryJournal journal;
  MemoryReplica replica;
  MemoryPrinter printer;
  MemoryReceiptLog receipt_log;
  MemoryQuestions questions;
  MemorySuspended suspended;
  MemoryScale scale;
  MemoryDisplay display;
  MemoryDrawer drawer;
  std::vector<Scanner*> scanners;  // of a whole lane
  MemoryJournal training;
  bool whole = false;                         // with these five, from the next open() on
  std::shared_ptr<const ReceiptPaper> paper;  // these two from the next open() on
  std::vector<Error> paper_troubles;
  std::string language = "zh_CN";
  std::int64_t number = 3;
  QuietLink store_link;
  std::deque<std::function<void()>> tasks;
  bool simulated = false;

 private:
  Post post_;
  std::unique_ptr<Lane> lane_;
};

}  // namespace lanekeeper::till::test
