// A till without a lane: cache and link against a fake store, and what the link said.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/system_clock.h"
#include "fake_store.h"
#include "link/link.h"
#include "till_files.h"

namespace lanekeeper::till::test {

using namespace std::chrono_literals;
using State = LinkStatus::State;

class TestTill {
 public:
  TestTill(const Folder& folder, const net::Endpoint& server) : folder_(folder) { open(server); }
  ~TestTill() { close(); }

  void open(const net::Endpoint& server) {
    files_ = std::make_unique<OpenJournal>(folder_.path(), false);
    replica_ = CatalogueReplica::open(folder_.path(), clock_).value();
    link_ = std::make_unique<Link>(LinkServices{folder_.path(), server, clock_, random_, *files_->journal,
                                                *files_->deliveries, "lane four", "test", handlers()});
    link_->start();
  }
  void close() {
    link_.reset();
    replica_.reset();
    files_.reset();
  }

  struct Heard {
    std::vector<LinkStatus> statuses;
    std::vector<std::int64_t> delivered;
    std::vector<std::int64_t> parked;
    std::vector<catalogue::Version> catalogues;
    int profiles = 0;
    int approvals = 0;  // how often they were said to have changed
    int suspended = 0;
    std::int64_t till = 0;
    [[nodiscard]] State state() const { return statuses.empty() ? State::connecting : statuses.back().state; }
  };

  // Waits until it holds of what was heard; false after ten seconds.
  template <class Condition>
  bool until(Condition&& holds, std::chrono::milliseconds limit = 10s) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, limit, [&] { return holds(heard_); });
  }
  [[nodiscard]] Heard heard() {
    const std::lock_guard guard(mutex_);
    return heard_;
  }
  [[nodiscard]] std::string trouble() {
    const auto heard = this->heard();
    if (heard.statuses.empty() || !heard.statuses.back().error) return "the link said nothing";
    return heard.statuses.back().error->code + " " + heard.statuses.back().error->message;
  }
  void sell(int sales) {
    for (int i = 0; i < sales; ++i) ASSERT_TRUE(files_->journal->commit(fresh_sale()));
  }
  [[nodiscard]] JournalStore::Outbox outbox() const { return files_->journal->outbox(); }
  [[nodiscard]] Link& link() { return *link_; }
  [[nodiscard]] CatalogueReplica& replica() { return *replica_; }
  [[nodiscard]] JournalDatabase& journal() { return *files_->journal; }

 private:
  template <class Change>
  void note(Change&& change) {
    {
      const std::lock_guard guard(mutex_);
      change(heard_);
    }
    changed_.notify_all();
  }
  LinkHandlers handlers() {
    LinkHandlers handlers;
    handlers.status_changed = [this](const LinkStatus& s) { note([&](Heard& h) { h.statuses.push_back(s); }); };
    handlers.paired = [this](std::int64_t till) { note([&](Heard& h) { h.till = till; }); };
    handlers.catalogue_changed = [this](catalogue::Version v) { note([&](Heard& h) { h.catalogues.push_back(v); }); };
    handlers.profile_changed = [this] { note([](Heard& h) { ++h.profiles; }); };
    handlers.delivered = [this](std::int64_t n) { note([&](Heard& h) { h.delivered.push_back(n); }); };
    handlers.parked = [this](std::int64_t n, const Error&) { note([&](Heard& h) { h.parked.push_back(n); }); };
    handlers.approvals_changed = [this] { note([](Heard& h) { ++h.approvals; }); };
    handlers.suspended_changed = [this] { note([](Heard& h) { ++h.suspended; }); };
    return handlers;
  }

  const Folder& folder_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<OpenJournal> files_;
  std::unique_ptr<CatalogueReplica> replica_;
  std::unique_ptr<Link> link_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Heard heard_;
};

inline catalogue::Item goods(catalogue::ItemId id, catalogue::Version version) {
  catalogue::Item item;
  item.id = id;
  item.number = std::to_string(id);
  item.name = "货" + std::to_string(id);
  item.codes.push_back({std::to_string(1000 + id), Quantity::of_units(1), {}});
  item.prices.push_back({"regular", Money::of_minor(100), {}, {}});
  item.version = version;
  return item;
}

inline void approve(FakeStore& store) {
  store.with([](FakeStore::State& state) { state.enrolment = protocol::EnrolmentState::approved; });
}

class LinkTest : public ::testing::Test {
 protected:
  // A till that is enrolled and online.
  void bring_up() {
    till_.emplace(folder_, store_.endpoint());
    if (!till_->until([](auto& h) { return h.state() == State::pairing; })) throw std::runtime_error(till_->trouble());
    approve(store_);
    if (!till_->until([](auto& h) { return h.state() == State::online; })) throw std::runtime_error(till_->trouble());
  }
  [[nodiscard]] bool all_delivered(std::size_t count) {
    return till_->until([count](auto& h) { return h.delivered.size() >= count; });
  }

  const Folder folder_;
  FakeStore store_;
  std::optional<TestTill> till_;
};

}  // namespace lanekeeper::till::test
