#include "cache/journal_database.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "cache/basket_file.h"
#include "cache/directory_lock.h"
#include "cache/failures.h"
#include "cache/flusher.h"
#include "cache/journal_file.h"
#include "cache/outbox.h"
#include "cache/put_aside.h"
#include "cache/shift_state.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till {

namespace {

namespace fs = std::filesystem;

// Up to this size every page is checked before the till starts; a larger journal is checked behind the start, so that a
// month of unsent sales does not keep the lane closed.
constexpr std::int64_t check_at_open_bytes = 32LL * 1024 * 1024;
constexpr int tail_entries = 64;
// That are looked at for what was given up or recorded just before the end.
constexpr std::size_t newest_entries = 16;

JournalHead head_of(const DeliveryLog::Summary& summary) {
  return {summary.delivered_through, summary.till,           summary.sequence, summary.receipt_number,
          summary.entries_through,   summary.amount_through, summary.hash};
}

struct Opened {
  std::unique_ptr<JournalFile> file;
  JournalReport report;
};

// What is wrong with the journal, nullopt when it can be used. The file is opened on the way.
std::optional<std::string> open_and_check(const fs::path& directory, std::unique_ptr<JournalFile>& file) {
  const auto suspect = directory / "journal.suspect";
  try {
    file = std::make_unique<JournalFile>(directory / "journal.db");
    if (fs::exists(suspect) || file->size_bytes() <= check_at_open_bytes) {
      if (auto problem = file->check_pages()) return problem;
    }
    if (auto problem = file->check_tail(tail_entries)) return problem;
  } catch (const sqlite::Failure& failure) {
    if (!failure.is_damage()) throw;
    return failure.what();
  }
  std::error_code ignored;
  fs::remove(suspect, ignored);
  return std::nullopt;
}

// Which sequences between the entries that are there, or behind them up to the head, are not there?
void note_missing(JournalReport& report, std::int64_t from, std::int64_t to) {
  if (from > to) return;
  report.missing_from = report.missing_from == 0 ? from : std::min(report.missing_from, from);
  report.missing_to = std::max(report.missing_to, to);
}

std::string returned_by(const sale::RetailTransaction& sale) {
  return sale.returned_sale ? sale.returned_sale->sale.to_string() : std::string();
}

// What a row says beside its entry, for one that is carried over.
void describe_row(JournalRow& row) {
  const auto event = journal::decode_event(row.entry.payload);
  if (!event) return;
  if (const auto* sale = std::get_if<sale::RetailTransaction>(&*event)) row.returned_sale = returned_by(*sale);
  if (const auto* control = std::get_if<sale::ControlTransaction>(&*event)) row.kind = kind_of(*control);
}

Opened rebuild(const fs::path& directory, const JournalHead& known_end, const std::string& problem) {
  Opened opened;
  opened.report.damaged = true;
  const auto aside = put_aside(directory / "journal.db");
  opened.report.damaged_file = aside.string();
  opened.report.detail = problem;
  opened.file = std::make_unique<JournalFile>(directory / "journal.db");
  std::vector<JournalRow> batch;
  std::optional<JournalHead> before;
  const auto write_batch = [&] {
    opened.file->append_all(batch);
    opened.report.carried_over += static_cast<std::int64_t>(batch.size());
    batch.clear();
  };
  salvage_journal(aside, known_end.position, [&](JournalRow row) {
    if (before && before->till == row.entry.till)
      note_missing(opened.report, before->sequence + 1, row.entry.sequence - 1);
    before = row.head();
    describe_row(row);
    batch.push_back(std::move(row));
    if (batch.size() == 500) write_batch();
  });
  write_batch();
  return opened;
}

Error no_identity() {
  return {
      "journal.no_identity", "This till is not enrolled, so it can record nothing. Approve it in the back office.", {}};
}

}  // namespace

struct JournalDatabase::Impl {
  using RecordedControl = JournalStore::RecordedControl;

  Impl(DirectoryLock taken, fs::path data_directory, const DeliveryLog& log)
      : directory(std::move(data_directory)), lock(std::move(taken)), deliveries(log), basket(directory / "basket.db") {
    auto head_file = std::make_unique<JournalHeadFile>(directory / "journal.head");
    known_end = head_of(deliveries.summary());
    if (const auto head = head_file->read(); head && head->position >= known_end.position) known_end = *head;
    open_journal();
    flusher.emplace(directory, std::move(head_file), file->size_bytes() > check_at_open_bytes);
    if (end.position > known_end.position) flusher->head_changed(end);
  }

