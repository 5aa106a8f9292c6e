// kill -9 at every step of putting a basket aside and of taking one up, here and from the server: it is always in
// exactly one place, and the journal says what happened, once.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "cache/suspended_database.h"
#include "till/fakes.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

// Ends this process just before the step that it was given. Steps are the beginnings and ends of everything that
// reaches a disk or the server.
class Fuse {
 public:
  explicit Fuse(int step) : left_(step) {}
  void burn() {
    if (left_-- == 0) ::kill(::getpid(), SIGKILL);
  }
  template <class Work>
  auto around(const Work& work) {
    burn();
    struct Behind {
      Fuse& fuse;
      ~Behind() { fuse.burn(); }
    } behind{*this};
    return work();
  }

 private:
  int left_;
};

constexpr int never = -1;

class FusedJournal final : public JournalStore {
 public:
  FusedJournal(JournalDatabase& to, Fuse& fuse) : to_(to), fuse_(fuse) {}
  Result<sale::RetailTransaction> commit(const sale::RetailTransaction& sale) override {
    return fuse_.around([&] { return to_.commit(sale); });
  }
  Result<void> save_basket(const sale::Basket& basket) override {
    return fuse_.around([&] { return to_.save_basket(basket); });
  }
  Result<RecordedControl> commit_control(const sale::ControlTransaction& control) override {
    return fuse_.around([&] { return to_.commit_control(control); });
  }
  Result<void> settle_basket() override {
    return fuse_.around([&] { return to_.settle_basket(); });
  }
  [[nodiscard]] std::optional<sale::Basket> load_basket() const override { return to_.load_basket(); }
  [[nodiscard]] std::optional<sale::RetailTransaction> last_sale() const override { return to_.last_sale(); }
  [[nodiscard]] Outbox outbox() const override { return to_.outbox(); }
  [[nodiscard]] std::optional<sale::ReturnableSale> find_sale(std::int64_t number) const override {
    return to_.find_sale(number);
  }
  [[nodiscard]] std::optional<sale::ControlTransaction> last_control_of(const Uuid& basket) const override {
    return to_.last_control_of(basket);
  }
  [[nodiscard]] Shifts shifts() const override { return to_.shifts(); }

 private:
  JournalDatabase& to_;
  Fuse& fuse_;
};

class FusedSuspended final : public SuspendedStore {
 public:
  FusedSuspended(SuspendedStore& to, Fuse& fuse) : to_(to), fuse_(fuse) {}
  Result<protocol::SuspendedBasket> add(protocol::SuspendedBasket basket, sale::ControlTransaction record) override {
    return fuse_.around([&] { return to_.add(std::move(basket), std::move(record)); });
  }
  [[nodiscard]] std::vector<Row> rows() const override { return to_.rows(); }
  void recorded(const Uuid& id) override {
    fuse_.around([&] { to_.recorded(id); });
  }
  Result<void> hand_over(const Uuid& id) override {
    return fuse_.around([&] { return to_.hand_over(id); });
  }
  void arrived(const Uuid& id) override {
    fuse_.around([&] { to_.arrived(id); });
  }
  Result<bool> remove(const Uuid& id) override {
    return fuse_.around([&] { return to_.remove(id); });
  }
  Result<void> want(const protocol::SuspendedSummary& basket) override {
    return fuse_.around([&] { return to_.want(basket); });
  }
  [[nodiscard]] std::vector<protocol::SuspendedSummary> wanted() const override { return to_.wanted(); }
  Result<void> win(const protocol::SuspendedBasket& basket) override {
    return fuse_.around([&] { return to_.win(basket); });
  }
  Result<void> give_up(const Uuid& id) override {
    return fuse_.around([&] { return to_.give_up(id); });
  }

 private:
  SuspendedStore& to_;
  Fuse& fuse_;
};

// The server outlives the tills: who has its basket stands in memory that all of them share.
class SharedServer final : public StoreQuestions {
 public:
  SharedServer(protocol::SuspendedBasket basket, int* taken_by, Fuse& fuse)
      : basket_(std::move(basket)), taken_by_(taken_by), fuse_(fuse) {}
  void find_sale(std::int64_t, std::int64_t, Answer<sale::ReturnableSale> answer) override { answer(no_server()); }
  void reserve_coupon(const protocol::CouponReservation&, Answer<void> answer) override { answer(no_server()); }
  void release_coupon(const protocol::CouponReservation&) override {}
  void promotion_uses(std::int64_t, const Date&, Answer<protocol::PromotionUses> answer) override {
    answer(protocol::PromotionUses{});
  }
  void suspend(const protocol::SuspendedBasket&, Answer<void> answer) override { answer(no_server()); }
  void suspended(const Date&, Answer<protocol::SuspendedList> answer) override {
    protocol::SuspendedList list;
    if (*taken_by_ == 0) {
      protocol::SuspendedSummary one;
      one.id = basket_.id;
      one.label = basket_.label;
      one.till = basket_.till;
      one.business_date = basket_.business_date;
      list.baskets.push_back(one);
    }
    answer(list);
  }
  void recall(const Uuid&, Answer<protocol::SuspendedBasket> answer) override {
    fuse_.burn();
    if (*taken_by_ == 0) *taken_by_ = 3;
    fuse_.burn();
    if (*taken_by_ == 3) return answer(basket_);
    answer(fail("suspended.taken", "Another till has taken up this basket.", {{"till", std::to_string(*taken_by_)}}));
  }

