#include "services/batch_store.h"

#include <algorithm>

#include "base/text.h"
#include "services/sale_service.h"
#include "storage/return_claim_repository.h"
#include "storage/short_text.h"
#include "storage/unknown_code_repository.h"

namespace lanekeeper::services {

namespace {

using protocol::EntryOutcome;

constexpr std::size_t max_message = 400;  // characters in the table
constexpr std::int64_t minute_ms = 60'000;
constexpr int unknown_codes_kept_days = 60;
constexpr std::int64_t unknown_codes_forgotten_at_once = 50;

std::string details_text(const Error::Details& details) {
  auto object = json::Value::object();
  for (const auto& [name, text] : details) object[name] = text;
  return json::encode(object);
}

}  // namespace

std::vector<StoredOutcome> BatchStore::store(std::span<const PreparedEntry* const> entries) {
  read_state(entries);
  outcomes_.reserve(entries.size());
  for (const auto* prepared : entries) outcomes_.push_back(take(*prepared));
  check_clocks();
  check_unknown_codes();
  check_shifts();
  check_against_earlier();
  check_stock();
  write();
  return std::move(outcomes_);
}

void BatchStore::read_state(std::span<const PreparedEntry* const> entries) {
  std::set<std::int64_t> tills;
  for (const auto* prepared : entries) tills.insert(prepared->entry.till);
  heads_ = journal_.lock_heads(std::vector<std::int64_t>(tills.begin(), tills.end()));

  // Only what lies at or below the head of its till can have been here before.
  std::map<std::int64_t, std::vector<std::int64_t>> old;
  for (const auto* prepared : entries) {
    const auto& entry = prepared->entry;
    if (prepared->authentic && entry.sequence <= heads_[entry.till].last_sequence) {
      old[entry.till].push_back(entry.sequence);
    }
  }
  for (const auto& [till, sequences] : old) {
    for (auto& [sequence, stored] : journal_.find_entries(till, sequences)) known_[{till, sequence}] = stored;
  }
  std::vector<std::string> ids;
  for (const auto* prepared : entries) {
    const auto& entry = prepared->entry;
    if (prepared->malformed.empty() && !prepared->control && !known_.contains({entry.till, entry.sequence})) {
      ids.push_back(prepared->rows.header.sale_id_hex);
    }
  }
  sale_ids_ = journal_.find_sale_ids(ids);
}

StoredOutcome BatchStore::take(const PreparedEntry& prepared) {
  const auto& entry = prepared.entry;
  if (!prepared.authentic) {
    return put_aside(prepared, prepared.content_hash, EntryOutcome::malformed, prepared.malformed);
  }
  if (const auto found = known_.find({entry.till, entry.sequence}); found != known_.end()) {
    if (found->second.hash == entry.hash) {
      return {found->second.aside_content ? EntryOutcome::malformed : EntryOutcome::duplicate};
    }
    return put_aside(prepared, storage::content_hash_of(entry), EntryOutcome::conflict, "journal.conflict");
  }
  if (!prepared.malformed.empty()) {
    auto outcome = put_aside(prepared, prepared.content_hash, EntryOutcome::malformed, prepared.malformed);
    outcome.exceptions += chain(entry);
    known_[{entry.till, entry.sequence}] = {entry.hash, entry.previous, prepared.content_hash};
    return outcome;
  }
  return take_readable(prepared);
}

StoredOutcome BatchStore::take_readable(const PreparedEntry& prepared) {
  const auto& entry = prepared.entry;
  StoredOutcome outcome{EntryOutcome::stored, true, 0};
  for (const auto& draft : prepared.exceptions) raise(entry, draft);
  outcome.exceptions += static_cast<std::int64_t>(prepared.exceptions.size());
  const bool after_gap = entry.sequence > heads_[entry.till].last_sequence + 1;
  outcome.exceptions += chain(entry);
  if (!prepared.control) outcome.exceptions += check_numbers(prepared, after_gap);
  known_[{entry.till, entry.sequence}] = {entry.hash, entry.previous, std::nullopt};
  entries_.push_back(&entry);
  taken_.push_back({&prepared, outcomes_.size(), after_gap});
  if (prepared.control) {
    outcome_of_control_.push_back(outcomes_.size());
    controls_.push_back({&entry, &prepared.control_row, prepared.drawer_cash, 0});
    return outcome;
  }
  outcome_of_sale_.push_back(outcomes_.size());
  sales_.push_back({&entry, &prepared.rows, 0});
  prepared_sales_.push_back(&prepared);
  return outcome;
}

StoredOutcome BatchStore::put_aside(const PreparedEntry& prepared, const journal::Hash& content_hash,
                                    EntryOutcome outcome, const std::string& reason) {
  const auto& entry = prepared.entry;
  const Key key{entry.till, entry.sequence};
  const bool is_old =
      aside_.contains({key, content_hash}) || journal_.is_set_aside(entry.till, entry.sequence, content_hash);
  if (is_old) return {outcome, false, 0};
  aside_.insert({key, content_hash});
  const bool conflict = outcome == EntryOutcome::conflict;
  to_set_aside_.push_back({&entry, content_hash, conflict ? "conflict" : "malformed", reason, prepared.authentic});
  if (conflict) {
    raise(entry, {"journal.conflict",
                  "The till's journal holds another entry under this number already. Both are kept; find out why the "
                  "till wrote two.",
                  {{"stored", storage::hex_of(known_.at(key).hash)}, {"sent", storage::hex_of(entry.hash)}}});
  } else {
    raise(entry, {"journal.malformed",
                  "An entry of the till's journal cannot be read. It is kept as it came; update the server or look at "
                  "the till.",
                  {{"because", reason}, {"sent", storage::hex_of(entry.hash)}}});
  }
  return {outcome, true, 1};
}

std::int64_t BatchStore::chain(const journal::Entry& entry) {
  auto& head = heads_[entry.till];
  if (entry.sequence <= head.last_sequence) return fill_gap(entry);
  std::int64_t raised = 0;
  if (entry.sequence > head.last_sequence + 1) {
    raise(entry, {"journal.gap",
                  "Entries of the till's journal are missing before this one. Look whether the till still has them.",
                  {{"from", std::to_string(head.last_sequence + 1)}, {"to", std::to_string(entry.sequence - 1)}}});
    ++raised;
  } else if (entry.previous != head.last_hash) {
    raise(entry, {"journal.broken_chain",
                  "This entry was not written after the one that is stored before it. Look at the till's journal.",
                  {{"stored", storage::hex_of(head.last_hash)}, {"named", storage::hex_of(entry.previous)}}});
    ++raised;
  }
  head.last_sequence = entry.sequence;
  head.last_hash = entry.hash;
  return raised;
}

// By the entry of each till that is furthest ahead: one that comes late says nothing of the clock, the till may have
// been offline. Told once, and again when it is another minute, until one arrives when it happened.
void BatchStore::check_clocks() {
  struct Furthest {
    const Taken* taken = nullptr;
    std::int64_t at_ms = 0;
  };
  std::map<std::int64_t, Furthest> furthest;
  for (const auto& one : taken_) {
    const auto& prepared = *one.prepared;
    if (prepared.simulated_clock) continue;
    const std::int64_t at_ms = prepared.control ? prepared.control_row.at_ms : prepared.rows.header.completed_ms;
    auto& known = furthest[prepared.entry.till];
    if (known.taken == nullptr || at_ms > known.at_ms) known = {&one, at_ms};
  }
  for (const auto& [till, found] : furthest) {
    auto& told_ms = heads_[till].clock_ahead_ms;
    const std::int64_t ahead_ms = found.at_ms - now_.instant.unix_ms;
    if (ahead_ms <= SaleService::clock_tolerance_ms) {
      if (ahead_ms >= -SaleService::clock_tolerance_ms) told_ms = 0;
      continue;
    }
    if (told_ms > 0 && ahead_ms < told_ms + minute_ms) continue;
    told_ms = ahead_ms;
    raise(found.taken->prepared->entry, {"till.clock_ahead",
                                         "It happened later than it arrived. Set the clock of that till.",
                                         {{"at", ZonedTime{{found.at_ms}, now_.utc_offset_min}.to_string()},
                                          {"received", now_.to_string()},
                                          {"minutes", std::to_string(ahead_ms / minute_ms)}}});
    ++outcomes_[found.taken->outcome].exceptions;
  }
}

// One exception per code and business date, however often and at how many tills it is scanned.
void BatchStore::check_unknown_codes() {
  storage::UnknownCodeRepository codes(connection_, context_.store_id);
  const auto details_of = [](const storage::UnknownCodeRow& row) {
    return Error::Details{{"code", row.code}, {"times", std::to_string(row.times)}};
  };
  std::map<std::pair<std::string, std::string>, storage::UnknownCodeRow> known;
  for (const auto& one : taken_) {
    const auto& control = one.prepared->control;
    if (!control || control->kind != sale::ControlKind::unknown_code || !control->code) continue;
    const auto code = storage::shortened(sanitize_utf8(*control->code), storage::longest_unknown_code);
    auto& row = known[{control->business_date.to_string(), code}];
    if (row.times == 0) row = codes.find(control->business_date, code).value_or(storage::UnknownCodeRow{});
    const bool is_first = row.times++ == 0;
    if (is_first) {
      row.business_date = control->business_date;
      row.code = code;
      raise(
          one.prepared->entry,
          {"code.unknown", "A barcode was scanned that the shop does not know. Create the item, or add the code to it.",
           details_of(row)});
      row.exception_hex = exceptions_.back().id_hex;
      ++outcomes_[one.outcome].exceptions;
      codes.forget_before(now_.local_date().plus_days(-unknown_codes_kept_days), unknown_codes_forgotten_at_once);
    } else {
      raised_again_[row.exception_hex] = details_text(details_of(row));
    }
    codes.save(row);
  }
}

// An entry that comes after later ones: it has to fit to its neighbours, as far as they are here.
std::int64_t BatchStore::fill_gap(const journal::Entry& entry) {
  const std::int64_t beside[] = {entry.sequence - 1, entry.sequence + 1};
  auto neighbours = journal_.find_entries(entry.till, beside);
  for (const auto sequence : beside) {
    const auto taken = known_.find({entry.till, sequence});
    if (taken != known_.end()) neighbours[sequence] = taken->second;
  }
  const auto before = neighbours.find(entry.sequence - 1);
  const auto after = neighbours.find(entry.sequence + 1);
  const bool fits_before = entry.sequence == 1 ? entry.previous == journal::Hash{}
                                               : before == neighbours.end() || before->second.hash == entry.previous;
  const bool fits_after = after == neighbours.end() || after->second.previous == entry.hash;
  if (fits_before && fits_after) return 0;
  raise(entry, {"journal.broken_chain",
                "This entry does not fit between those that are stored beside it. Look at the till's journal.",
                {{"fits_before", fits_before ? "yes" : "no"}, {"fits_after", fits_after ? "yes" : "no"}}});
  return 1;
}

std::int64_t BatchStore::check_numbers(const PreparedEntry& prepared, bool after_gap) {
  const auto& entry = prepared.entry;
  const auto& sale = prepared.rows.header;
  std::int64_t raised = 0;
  const auto [same_id, is_first] = sale_ids_.try_emplace(sale.sale_id_hex, Key{entry.till, entry.sequence});
  if (!is_first) {
    raise(entry,
          {"sale.id_reused",
           "Another journal entry carries a sale with this identity already. Look whether it was counted twice.",
           {{"till", std::to_string(same_id->second.first)}, {"sequence", std::to_string(same_id->second.second)}}});
    ++raised;
  }
  auto& last = heads_[entry.till].last_receipt_number;
  const auto number = sale.receipt_number;
  if (number <= last) {
    const bool in_batch = receipts_.contains({entry.till, number});
    const auto stored = in_batch ? std::nullopt : journal_.find_receipt(entry.till, number);
    if (in_batch || stored) {
      raise(entry,
            {"sale.receipt_reused",
             "The till gave this receipt number to another sale already. Look at both receipts.",
             {{"receipt", std::to_string(number)}, {"sequence", stored ? std::to_string(*stored) : std::string()}}});
      ++raised;
    }
  } else if (number > last + 1 && !after_gap && !is_unreadable(entry.till, entry.sequence - 1)) {
    raise(entry, {"sale.receipt_gap",
                  "Receipt numbers are missing before this sale. Look at the till's journal.",
                  {{"from", std::to_string(last + 1)}, {"to", std::to_string(number - 1)}}});
    ++raised;
  }
  receipts_.insert({entry.till, number});
  last = std::max(last, number);
  return raised;
}

// An entry that was put aside had a receipt number that nobody could read.
bool BatchStore::is_unreadable(std::int64_t till, std::int64_t sequence) {
  const auto taken = known_.find({till, sequence});
  if (taken != known_.end()) return taken->second.aside_content.has_value();
  const auto stored = journal_.find_entries(till, std::span(&sequence, 1));
  return !stored.empty() && stored.begin()->second.aside_content.has_value();
}

void BatchStore::check_shifts() {
  const bool any = std::any_of(taken_.begin(), taken_.end(), [](const Taken& one) { return one.prepared->shift; });
  if (any) {
    shifts_.emplace(connection_, context_.store_id, heads_);
    std::map<Key, const Taken*> by_key;
    for (const auto& one : taken_) {
      by_key[{one.prepared->entry.till, one.prepared->entry.sequence}] = &one;
      shifts_->take(*one.prepared, one.after_gap);
    }
    shifts_->check();
    for (const auto& [key, what] : shifts_->remarks()) {
      const auto& about = *by_key.at(key);
      raise(about.prepared->entry, what);
      ++outcomes_[about.outcome].exceptions;
    }
  }
  for (std::size_t i = 0; i < controls_.size(); ++i) {
    controls_[i].exceptions = outcomes_[outcome_of_control_[i]].exceptions;
  }
}

void BatchStore::check_against_earlier() {
  if (sales_.empty()) return;
  ArrivedSales arrived(connection_, context_.store_id, prepared_sales_, heads_,
                       [this](std::size_t sale, ExceptionDraft draft) {
                         raise(*sales_[sale].entry, std::move(draft));
                         ++outcomes_[outcome_of_sale_[sale]].exceptions;
                       });
  arrived.check_returns();
  arrived.check_limits();
  redemptions_ = arrived.redeem_coupons();
  given_back_ = arrived.given_back();
  freed_ = arrived.freed();
}

// Stock is kept for an item from its first booking on; the sale that takes it below zero is named.
void BatchStore::check_stock() {
  std::set<std::int64_t> items;
  for (const auto& sale : sales_) {
    for (const auto& movement : sale.rows->stock) items.insert(movement.item_id);
  }
  auto balances = ledger_.lock_stock(std::vector<std::int64_t>(items.begin(), items.end()));
  for (std::size_t i = 0; i < sales_.size(); ++i) {
    for (const auto& movement : sales_[i].rows->stock) {
      const auto balance = balances.find(movement.item_id);
      if (balance == balances.end()) continue;
      const auto before = balance->second;
      // Beyond 64 bits the database itself refuses the sum, and the entry is put aside.
      if (__builtin_add_overflow(before, movement.quantity, &balance->second)) continue;
      if (before < 0 || balance->second >= 0) continue;
      raise(*sales_[i].entry, {"stock.negative",
                               "More was sold than the books have in stock. Count the item.",
                               {{"item", std::to_string(movement.item_id)},
                                {"before", Quantity::of_milli(before).to_string()},
                                {"after", Quantity::of_milli(balance->second).to_string()}}});
      ++outcomes_[outcome_of_sale_[i]].exceptions;
    }
    sales_[i].exceptions = outcomes_[outcome_of_sale_[i]].exceptions;
  }
}

void BatchStore::raise(const journal::Entry& entry, ExceptionDraft draft) {
  const auto id = Uuid::make_v7(now_.instant.unix_ms, context_.random);
  if (draft.message.size() > max_message) draft.message.resize(max_message);
  exceptions_.push_back({to_hex(ByteView(id.bytes.data(), id.bytes.size())), entry.till, entry.sequence,
                         std::move(draft.kind), std::move(draft.message), details_text(draft.details)});
}

void BatchStore::write() {
  if (entries_.empty() && to_set_aside_.empty()) return;
  journal_.insert_entries(entries_, now_);
  journal_.insert_sales(sales_);
  journal_.insert_set_aside(to_set_aside_, now_);
  journal_.insert_exceptions(exceptions_, now_);
  for (const auto& [exception, details] : raised_again_) journal_.set_details(exception, details);
  ledger_.book_sales(sales_, now_.instant.unix_ms);
  storage::ShiftRepository(connection_, context_.store_id).insert_controls(controls_);
  ledger_.book_controls(controls_);
  if (shifts_) shifts_->save();
  storage::ReturnRepository(connection_, context_.store_id).insert(sales_);
  storage::ReturnClaimRepository(connection_, context_.store_id).release_arrived(sales_);
  storage::PromotionUseRepository uses(connection_, context_.store_id);
  uses.book(sales_, given_back_);
  uses.free_coupons(freed_);
  uses.redeem(redemptions_);
  std::map<std::int64_t, storage::TillHead> moved;
  for (const auto& [till, head] : heads_) {
    if (head.last_sequence > 0) moved[till] = head;
  }
  journal_.save_heads(moved);
}

}  // namespace lanekeeper::services