  void open_journal() {
    if (const auto problem = open_and_check(directory, file)) {
      file.reset();
      auto opened = rebuild(directory, known_end, *problem);
      file = std::move(opened.file);
      report = std::move(opened.report);
      std::error_code ignored;
      fs::remove(directory / "journal.suspect", ignored);
    }
    if (auto last = file->last()) end = last->head();
    read_newest();
    if (end.position >= known_end.position) return;
    // The journal is shorter than it was. Its numbers stay used; it goes on behind them.
    const bool same_till = end.till == known_end.till || end.position == 0;
    note_missing(report, same_till ? end.sequence + 1 : known_end.sequence, known_end.sequence);
    if (report.detail.empty()) report.detail = "the journal ends before the entry that was recorded last";
    end = known_end;
  }

  void read_newest() {
    if (const auto newest = file->last_sale()) {
      if (auto sale = journal::decode_sale(newest->payload)) last_sale = std::move(*sale);
    }
    for (const auto& entry : file->newest(static_cast<int>(newest_entries))) {
      auto control = journal::decode_control(entry.payload);
      if (!control) continue;
      if (!voided_basket && control->kind == sale::ControlKind::basket_void && control->basket) {
        voided_basket = control->basket->basket;
      }
      recent_controls.push_back({std::move(*control), entry.sequence});
    }
    std::reverse(recent_controls.begin(), recent_controls.end());
  }

  [[nodiscard]] std::optional<RecordedControl> recent_control(const Uuid& id) const {
    const auto found = std::find_if(recent_controls.begin(), recent_controls.end(),
                                    [&id](const RecordedControl& one) { return one.control.id == id; });
    return found == recent_controls.end() ? std::nullopt : std::optional(*found);
  }

  void adopt(JournalIdentity fresh) {
    if (end.till != 0 && end.till != fresh.till) {
      // Back under a number this journal has seen before: the server may not know all of it yet.
      const auto own = file->last_of(fresh.till);
      if (own && own->entry.sequence > fresh.last_sequence) {
        fresh.last_sequence = own->entry.sequence;
        fresh.last_receipt_number = own->receipt_number;
        fresh.last_hash = own->entry.hash;
      }
    }
    identity = fresh;
    shifts = ShiftState::read(*file, fresh.till, known_end);
    shifts.goes_on_behind(fresh.last_shift);
    if (shifts.incomplete()) {
      // The next start looks at every page and carries over what is whole.
      std::ofstream(directory / "journal.suspect") << "found while the shift was added up\n";
      return;
    }
    if (end.till != fresh.till || end.shift == shifts.mark()) return;
    end.shift = shifts.mark();
    known_end = end;
    flusher->head_changed(end);
  }

  // Where the next entry goes on: behind our own last one, or behind what the server knows when that is further on.
  [[nodiscard]] JournalHead base_for_next() const {
    JournalHead base = end;
    if (end.till == identity->till && end.sequence >= identity->last_sequence) return base;
    base.till = identity->till;
    base.sequence = identity->last_sequence;
    base.receipt_number = identity->last_receipt_number;
    base.hash = identity->last_hash;
    return base;
  }

  [[nodiscard]] JournalRow make_row(const JournalHead& base, Instant at, std::string payload) const {
    JournalRow row;
    row.position = base.position + 1;
    row.committed_ms = at.unix_ms;
    row.receipt_number = base.receipt_number;
    row.entries_through = base.entries_through + 1;
    row.amount_through = base.amount_through;
    row.entry = journal::make_entry(base.till, base.sequence + 1, base.hash, std::move(payload), identity->key);
    return row;
  }

  Result<sale::RetailTransaction> commit(sale::RetailTransaction sale) {
    const std::lock_guard guard(mutex);
    if (!identity) return fail(no_identity());
    if (last_sale && last_sale->id == sale.id) return *last_sale;
    const auto base = base_for_next();
    sale.till = base.till;
    sale.receipt_number = base.receipt_number + 1;
    auto row = make_row(base, sale.completed_at.instant, journal::encode_sale(sale));
    row.receipt_number = sale.receipt_number;
    row.amount = sale.payable;
    row.amount_through += sale.payable;
    row.receipt_wanted = want_receipts;
    row.returned_sale = returned_by(sale);
    if (auto stored = append(row); !stored) return fail(std::move(stored.error()));
    shifts.add(sale);
    went_on(row);
    last_sale = std::move(sale);
    return *last_sale;
  }

  struct Appended {
    RecordedControl recorded;
    bool fresh = true;  // false: the journal had it already
  };
  Result<Appended> commit(sale::ControlTransaction control) {
    const std::lock_guard guard(mutex);
    if (!identity) return fail(no_identity());
    if (auto known = recent_control(control.id)) return Appended{std::move(*known), false};
    const auto base = base_for_next();
    control.till = base.till;
    auto row = make_row(base, control.at.instant, journal::encode_control(control));
    row.kind = kind_of(control);
    if (auto stored = append(row); !stored) return fail(std::move(stored.error()));
    shifts.add(control);
    went_on(row);
    if (control.kind == sale::ControlKind::basket_void && control.basket) voided_basket = control.basket->basket;
    if (recent_controls.size() == newest_entries) recent_controls.erase(recent_controls.begin());
    recent_controls.push_back({std::move(control), row.entry.sequence});
    return Appended{recent_controls.back(), true};
  }