 private:
  protocol::SuspendedBasket basket_;
  int* taken_by_;
  Fuse& fuse_;
};

// A till on real files, from its start until it is over.
class KillableTill {
 public:
  // Without a server when there is nothing at it.
  KillableTill(const Folder& folder, const protocol::SuspendedBasket& at_server, int* taken_by, int fuse)
      : fuse_(fuse),
        files_(folder.path()),
        put_aside_(SuspendedDatabase::open(folder.path()).value()),
        journal_(*files_.journal, fuse_),
        suspended_(*put_aside_, fuse_),
        server_(at_server, taken_by, fuse_) {
    LaneServices services{clock_,
                          random_,
                          shop_,
                          journal_,
                          replica_,
                          printer_,
                          "zh_CN",
                          false,
                          3,
                          {},
                          [this](std::function<void()> task) { tasks_.push_back(std::move(task)); },
                          &server_,
                          nullptr,
                          &suspended_};
    lane_ = std::make_unique<Lane>(std::move(services));
    LinkStatus link;
    link.state = at_server.label.empty() ? LinkStatus::State::offline : LinkStatus::State::online;
    lane_->link_changed(link);
    lane_->suspended_changed();
    run_tasks();
    EXPECT_TRUE(lane_->sign_in("1027", "271828"));
    run_tasks();
  }

  bool run(const Command& command) {
    const auto result = lane_->command(command);
    run_tasks();
    return result.has_value();
  }
  bool recall(const std::string& label) {
    bool done = false;
    lane_->recall(label, [&done](const Result<void>& result) { done = result.has_value(); });
    run_tasks();
    return done;
  }
  void sell() {
    EXPECT_TRUE(run(BeginTender{}));
    EXPECT_TRUE(run(TenderCash{lane_->view()->cash_due}));
  }
  [[nodiscard]] std::size_t open_lines() const { return lane_->view()->lines.size(); }
  [[nodiscard]] std::vector<SuspendedStore::Row> rows() const { return put_aside_->rows(); }
  [[nodiscard]] std::size_t wanted() const { return put_aside_->wanted().size(); }

 private:
  void run_tasks() {
    while (!tasks_.empty()) {
      auto task = std::move(tasks_.front());
      tasks_.pop_front();
      task();
    }
  }

  Fuse fuse_;
  OpenJournal files_;
  std::unique_ptr<SuspendedDatabase> put_aside_;
  FusedJournal journal_;
  FusedSuspended suspended_;
  SharedServer server_;
  FixedClock clock_;
  SystemRandom random_;
  Shop shop_;
  MemoryReplica replica_;
  MemoryPrinter printer_;
  std::deque<std::function<void()>> tasks_;
  std::unique_ptr<Lane> lane_;
};

