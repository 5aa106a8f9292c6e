// A till without disk, network and devices: the real lane over services that live in memory, with a small shop to sell
// from. For tests of the window and for pictures of it.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "device_fakes.h"
#include "lane/host.h"
#include "lane/lane.h"
#include "memory_questions.h"
#include "memory_server.h"

namespace lanekeeper::till::test {

class HandClock : public Clock {
 public:
  HandClock() = default;
  [[nodiscard]] ZonedTime now() const override { return now_; }
  void set(std::string_view iso);
  void advance_ms(std::int64_t ms) { now_.instant.unix_ms += ms; }

 private:
  ZonedTime now_{{1'795'142'520'000}, 480};  // 2026-11-20T10:42:00+08:00
};

class CountingRandom : public RandomSource {
 public:
  void fill(std::span<unsigned char> out) override;

 private:
  unsigned char next_ = 1;
};

class MemoryItems : public catalogue::ItemLookup {
 public:
  explicit MemoryItems(std::vector<catalogue::Item> items) : items_(std::move(items)) {}
  [[nodiscard]] std::vector<Match> find_by_code(std::string_view code) const override;
  [[nodiscard]] std::optional<catalogue::Item> find_by_id(catalogue::ItemId id) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> search(std::string_view text, int limit, int offset) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> quick_keys(catalogue::CategoryId category,
                                                               int limit) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> department_keys(int limit) const override;
  [[nodiscard]] std::vector<catalogue::ItemSummary> deposits(int limit) const override;

 private:
  std::vector<catalogue::Item> items_;
};

class MemoryJournal : public JournalStore {
 public:
  [[nodiscard]] Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) override;
  [[nodiscard]] Result<void> save_basket(const sale::Basket& basket) override;
  [[nodiscard]] std::optional<sale::Basket> load_basket() const override { return basket; }
  [[nodiscard]] std::optional<sale::RetailTransaction> last_sale() const override;
  [[nodiscard]] Outbox outbox() const override { return state; }
  [[nodiscard]] std::optional<sale::ReturnableSale> find_sale(std::int64_t receipt_number) const override {
    return find_among(sales, receipt_number);
  }
  [[nodiscard]] std::vector<protocol::FoundSale> find_sales(const protocol::SaleSearch& search) const override {
    return find_those_that_fit(sales, search);
  }

  [[nodiscard]] Result<RecordedControl> commit_control(const sale::ControlTransaction& control) override;
  [[nodiscard]] Shifts shifts() const override { return stands; }

  std::vector<sale::ControlTransaction> controls;
  Shifts stands;  // kept up as a journal does
  std::vector<sale::RetailTransaction> sales;
  std::optional<sale::Basket> basket;
  Outbox state;
  std::optional<Error> refuses;  // the next commits fail with it
};

class MemoryReplica : public StoreReplica {
 public:
  [[nodiscard]] std::optional<protocol::StoreProfile> profile() const override { return store; }
  [[nodiscard]] catalogue::Version catalogue_version() const override { return 7; }
  [[nodiscard]] std::int64_t item_count() const override { return items; }
  [[nodiscard]] pricing::PromotionCalendar promotions() const override { return calendar; }
  [[nodiscard]] std::optional<protocol::MemberCard> find_member(std::string_view code) const override;

  std::optional<protocol::StoreProfile> store;
  pricing::PromotionCalendar calendar;
  std::map<std::string, protocol::MemberCard> members;  // by card number or phone
  std::int64_t items = 0;
};

class PaperlessPrinter : public ReceiptPrinter {
 public:
  [[nodiscard]] Result<void> print(std::string bytes, std::function<void(Result<void>)> done) override;
  [[nodiscard]] DeviceState state() const override { return device; }

  // Goes on with what waits.
  void mend();

  DeviceState device = DeviceState::ok;
  std::optional<Error> trouble;  // why it does not print: what it is given waits
  std::vector<std::string> printed;

 private:
  std::vector<std::function<void(Result<void>)>> waiting_;
};

// What lies on it is said by the test; the lane is told as by a scale's thread.
class MovingScale final : public Scale {
 public:
  void on_reading(std::function<void(const ScaleReading&)> listener) override { listener_ = std::move(listener); }
  void start() override {}
  void set_live(bool) override {}
  [[nodiscard]] ScaleReading reading() const override { return now_; }
  void zero() override { now_ = {ScaleReading::State::zero, {}}; }
  bool zeroes = true;  // whether its protocol can
  [[nodiscard]] bool can_zero() const override { return zeroes; }
  void set(const ScaleReading& reading) {
    now_ = reading;
    if (listener_) listener_(reading);
  }

 private:
  ScaleReading now_{ScaleReading::State::zero, {}};
  std::function<void(const ScaleReading&)> listener_;
};

class StillLink : public StoreLink {
 public:
  void start() override { started = true; }
  void wake_uploader() override { ++wakes; }
  void reconnect_now() override { ++reconnects; }
  [[nodiscard]] Result<void> use_server(std::string_view address) override;
  void renew_pairing_code() override { ++renewals; }

  bool started = false;
  int wakes = 0;
  int reconnects = 0;
  int renewals = 0;
  std::string server;
};

struct ShopOptions {
  std::int64_t till = 3;  // 0: not paired
  bool with_profile = true;
  CashRounding rounding = CashRounding::down_10;
  std::optional<sale::Basket> open_basket;
  bool with_scale = false;
  bool shifts_required = false;
  bool with_devices = false;  // display, drawer, and two scanners of which one is away
  bool with_offers = false;   // promotions, a member and a coupon: shop_offers.h
};

class FakeTill : public Till {
 public:
  explicit FakeTill(ShopOptions options = {});
  [[nodiscard]] Lane& lane() override { return *lane_; }
  [[nodiscard]] StoreLink& link() override { return link_; }
  void start() override { link_.start(); }
  [[nodiscard]] Result<void> set_clock(const ZonedTime&) override { return {}; }

  HandClock clock;
  CountingRandom random;
  MemoryItems items;
  MemoryJournal journal;
  MemoryReplica replica;
  PaperlessPrinter printer;
  MemoryQuestions questions;
  StillLink link_;
  MemoryServer server;
  MemorySuspended suspended;
  MovingScale scale;
  MemoryDisplay display;
  MemoryDrawer drawer;
  std::vector<MemoryScanner> scanners{MemoryScanner(), MemoryScanner(DeviceState::absent)};
  MemoryJournal training;
  std::deque<std::function<void()>> posted;  // what other threads have handed over

  void run_posted();
  void link_state(LinkStatus::State state, std::string_view since = {});
  void weigh(ScaleReading::State state, std::string_view kilograms = "0");

 private:
  std::unique_ptr<Lane> lane_;
};

// The shop: goods of the design's pictures, weighed produce with PLUs, an age-restricted and a blocked item, one
// barcode that two items own. People: 1027 王丽 cashier, 1003 周敏 supervisor, ... PIN 2580 for all.
[[nodiscard]] std::vector<catalogue::Item> shop_items();
[[nodiscard]] protocol::StoreProfile shop_profile(CashRounding rounding);
inline constexpr std::string_view shop_pin = "2580";
inline constexpr std::string_view supervisor_badge = "BADGE-1003";

}  // namespace lanekeeper::till::test