  Result<void> append(const JournalRow& row) {
    try {
      file->append(row);
      return {};
    } catch (const sqlite::Failure& failure) {
      return fail(journal_error(failure));
    }
  }

  void went_on(const JournalRow& row) {
    const auto mark = shifts.incomplete() ? end.shift : shifts.mark();
    end = row.head();
    end.shift = mark;
    known_end = end;
  }

  // Behind a commit: everybody who waits for one.
  void tell_committed() {
    std::function<void()> told;
    {
      const std::lock_guard guard(mutex);
      flusher->head_changed(end);
      told = committed;
    }
    if (told) told();
  }

  // `ended`: by a control, which may be about another basket than the one that is open.
  void clear_basket(const std::optional<Uuid>& ended = std::nullopt) {
    try {
      const auto open = ended ? basket.load() : std::nullopt;
      if (open && open->id != *ended) return;
      basket.clear();
    } catch (const sqlite::Failure&) {
      // load_basket() knows the basket of the last sale by its id, and one that was given up: they are gone whether or
      // not the file says so.
    }
  }

  [[nodiscard]] std::optional<sale::ReturnableSale> find_sale(std::int64_t receipt_number) const {
    const std::lock_guard guard(mutex);
    if (!identity) return std::nullopt;
    const auto entry = file->find(identity->till, receipt_number);
    if (!entry) return std::nullopt;
    auto sale = journal::decode_sale(entry->payload);
    if (!sale) return std::nullopt;
    return with_returns(std::move(*sale));
  }

  [[nodiscard]] std::vector<protocol::FoundSale> find_sales(const protocol::SaleSearch& search) const {
    const std::lock_guard guard(mutex);
    std::vector<protocol::FoundSale> found;
    if (!identity) return found;
    for (const auto& entry : file->newest(searched_entries)) {
      if (static_cast<std::int64_t>(found.size()) >= search.limit) break;
      if (entry.till != identity->till ||
          entry.hash != journal::entry_hash(entry.till, entry.sequence, entry.previous, entry.payload)) {
        continue;
      }
      auto sale = journal::decode_sale(entry.payload);
      if (!sale || !protocol::fits(search, *sale)) continue;
      found.push_back(protocol::found_sale(with_returns(std::move(*sale))));
    }
    return found;
  }

  // What this till knows to have come back of it.
  [[nodiscard]] sale::ReturnableSale with_returns(sale::RetailTransaction sale) const {
    sale::ReturnableSale found;
    found.sale = std::move(sale);
    found.may_be_incomplete = true;
    for (const auto& later : file->returns_of(found.sale.id.to_string())) {
      if (const auto back = journal::decode_sale(later.payload)) sale::note_return(found, *back);
    }
    return found;
  }

  const fs::path directory;
  DirectoryLock lock;
  const DeliveryLog& deliveries;
  JournalHead known_end;  // what is known of the newest shift, and as of when: at first from the head file
  BasketFile basket;
  std::unique_ptr<JournalFile> file;
  JournalReport report;
  std::function<void()> committed;
  bool want_receipts = false;

  mutable std::mutex mutex;  // guards what stands below, and the file while it is written
  std::optional<JournalIdentity> identity;
  JournalHead end;
  ShiftState shifts;  // of the till that the identity names
  std::optional<sale::RetailTransaction> last_sale;
  std::vector<RecordedControl> recent_controls;  // at the start those among the newest entries; oldest first
  std::optional<Uuid> voided_basket;

  std::optional<Flusher> flusher;  // goes first
};