class SuspendKill : public testing::Test {
 protected:
  SuspendKill()
      : taken_by_(static_cast<int*>(
            ::mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
  ~SuspendKill() override { ::munmap(taken_by_, sizeof(int)); }

  // A basket of another till, as the server has it.
  static protocol::SuspendedBasket elsewhere() {
    const Folder folder;
    int nobody = 0;
    KillableTill till(folder, {}, &nobody, never);
    EXPECT_TRUE(till.run(Scan{Shop::milk, {}}));
    EXPECT_TRUE(till.run(SuspendBasket{}));
    auto basket = till.rows().at(0).suspended;
    basket.till = 5;
    basket.label = "5-0001";
    return basket;
  }

  // The work in a process of its own that is killed at this step. False: it came to its end.
  bool kills(const Folder& folder, int step, const std::function<void(KillableTill&)>& work) {
    const auto child = ::fork();
    if (child == 0) {
      try {
        KillableTill till(folder, at_server_, taken_by_, step);
        work(till);
      } catch (...) {
        std::_Exit(5);
      }
      std::_Exit(testing::Test::HasFailure() ? 6 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return true;
    EXPECT_EQ(WEXITSTATUS(status), 0);
    return false;
  }

  static std::vector<std::string> told(const Folder& folder) {
    std::vector<std::string> told;
    const auto entries = entries_of(folder.path());
    EXPECT_EQ(chain_problem(entries), "");
    for (const auto& entry : entries) {
      if (const auto control = journal::decode_control(entry.payload)) {
        EXPECT_TRUE(control->basket && control->basket->label) << "without its label";
        told.push_back(control->kind == sale::ControlKind::basket_suspend ? "held" : "recalled");
      } else {
        told.push_back("sold");
      }
    }
    return told;
  }

  int* taken_by_;
  protocol::SuspendedBasket at_server_;
};

using Told = std::vector<std::string>;

TEST_F(SuspendKill, WhilePuttingAside) {
  int step = 0;
  for (bool killed = true; killed; ++step) {
    SCOPED_TRACE(step);
    const Folder folder;
    { KillableTill(folder, at_server_, taken_by_, never).run(Scan{Shop::milk, {}}); }
    killed = kills(folder, step, [](KillableTill& till) { EXPECT_TRUE(till.run(SuspendBasket{})); });
    KillableTill till(folder, at_server_, taken_by_, never);
    ASSERT_EQ(till.open_lines() + till.rows().size(), 1U) << "it is in one place";
    ASSERT_EQ(told(folder), till.rows().empty() ? Told() : Told{"held"});
    if (till.rows().empty()) {
      ASSERT_TRUE(till.run(SuspendBasket{}));
    }
    ASSERT_TRUE(till.recall(till.rows().at(0).suspended.label));
    till.sell();
    EXPECT_EQ(told(folder), (Told{"held", "recalled", "sold"}));
    EXPECT_TRUE(till.rows().empty());
  }
  EXPECT_GT(step, 8) << "there was less to kill than expected";
}

TEST_F(SuspendKill, WhileTakingUpItsOwn) {
  int step = 0;
  for (bool killed = true; killed; ++step) {
    SCOPED_TRACE(step);
    const Folder folder;
    {
      KillableTill till(folder, at_server_, taken_by_, never);
      ASSERT_TRUE(till.run(Scan{Shop::milk, {}}));
      ASSERT_TRUE(till.run(SuspendBasket{}));
    }
    killed = kills(folder, step, [](KillableTill& till) {
      EXPECT_TRUE(till.recall("3-0001"));
      EXPECT_TRUE(till.run(SuspendBasket{}));  // again, so that the same basket lies there twice over
      EXPECT_TRUE(till.recall("3-0002"));
    });
    KillableTill till(folder, at_server_, taken_by_, never);
    ASSERT_EQ(till.open_lines() + till.rows().size(), 1U) << "it is in one place";
    const auto before = told(folder);
    if (till.open_lines() == 0) {
      ASSERT_TRUE(till.recall(till.rows().at(0).suspended.label));
    }
    till.sell();
    EXPECT_TRUE(till.rows().empty());
    const auto after = told(folder);
    ASSERT_GE(after.size(), before.size());
    for (std::size_t n = 0; n + 1 < after.size(); ++n) EXPECT_EQ(after[n], n % 2 == 0 ? "held" : "recalled");
    EXPECT_EQ(after.back(), "sold");
  }
  EXPECT_GT(step, 8);
}

TEST_F(SuspendKill, WhileTakingUpThatOfAnotherTill) {
  at_server_ = elsewhere();
  int step = 0;
  int came_back = 0;
  for (bool killed = true; killed; ++step) {
    SCOPED_TRACE(step);
    const Folder folder;
    *taken_by_ = 0;
    killed = kills(folder, step, [](KillableTill& till) { EXPECT_TRUE(till.recall("5-0001")); });
    const bool was_asked = *taken_by_ == 3;
    KillableTill till(folder, at_server_, taken_by_, never);
    ASSERT_TRUE(!was_asked || till.open_lines() == 1) << "what the server gave away has to be here";
    if (till.open_lines() == 0) {
      ASSERT_EQ(*taken_by_, 0) << "it is in one place";
      ASSERT_TRUE(till.recall("5-0001"));
    } else {
      ++came_back;
      ASSERT_EQ(*taken_by_, 3);
    }
    till.sell();
    EXPECT_EQ(told(folder), (Told{"recalled", "sold"}));
    EXPECT_TRUE(till.rows().empty());
    EXPECT_EQ(till.wanted(), 0U);
  }
  EXPECT_GT(step, 8);
  EXPECT_GT(came_back, 6);
}

TEST_F(SuspendKill, AnotherTillWasFasterMeanwhile) {
  at_server_ = elsewhere();
  int step = 0;
  for (bool killed = true; killed; ++step) {
    SCOPED_TRACE(step);
    const Folder folder;
    *taken_by_ = 0;
    killed = kills(folder, step, [](KillableTill& till) { EXPECT_TRUE(till.recall("5-0001")); });
    if (*taken_by_ == 3) break;
    *taken_by_ = 7;
    KillableTill till(folder, at_server_, taken_by_, never);
    EXPECT_EQ(till.open_lines(), 0U);
    EXPECT_EQ(till.wanted(), 0U);
    EXPECT_FALSE(till.recall("5-0001"));
    EXPECT_TRUE(told(folder).empty());
  }
  EXPECT_GT(step, 1);
}

}  // namespace
}  // namespace lanekeeper::till::test
