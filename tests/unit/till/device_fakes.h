// The lane's devices and its store of baskets, in memory.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "lane/device_ports.h"
#include "lane/ports.h"

namespace lanekeeper::till::test {

class MemoryScale final : public Scale {
 public:
  ScaleReading now;
  std::vector<bool> live;  // what was wanted, in order
  void on_reading(std::function<void(const ScaleReading&)>) override {}
  void start() override {}
  void set_live(bool wanted) override {
    if (live.empty() || live.back() != wanted) live.push_back(wanted);
  }
  [[nodiscard]] ScaleReading reading() const override { return now; }
  bool zeroes = true;  // whether its protocol can
  int zeroed = 0;
  void zero() override { ++zeroed; }
  [[nodiscard]] bool can_zero() const override { return zeroes; }
};

class MemoryDisplay final : public LineDisplay {
 public:
  std::vector<Contents> shown;
  DeviceState device = DeviceState::ok;
  void show(const Contents& contents) override { shown.push_back(contents); }
  [[nodiscard]] DeviceState state() const override { return device; }
};

class MemoryDrawer final : public CashDrawer {
 public:
  int opened = 0;
  bool there = true;
  [[nodiscard]] bool is_set_up() const override { return there; }
  Result<void> open() override {
    ++opened;
    return {};
  }
  void on_position(std::function<void(Position)>) override {}
  [[nodiscard]] Position position() const override { return Position::unknown; }
};

class MemoryScanner final : public Scanner {
 public:
  explicit MemoryScanner(DeviceState now = DeviceState::ok) : device(now) {}
  DeviceState device;
  void on_scan(std::function<void(std::string data)>) override {}
  void start() override {}
  [[nodiscard]] DeviceState state() const override { return device; }
};

class MemorySuspended final : public SuspendedStore {
 public:
  std::vector<Row> kept;
  std::vector<protocol::SuspendedSummary> asked_for;
  std::optional<Error> error;  // of everything that writes
  int next = 17;
  bool keeps_records = false;  // its disk is full when the journal has a record

  Result<protocol::SuspendedBasket> add(protocol::SuspendedBasket basket, sale::ControlTransaction record) override {
    if (error) return fail(*error);
    basket.label = std::to_string(basket.till) + "-00" + std::to_string(next++);
    record.basket->label = basket.label;
    kept.push_back({std::move(basket), false, false, false, std::move(record)});
    return kept.back().suspended;
  }
  [[nodiscard]] std::vector<Row> rows() const override { return kept; }
  void recorded(const Uuid& id) override {
    if (keeps_records) return;
    for (auto& row : kept) {
      if (row.suspended.id == id) row.record.reset();
    }
  }
  Result<void> hand_over(const Uuid& id) override {
    if (error) return fail(*error);
    for (auto& row : kept) row.handed_over = row.handed_over || row.suspended.id == id;
    return {};
  }
  void arrived(const Uuid& id) override {
    for (auto& row : kept) row.at_server = row.at_server || row.suspended.id == id;
  }
  Result<bool> remove(const Uuid& id) override {
    if (error) return fail(*error);
    return std::erase_if(kept, [&id](const Row& row) { return row.suspended.id == id; }) > 0;
  }
  Result<void> want(const protocol::SuspendedSummary& basket) override {
    if (error) return fail(*error);
    if (std::none_of(asked_for.begin(), asked_for.end(), [&](const auto& one) { return one.id == basket.id; })) {
      asked_for.push_back(basket);
    }
    return {};
  }
  [[nodiscard]] std::vector<protocol::SuspendedSummary> wanted() const override { return asked_for; }
  Result<void> win(const protocol::SuspendedBasket& basket) override {
    if (error) return fail(*error);
    std::erase_if(kept, [&basket](const Row& row) { return row.suspended.id == basket.id; });
    kept.push_back({basket, true, true, true, std::nullopt});
    return give_up(basket.id);
  }
  void label_in_use(const protocol::SuspendedSummary& basket) override { labels_in_use.insert(basket.label); }
  std::set<std::string> labels_in_use;
  Result<void> give_up(const Uuid& id) override {
    if (error) return fail(*error);
    std::erase_if(asked_for, [&id](const auto& one) { return one.id == id; });
    return {};
  }
};

}  // namespace lanekeeper::till::test