JournalDatabase::JournalDatabase(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JournalDatabase::~JournalDatabase() = default;

Result<std::unique_ptr<JournalDatabase>> JournalDatabase::open(const fs::path& directory,
                                                               const DeliveryLog& deliveries) {
  try {
    fs::create_directories(directory);
    auto lock = DirectoryLock::take(directory);
    if (!lock) return fail(std::move(lock.error()));
    return std::unique_ptr<JournalDatabase>(
        new JournalDatabase(std::make_unique<Impl>(std::move(*lock), directory, deliveries)));
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  } catch (const fs::filesystem_error& error) {
    return fail("journal.unwritable", "The till's data directory cannot be written. Check its owner and the disk.",
                {{"path", directory.string()}, {"reason", error.what()}});
  } catch (const Fault& fault) {
    return fail(fault.code(), "The till's journal cannot be opened by this version. Install the version that wrote it.",
                {{"reason", fault.what()}});
  }
}

Result<void> JournalDatabase::set_identity(const JournalIdentity& identity) {
  if (identity.till <= 0 || identity.last_sequence < 0 || identity.last_receipt_number < 0) {
    return fail("journal.bad_identity",
                "The till's number or its last sequence is not possible. Enrol the till again.");
  }
  const std::lock_guard guard(impl_->mutex);
  try {
    impl_->adopt(identity);
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  }
  return {};
}

void JournalDatabase::on_commit(std::function<void()> listener) {
  const std::lock_guard guard(impl_->mutex);
  impl_->committed = std::move(listener);
}

void JournalDatabase::want_receipts(bool wanted) {
  const std::lock_guard guard(impl_->mutex);
  impl_->want_receipts = wanted;
}

const JournalReport& JournalDatabase::report() const {
  return impl_->report;
}

Result<sale::RetailTransaction> JournalDatabase::commit(const sale::RetailTransaction& sale) {
  auto recorded = impl_->commit(sale);
  if (!recorded) return recorded;
  impl_->clear_basket();
  impl_->tell_committed();
  return recorded;
}

Result<JournalStore::RecordedControl> JournalDatabase::commit_control(const sale::ControlTransaction& control) {
  auto appended = impl_->commit(control);
  if (!appended) return fail(std::move(appended.error()));
  // What is known already ended its basket then; by now that may be open again, with more in it.
  if (!appended->fresh) return std::move(appended->recorded);
  const bool ends_basket =
      control.kind == sale::ControlKind::basket_void || control.kind == sale::ControlKind::basket_suspend;
  if (ends_basket && control.basket) impl_->clear_basket(control.basket->basket);
  impl_->tell_committed();
  return std::move(appended->recorded);
}

std::optional<sale::ControlTransaction> JournalDatabase::last_control_of(const Uuid& basket) const {
  const std::lock_guard guard(impl_->mutex);
  const auto& recent = impl_->recent_controls;
  const auto found = std::find_if(recent.rbegin(), recent.rend(), [&basket](const RecordedControl& one) {
    return one.control.basket && one.control.basket->basket == basket;
  });
  if (found == recent.rend()) return std::nullopt;
  return found->control;
}

JournalStore::Shifts JournalDatabase::shifts() const {
  const std::lock_guard guard(impl_->mutex);
  return impl_->shifts.shown();
}

Result<void> JournalDatabase::save_basket(const sale::Basket& basket) {
  try {
    impl_->basket.save(basket);
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  }
  impl_->flusher->basket_changed();
  return {};
}

Result<void> JournalDatabase::settle_basket() {
  if (impl_->flusher->settle_basket()) return {};
  return fail("journal.unwritable", "The till's data directory cannot be written. Check its owner and the disk.",
              {{"path", impl_->directory.string()}});
}

std::optional<sale::Basket> JournalDatabase::load_basket() const {
  try {
    auto basket = impl_->basket.load();
    const std::lock_guard guard(impl_->mutex);
    if (basket && impl_->last_sale && basket->id == impl_->last_sale->id) return std::nullopt;
    if (basket && basket->id == impl_->voided_basket) return std::nullopt;
    return basket;
  } catch (const sqlite::Failure&) {
    return std::nullopt;  // a basket that cannot be read is rung again
  }
}

std::optional<sale::RetailTransaction> JournalDatabase::last_sale() const {
  const std::lock_guard guard(impl_->mutex);
  return impl_->last_sale;
}

JournalStore::Outbox JournalDatabase::outbox() const {
  const auto answered = impl_->deliveries.summary();
  const std::lock_guard guard(impl_->mutex);
  Outbox outbox;
  outbox.unsent = std::max<std::int64_t>(0, impl_->end.entries_through - answered.entries_through);
  if (outbox.unsent > 0) outbox.unsent_amount = impl_->end.amount_through - answered.amount_through;
  outbox.parked = answered.parked;
  outbox.last_sequence = impl_->end.sequence;
  outbox.last_receipt_number = impl_->end.receipt_number;
  return outbox;
}

std::optional<sale::ReturnableSale> JournalDatabase::find_sale(std::int64_t receipt_number) const {
  try {
    return impl_->find_sale(receipt_number);
  } catch (const sqlite::Failure&) {
    return std::nullopt;  // a page that cannot be read: then the server is asked
  }
}

std::vector<protocol::FoundSale> JournalDatabase::find_sales(const protocol::SaleSearch& search) const {
  try {
    return impl_->find_sales(search);
  } catch (const sqlite::Failure&) {
    return {};
  }
}

}  // namespace lanekeeper::till
