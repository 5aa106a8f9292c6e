#include "running_till.h"

#include <spdlog/spdlog.h>

#include "base/system_random.h"
#include "cache/catalogue_replica.h"
#include "cache/journal_database.h"
#include "cache/outbox.h"
#include "cache/receipt_database.h"
#include "link/link.h"
#include "receipt/receipt.h"
#include "settable_clock.h"

namespace lanekeeper::till {

namespace {

std::string_view device_word(DeviceState state) {
  switch (state) {
    case DeviceState::none:
      return "none";
    case DeviceState::ok:
    case DeviceState::paper_low:
      return "ok";
    case DeviceState::absent:
      return "absent";
    case DeviceState::paper_out:
    case DeviceState::cover_open:
    case DeviceState::error:
    case DeviceState::offline:
      return "error";
  }
  return "error";
}

class RunningTill final : public Till {
 public:
  RunningTill(const TillSetup& setup, Post post) : setup_(setup), alive_(std::make_shared<bool>(true)) {
    post_ = [post = std::move(post), weak = std::weak_ptr<bool>(alive_)](std::function<void()> task) {
      post([weak, task = std::move(task)] {
        if (!weak.expired()) task();
      });
    };
  }

  ~RunningTill() override {
    alive_.reset();  // tasks that are still in the face's queue do nothing from here on
    if (link_) link_->stop();
    printer_.reset();
    lane_.reset();  // may still ask the link something on its way out
    link_.reset();
  }

  Result<void> open() {
    if (auto opened = open_cache(); !opened) return opened;
    printer_ = make_printer(setup_.printer);
    printer_->set_replacement_heading(
        replacement_heading(i18n::Texts(i18n::language_from_locale(setup_.receipt_language))));
    link_ = std::make_unique<Link>(LinkServices{setup_.data_directory, setup_.server, clock_, random_, *journal_,
                                                *deliveries_, setup_.device_name, LANEKEEPER_VERSION, handlers(),
                                                setup_.proposed_server});
    LaneServices services{clock_,
                          random_,
                          *replica_,
                          *journal_,
                          *replica_,
                          *printer_,
                          setup_.receipt_language,
                          setup_.simulate_clock,
                          link_->till(),
                          [this] { link_->wake_uploader(); },
                          post_,
                          &link_->questions(),
                          receipts_.get()};
    lane_ = std::make_unique<Lane>(std::move(services));
    lane_->on_change([this] { tell_link(); });
    return {};
  }

  Lane& lane() override { return *lane_; }
  StoreLink& link() override { return *link_; }
  void start() override {
    tell_link();
    link_->start();
  }
  Result<void> set_clock(const ZonedTime& now) override {
    if (!setup_.simulate_clock) {
      return fail("till.clock_not_simulated",
                  "This till keeps real time. Start it with --simulate-clock to set a clock.");
    }
    clock_.set(now);
    return {};
  }

 private:
  Result<void> open_cache() {
    auto deliveries = DeliveryLog::open(setup_.data_directory);
    if (!deliveries) return fail(std::move(deliveries.error()));
    deliveries_ = std::move(*deliveries);
    auto journal = JournalDatabase::open(setup_.data_directory, *deliveries_);
    if (!journal) return fail(std::move(journal.error()));
    journal_ = std::move(*journal);
    if (!journal_->report().detail.empty()) spdlog::warn("journal: {}", journal_->report().detail);
    journal_->want_receipts(setup_.printer.kind != PrinterAddress::Kind::none);
    auto receipts = ReceiptDatabase::open(setup_.data_directory);
    if (!receipts) return fail(std::move(receipts.error()));
    receipts_ = std::move(*receipts);
    auto replica = CatalogueReplica::open(setup_.data_directory, clock_);
    if (!replica) return fail(std::move(replica.error()));
    replica_ = std::move(*replica);
    replica_->on_fault([this](const Error& error) {
      spdlog::error("catalogue: {} {}", error.code, error.message);
      if (link_ && error.code == "replica.damaged") link_->replica_damaged();
    });
    return {};
  }

  // From the link's threads to the owning thread.
  LinkHandlers handlers() {
    LinkHandlers handlers;
    handlers.status_changed = [this](const LinkStatus& status) {
      post_([this, status] { lane_->link_changed(status); });
    };
    handlers.paired = [this](std::int64_t till) { post_([this, till] { lane_->paired(till); }); };
    handlers.catalogue_changed = [this](catalogue::Version version) {
      post_([this, version] { lane_->catalogue_changed(version); });
    };
    handlers.profile_changed = [this] { post_([this] { lane_->profile_changed(); }); };
    handlers.delivered = [this](std::int64_t sequence) { post_([this, sequence] { lane_->delivered(sequence); }); };
    handlers.parked = [this](std::int64_t sequence, const Error& error) {
      post_([this, sequence, error] { lane_->parked(sequence, error); });
    };
    return handlers;
  }

  void tell_link() {
    const auto view = lane_->view();
    link_->lane_status(view->cashier ? view->cashier->name : std::string(),
                       std::string(device_word(lane_->printer_state())));
  }

  TillSetup setup_;
  std::shared_ptr<bool> alive_;
  Post post_;
  SettableClock clock_;
  SystemRandom random_;
  std::unique_ptr<DeliveryLog> deliveries_;
  std::unique_ptr<JournalDatabase> journal_;
  std::unique_ptr<ReceiptDatabase> receipts_;  // the printer's thread writes to it
  std::unique_ptr<CatalogueReplica> replica_;
  std::unique_ptr<ReceiptPrinter> printer_;
  std::unique_ptr<Link> link_;
  std::unique_ptr<Lane> lane_;
};

}  // namespace

Result<std::unique_ptr<Till>> open_till(const TillSetup& setup, Post post) {
  try {
    auto till = std::make_unique<RunningTill>(setup, std::move(post));
    if (auto opened = till->open(); !opened) return fail(std::move(opened.error()));
    return till;
  } catch (const Fault& fault) {
    return fail(fault.code(), fault.what());
  }
}

}  // namespace lanekeeper::till
