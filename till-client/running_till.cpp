#include "running_till.h"

#include <spdlog/spdlog.h>

#include "base/system_random.h"
#include "cache/catalogue_replica.h"
#include "cache/journal_database.h"
#include "cache/outbox.h"
#include "cache/receipt_database.h"
#include "cache/suspended_database.h"
#include "cache/training_journal.h"
#include "link/link.h"
#include "raster/line_drawing.h"
#include "raster/logo.h"
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
    scanners_.clear();
    scale_.reset();
    drawer_.reset();
    display_.reset();
    printer_.reset();
    lane_.reset();  // may still ask the link something on its way out
    link_.reset();
  }

  Result<void> open() {
    if (auto opened = open_cache(); !opened) return opened;
    open_devices();
    link_ = std::make_unique<Link>(LinkServices{setup_.data_directory, setup_.server, clock_, random_, *journal_,
                                                *deliveries_, setup_.device_name, LANEKEEPER_VERSION, handlers(),
                                                setup_.proposed_server});
    lane_ = std::make_unique<Lane>(services());
    lane_->on_change([this] { tell_link(); });
    return {};
  }

  Lane& lane() override { return *lane_; }
  StoreLink& link() override { return *link_; }
  void start() override {
    tell_link();
    link_->start();
    if (scale_) scale_->start();
    for (const auto& scanner : scanners_) scanner->start();
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
  // The lane's time, for whoever says on its thread which prices hold.
  class StoreTime final : public Clock {
   public:
    explicit StoreTime(const RunningTill& till) : till_(till) {}
    [[nodiscard]] ZonedTime now() const override { return till_.lane_ ? till_.lane_->now() : till_.clock_.now(); }

   private:
    const RunningTill& till_;
  };

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
    auto replica = CatalogueReplica::open(setup_.data_directory, store_time_);
    if (!replica) return fail(std::move(replica.error()));
    replica_ = std::move(*replica);
    replica_->on_fault([this](const Error& error) {
      spdlog::error("catalogue: {} {}", error.code, error.message);
      if (link_ && error.code == "replica.damaged") link_->replica_damaged();
    });
    return {};
  }

  // Without these two a till sells all the same.
  void open_side_stores() {
    if (auto suspended = SuspendedDatabase::open(setup_.data_directory)) {
      suspended_ = std::move(*suspended);
      if (!suspended_->report().detail.empty()) spdlog::warn("suspended baskets: {}", suspended_->report().detail);
    } else {
      spdlog::warn("nothing can be put aside: {} {}", suspended.error().code, suspended.error().message);
    }
    if (auto training = open_training_journal(setup_.data_directory, link_->till(), random_)) {
      training_ = std::move(*training);
    } else {
      spdlog::warn("there is no training: {} {}", training.error().code, training.error().message);
    }
  }

  // Their threads hand over; nobody but the owning thread touches the lane.
  void open_devices() {
    printer_ = make_printer(setup_.printer);
    const i18n::Texts texts(i18n::language_from_locale(setup_.receipt_language));
    prepare_paper();
    printer_->set_replacement_heading(replacement_heading(texts, *paper_));
    printer_->on_state([this](DeviceState) { post_([this] { lane_->printer_changed(); }); });
    if (setup_.display.kind != LineDisplayAddress::Kind::none) display_ = make_line_display(setup_.display);
    drawer_ = make_drawer(setup_.drawer, drawer_means());  // also where there is none: so none is opened
    drawer_->on_left_open([this] { post_([this] { lane_->drawer_stays_open(); }); });
    drawer_->on_position(
        [this](CashDrawer::Position position) { post_([this, position] { lane_->drawer_changed(position); }); });
    if (setup_.scale.protocol != ScaleAddress::Protocol::none) {
      scale_ = make_scale(setup_.scale);
      scale_->on_reading(
          [this](const ScaleReading& reading) { post_([this, reading] { lane_->scale_changed(reading); }); });
    }
    for (const auto& address : setup_.scanners) {
      if (address.kind == ScannerAddress::Kind::none) continue;
      scanners_.push_back(make_scanner(address));
      scanners_.back()->on_scan([this](const std::string& data) { post_([this, data] { lane_->scanned(data); }); });
    }
  }

  void prepare_paper() {
    auto paper = std::make_shared<ReceiptPaper>();
    paper->columns = setup_.paper_columns;
    paper->encoding.cut = setup_.paper_cut;
    if (setup_.draws_chinese) {
      paper->encoding.drawn_line = [columns = paper->columns](const receipt_template::PaperLine& line) {
        return draw_line(line, columns);
      };
    }
    if (!setup_.logo.empty()) {
      if (auto logo = load_logo(setup_.logo, paper->columns * column_dots)) {
        paper->encoding.images["logo"] = std::move(*logo);
      } else {
        paper_troubles_.push_back(std::move(logo.error()));
      }
    }
    paper_ = std::move(paper);
  }

  DrawerMeans drawer_means() {
    DrawerMeans means{printer_.get(), display_.get(), {}};
    means.left_open_after = setup_.drawer_alarm;
    if (setup_.drawer.kind == DrawerAddress::Kind::printer && setup_.drawer_open_level) {
      means.position = [printer = printer_.get(), open = *setup_.drawer_open_level] {
        const auto level = printer->drawer_pin();
        if (!level || printer->state() == DeviceState::absent) return CashDrawer::Position::unknown;
        return *level == open ? CashDrawer::Position::open : CashDrawer::Position::closed;
      };
    }
    return means;
  }

  LaneServices services() {
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
    open_side_stores();
    services.suspended = suspended_.get();
    services.training = training_.get();
    services.scale = scale_.get();
    services.display = display_.get();
    services.drawer = drawer_.get();
    services.paper = paper_;
    services.paper_troubles = paper_troubles_;
    for (const auto& scanner : scanners_) services.scanners.push_back(scanner.get());
    return services;
  }

  // From the link's threads to the owning thread.
  LinkHandlers handlers() {
    LinkHandlers handlers;
    handlers.status_changed = [this](const LinkStatus& status) {
      post_([this, status] { lane_->link_changed(status); });
    };
    handlers.paired = [this](std::int64_t till) {
      post_([this, till] {
        if (training_) {
          if (auto known = training_->use_till(till); !known) spdlog::warn("no training: {}", known.error().code);
        }
        lane_->paired(till);
      });
    };
    handlers.approvals_changed = [this] { post_([this] { lane_->approvals_changed(); }); };
    handlers.suspended_changed = [this] { post_([this] { lane_->suspended_changed(); }); };
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
    LaneReport report;
    if (view->cashier) report.cashier = view->cashier->name;
    report.printer = device_word(lane_->printer_state());
    if (view->shift && !view->training) report.shift = view->shift->number;
    link_->lane_status(std::move(report));
  }

  TillSetup setup_;
  std::shared_ptr<bool> alive_;
  Post post_;
  SettableClock clock_;
  const StoreTime store_time_{*this};
  SystemRandom random_;
  std::unique_ptr<DeliveryLog> deliveries_;
  std::unique_ptr<JournalDatabase> journal_;
  std::unique_ptr<ReceiptDatabase> receipts_;  // the printer's thread writes to it
  std::unique_ptr<CatalogueReplica> replica_;
  std::unique_ptr<SuspendedDatabase> suspended_;
  std::unique_ptr<TrainingJournal> training_;
  std::shared_ptr<const ReceiptPaper> paper_;
  std::vector<Error> paper_troubles_;
  std::unique_ptr<ReceiptPrinter> printer_;
  std::unique_ptr<DrawerDisplay> display_;
  std::unique_ptr<CashDrawer> drawer_;
  std::unique_ptr<Scale> scale_;
  std::vector<std::unique_ptr<Scanner>> scanners_;
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
