// What the programs say to each other. docs/protocol/openapi.yaml is the same in the world's notation; a test compares
// the two. Every message is JSON by base/json_codec.h. Version: the path prefix /v1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/permissions.h"
#include "barcode/scan.h"
#include "base/json_codec.h"
#include "catalogue/item.h"
#include "journal/chain.h"
#include "pricing/price.h"
#include "protocol/device_messages.h"
#include "protocol/recall.h"
#include "protocol/till_policy.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::protocol {

// ---- errors: every answer with status >= 400 has this body ----
struct ErrorBody {
  std::string code;
  std::string message;
  json::Value details = json::Value::object();  // name -> text
};
template <class V>
void describe(V& visit, ErrorBody& e) {
  visit("code", e.code);
  visit("message", e.message);
  visit("details", e.details);
}
[[nodiscard]] ErrorBody to_body(const Error& error);
[[nodiscard]] Error from_body(const ErrorBody& body);

// ---- the store: GET /v1/store ----
struct StoreProfile {
  std::int64_t version = 0;  // grows with every change of anything in this message
  std::int64_t store_id = 1;
  std::string name;  // "惠民生鲜 城东店"
  std::string name_en;
  std::string address;
  std::string phone;
  std::string currency = "CNY";
  pricing::TaxMode tax_mode = pricing::TaxMode::inclusive;
  CashRounding cash_rounding = CashRounding::none;
  std::int64_t day_start_minute = 0;  // when the business date changes
  std::vector<barcode::VariableMeasureLayout> layouts;
  std::vector<catalogue::TaxCategory> taxes;
  std::vector<catalogue::Category> categories;
  std::vector<std::string> receipt_footer;
  std::vector<access::StaffMember> staff;  // password verifiers left out
  // Missing from older servers. The newest published promotions and the state of the members' list: when a till has
  // others, it asks for them.
  std::optional<std::int64_t> promotion_version;
  std::optional<std::int64_t> member_version;
  std::optional<std::string> member_secret;  // hex, 32 bytes: of access::member_key()
  std::optional<std::vector<Recall>> recalls;
  std::optional<TillPolicy> till_policy = std::nullopt;
  std::optional<std::vector<ReceiptTemplate>> receipt_templates =
      std::nullopt;  // the shop's own, instead of the built-in ones
};
template <class V>
void describe(V& visit, StoreProfile& s) {
  visit("version", s.version);
  visit("store_id", s.store_id);
  visit("name", s.name);
  visit("name_en", s.name_en);
  visit("address", s.address);
  visit("phone", s.phone);
  visit("currency", s.currency);
  visit("tax_mode", s.tax_mode);
  visit("cash_rounding", s.cash_rounding);
  visit("day_start_minute", s.day_start_minute);
  visit("layouts", s.layouts);
  visit("taxes", s.taxes);
  visit("categories", s.categories);
  visit("receipt_footer", s.receipt_footer);
  visit("staff", s.staff);
  visit("promotion_version", s.promotion_version);
  visit("member_version", s.member_version);
  visit("member_secret", s.member_secret);
  visit("recalls", s.recalls);
  visit("till_policy", s.till_policy);
  visit("receipt_templates", s.receipt_templates);
}

// ---- enrolment ----
// GET /v1/hello (no certificate needed): who is there. The caller checks ca_fingerprint with its eyes or its config.
struct Hello {
  std::string product = "lanekeeper";
  std::string software;
  std::string store_name;
  std::string ca_pem;  // the store CA, pinned by the device from enrolment on
};
template <class V>
void describe(V& visit, Hello& h) {
  visit("product", h.product);
  visit("software", h.software);
  visit("store_name", h.store_name);
  visit("ca_pem", h.ca_pem);
}

// POST /v1/enrolments (no certificate needed)
struct EnrolmentRequest {
  DeviceKind kind = DeviceKind::till;
  std::string device_name;  // host name
  std::string csr_pem;      // PKCS#10 with the device's Ed25519 key
  std::string software;
};
template <class V>
void describe(V& visit, EnrolmentRequest& r) {
  visit("kind", r.kind);
  visit("device_name", r.device_name);
  visit("csr_pem", r.csr_pem);
  visit("software", r.software);
}
struct EnrolmentTicket {
  std::string enrolment_id;
  std::string poll_secret;  // proves at GET that it is the one who asked
  std::string code;         // six digits, shown large
  std::string fingerprint;  // of the device's public key: "3F7A 91C0"
  ZonedTime expires_at;
};
template <class V>
void describe(V& visit, EnrolmentTicket& t) {
  visit("enrolment_id", t.enrolment_id);
  visit("poll_secret", t.poll_secret);
  visit("code", t.code);
  visit("fingerprint", t.fingerprint);
  visit("expires_at", t.expires_at);
}

enum class EnrolmentState { waiting, approved, rejected, expired };
// GET /v1/enrolments/{id} with header X-Poll-Secret (no certificate needed)
struct EnrolmentStatus {
  EnrolmentState state = EnrolmentState::waiting;
  std::optional<std::string> certificate_pem;  // from here on when approved
  std::optional<std::string> ca_pem;
  std::optional<std::string> device_id;
  std::optional<std::int64_t> till;  // number of the till
  // Where this till's journal goes on (a reinstalled till must not reuse a number).
  std::optional<std::int64_t> last_sequence;
  std::optional<std::int64_t> last_receipt_number;
  std::optional<std::int64_t> last_shift;  // the highest number of a shift that was opened
  std::optional<journal::Hash> last_hash;
  std::optional<std::string> server_public_key;  // hex, Ed25519: signs acknowledgements
};
template <class V>
void describe(V& visit, EnrolmentStatus& s) {
  visit("state", s.state);
  visit("certificate_pem", s.certificate_pem);
  visit("ca_pem", s.ca_pem);
  visit("device_id", s.device_id);
  visit("till", s.till);
  visit("last_sequence", s.last_sequence);
  visit("last_receipt_number", s.last_receipt_number);
  visit("last_shift", s.last_shift);
  visit("last_hash", s.last_hash);
  visit("server_public_key", s.server_public_key);
}

// GET /v1/enrolments: the waiting ones, without their codes (the manager types what the device shows)
struct WaitingDevice {
  std::string enrolment_id;
  DeviceKind kind = DeviceKind::till;
  std::string device_name;
  std::string address;
  std::string fingerprint;
  std::string software;
  ZonedTime asked_at;
  ZonedTime expires_at;
  std::int64_t proposed_till = 0;  // next free number
};
template <class V>
void describe(V& visit, WaitingDevice& w) {
  visit("enrolment_id", w.enrolment_id);
  visit("kind", w.kind);
  visit("device_name", w.device_name);
  visit("address", w.address);
  visit("fingerprint", w.fingerprint);
  visit("software", w.software);
  visit("asked_at", w.asked_at);
  visit("expires_at", w.expires_at);
  visit("proposed_till", w.proposed_till);
}
struct WaitingDevices {
  std::vector<WaitingDevice> devices;
};
template <class V>
void describe(V& visit, WaitingDevices& w) {
  visit("devices", w.devices);
}
// POST /v1/enrolments/{id}/approval. enrolment.wrong_code (five wrong codes end the request), enrolment.expired,
// enrolment.till_taken. POST /v1/enrolments/{id}/rejection (no body) turns the request down.
struct EnrolmentApproval {
  std::string code;
  std::optional<std::int64_t> till;  // for a till: its number; an existing number replaces that till's device
  bool replace = false;              // must be true to take over a number that is in use
};
template <class V>
void describe(V& visit, EnrolmentApproval& a) {
  visit("code", a.code);
  visit("till", a.till);
  visit("replace", a.replace);
}

// ---- sessions of people
// ---------------------------------------------------------------------------------------------- POST /v1/sessions;
// then every request carries "Authorization: Bearer <token>". Ends after 30 idle minutes, or by DELETE /v1/sessions
// (the caller's own). A request whose session has ended is answered 401.
struct SignIn {
  std::string number;
  std::string password;
};
template <class V>
void describe(V& visit, SignIn& s) {
  visit("number", s.number);
  visit("password", s.password);
}
struct Session {
  std::string token;
  std::int64_t staff = 0;
  std::string name;
  access::Role role = access::Role::cashier;
  ZonedTime expires_at;
};
template <class V>
void describe(V& visit, Session& s) {
  visit("token", s.token);
  visit("staff", s.staff);
  visit("name", s.name);
  visit("role", s.role);
  visit("expires_at", s.expires_at);
}

// ---- catalogue
// ------------------------------------------------------------------------------------------------------- GET
// /v1/catalogue?since=V&after=ID&limit=N: items whose version is above V (or equal to V with id above ID), ordered by
// (version, id). A full load is since=0. Ask again with since/after of the last item until complete.
struct CataloguePage {
  std::vector<catalogue::Item> items;  // inactive ones too: the till forgets them
  catalogue::Version version = 0;      // of the catalogue now
  bool complete = true;
};
template <class V>
void describe(V& visit, CataloguePage& p) {
  visit("items", p.items);
  visit("version", p.version);
  visit("complete", p.complete);
}

// ---- back office: goods
// ---------------------------------------------------------------------------------------------- GET
// /v1/items?query=&category=&state=&after=&limit= -> ItemPage, after = id of the last row one has, state = name of an
// ItemState; GET /v1/items/{id}; POST /v1/items (body: Item with id 0); PUT /v1/items/{id} (body: Item, its version
// must be the stored one, else item.changed_meanwhile). The last three answer with the ItemRow as it is stored now.
enum class ItemState { selling, out_of_stock, below_cost, unpriced, inactive };
struct ItemRow {
  catalogue::Item item;
  Quantity stock;
  std::string updated_by;
  std::optional<ZonedTime> updated_at;
};
template <class V>
void describe(V& visit, ItemRow& r) {
  visit("item", r.item);
  visit("stock", r.stock);
  visit("updated_by", r.updated_by);
  visit("updated_at", r.updated_at);
}
// Of what query and category found, whichever state was asked for.
struct ItemCounts {
  std::int64_t all = 0;
  std::int64_t selling = 0;       // active and not blocked
  std::int64_t out_of_stock = 0;  // active, stock at or below zero
  std::int64_t below_cost = 0;    // active, regular price below cost
  std::int64_t unpriced = 0;      // active, no regular price
  std::int64_t inactive = 0;
};
template <class V>
void describe(V& visit, ItemCounts& c) {
  visit("all", c.all);
  visit("selling", c.selling);
  visit("out_of_stock", c.out_of_stock);
  visit("below_cost", c.below_cost);
  visit("unpriced", c.unpriced);
  visit("inactive", c.inactive);
}
struct ItemPage {
  std::vector<ItemRow> rows;
  std::int64_t total = 0;            // of the whole search, in the state that was asked for
  std::optional<ItemCounts> counts;  // with the first page
};
template <class V>
void describe(V& visit, ItemPage& p) {
  visit("rows", p.rows);
  visit("total", p.total);
  visit("counts", p.counts);
}

// POST /v1/imports?name=FILE (body: the file, CSV or xlsx, at most 64 MiB) -> ImportStatus; GET /v1/imports/{id}
struct ImportProblem {
  std::int64_t line = 0;  // in the file, the heading is line 1
  std::string column;     // as headed in the file; may be empty
  std::string code;       // import.bad_price, barcode.check_digit, ...
  std::string message;
  std::string value;                            // what stood there, at most 80 characters
  bool warning = false;                         // the row was taken all the same
  json::Value details = json::Value::object();  // name -> text, for the translation of the code
};
template <class V>
void describe(V& visit, ImportProblem& p) {
  visit("line", p.line);
  visit("column", p.column);
  visit("code", p.code);
  visit("message", p.message);
  visit("value", p.value);
  visit("warning", p.warning);
  visit("details", p.details);
}
enum class ImportState { running, done, failed };
struct ImportStatus {
  std::string import_id;
  ImportState state = ImportState::running;
  std::string file_name;
  std::int64_t rows_total = 0;
  std::int64_t rows_done = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
  std::int64_t refused = 0;
  std::optional<ErrorBody> error;       // why the whole file failed
  std::vector<ImportProblem> problems;  // at most 1000; problem_count says how many there were
  std::int64_t problem_count = 0;
};
template <class V>
void describe(V& visit, ImportStatus& s) {
  visit("import_id", s.import_id);
  visit("state", s.state);
  visit("file_name", s.file_name);
  visit("rows_total", s.rows_total);
  visit("rows_done", s.rows_done);
  visit("added", s.added);
  visit("changed", s.changed);
  visit("unchanged", s.unchanged);
  visit("refused", s.refused);
  visit("error", s.error);
  visit("problems", s.problems);
  visit("problem_count", s.problem_count);
}

// ---- the journal of a till ----
// POST /v1/journal: entries
// in order, at most 100. A fact is never refused; what is wrong with it becomes an exception.
struct JournalUpload {
  std::vector<journal::Entry> entries;
};
// The body is JSON, the payload travels as a JSON string with exactly the canonical bytes.
template <class V>
void describe(V& visit, JournalUpload& u) {
  visit("entries", u.entries);
}
enum class EntryOutcome {
  stored,
  duplicate,  // had it already, the same content
  conflict,   // same till and sequence, other content: kept aside, an exception was raised; the till must not go on as
              // if it were stored, but must not send it again either
  malformed,  // kept aside as it came, an exception was raised
};
struct EntryResult {
  std::int64_t sequence = 0;
  EntryOutcome outcome = EntryOutcome::stored;
};
template <class V>
void describe(V& visit, EntryResult& r) {
  visit("sequence", r.sequence);
  visit("outcome", r.outcome);
}
// What the till keeps before it forgets anything: signed by the server over acknowledgement_bytes().
struct JournalAck {
  std::int64_t till = 0;
  std::vector<EntryResult> results;
  journal::Signature signature{};
};
template <class V>
void describe(V& visit, JournalAck& a) {
  visit("till", a.till);
  visit("results", a.results);
  visit("signature", a.signature);
}
// "lanekeeper journal ack v1\0" || till (8 bytes BE) || for each result: sequence (8 bytes BE) || outcome (1 byte) ||
// hash of that entry as it was sent (32 bytes).
[[nodiscard]] Bytes acknowledgement_bytes(const JournalAck& ack, const std::vector<journal::Hash>& hashes);

// ---- sales and devices, for the back office
// -------------------------------------------------------------------------- GET
// /v1/sales?date=YYYY-MM-DD&till=&limit=&before=ID ; newest first
struct SaleSummary {
  std::string sale_id;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  std::int64_t receipt_number = 0;
  Date business_date;
  ZonedTime completed_at;
  std::string cashier_name;
  std::int64_t line_count = 0;
  Money total;
  Money payable;
  ZonedTime received_at;
  std::int64_t exceptions = 0;
};
template <class V>
void describe(V& visit, SaleSummary& s) {
  visit("sale_id", s.sale_id);
  visit("till", s.till);
  visit("sequence", s.sequence);
  visit("receipt_number", s.receipt_number);
  visit("business_date", s.business_date);
  visit("completed_at", s.completed_at);
  visit("cashier_name", s.cashier_name);
  visit("line_count", s.line_count);
  visit("total", s.total);
  visit("payable", s.payable);
  visit("received_at", s.received_at);
  visit("exceptions", s.exceptions);
}
struct SalesPage {
  Date business_date;
  std::vector<SaleSummary> sales;
  std::int64_t sale_count = 0;  // of the whole day
  Money total;                  // of the whole day: what was to be paid (payable)
  bool more = false;
  std::optional<std::int64_t> exception_count;  // sales of the whole day that have one
};
template <class V>
void describe(V& visit, SalesPage& p) {
  visit("business_date", p.business_date);
  visit("sales", p.sales);
  visit("sale_count", p.sale_count);
  visit("total", p.total);
  visit("more", p.more);
  visit("exception_count", p.exception_count);
}
// GET /v1/sales/{till}/{sequence}
struct SaleDetail {
  SaleSummary summary;
  sale::RetailTransaction sale;
  std::vector<ErrorBody> exceptions;
};
template <class V>
void describe(V& visit, SaleDetail& d) {
  visit("summary", d.summary);
  visit("sale", d.sale);
  visit("exceptions", d.exceptions);
}

// GET /v1/exceptions?before=ID&limit=N ; newest first, before = id of the last one that one has
struct ExceptionRow {
  std::string id;
  std::int64_t till = 0;
  std::int64_t sequence = 0;  // of the journal entry it is about
  ErrorBody what;             // its code is the kind: "journal.gap", "price.differs", ...
  ZonedTime raised_at;
};
template <class V>
void describe(V& visit, ExceptionRow& e) {
  visit("id", e.id);
  visit("till", e.till);
  visit("sequence", e.sequence);
  visit("what", e.what);
  visit("raised_at", e.raised_at);
}
struct ExceptionPage {
  std::vector<ExceptionRow> exceptions;
};
template <class V>
void describe(V& visit, ExceptionPage& p) {
  visit("exceptions", p.exceptions);
}

// ---- push (WebSocket /v1/push, one JSON object a text message)
// -------------------------------------------------------
enum class PushKind {
  catalogue,  // version: the catalogue is now at this version
  store,      // version: the store profile is now at this version
  sale,       // to back offices: one sale came in (field sale)
  enrolment,  // to back offices: the list of waiting devices changed
  devices,    // to back offices: a till came, went or reported (field status)
  status,     // from tills: TillStatus
  revoked,    // to a device: it is no longer enrolled
  approvals,  // to tills and offices: a request was made, answered or taken back; ask for the list
  suspended,  // to tills: a basket was put aside or taken up; ask for the list
};
struct PushMessage {
  PushKind kind = PushKind::catalogue;
  std::optional<std::int64_t> version;
  std::optional<SaleSummary> sale;
  std::optional<TillStatus> status;
};
template <class V>
void describe(V& visit, PushMessage& m) {
  visit("kind", m.kind);
  visit("version", m.version);
  visit("sale", m.sale);
  visit("status", m.status);
}

}  // namespace lanekeeper::protocol

namespace lanekeeper::json {
template <>
struct EnumNames<protocol::EnrolmentState> {
  using S = protocol::EnrolmentState;
  static constexpr std::pair<S, std::string_view> names[] = {
      {S::waiting, "waiting"}, {S::approved, "approved"}, {S::rejected, "rejected"}, {S::expired, "expired"}};
};
template <>
struct EnumNames<protocol::ItemState> {
  using S = protocol::ItemState;
  static constexpr std::pair<S, std::string_view> names[] = {{S::selling, "selling"},
                                                             {S::out_of_stock, "out_of_stock"},
                                                             {S::below_cost, "below_cost"},
                                                             {S::unpriced, "unpriced"},
                                                             {S::inactive, "inactive"}};
};
template <>
struct EnumNames<protocol::ImportState> {
  using S = protocol::ImportState;
  static constexpr std::pair<S, std::string_view> names[] = {
      {S::running, "running"}, {S::done, "done"}, {S::failed, "failed"}};
};
template <>
struct EnumNames<protocol::EntryOutcome> {
  using O = protocol::EntryOutcome;
  static constexpr std::pair<O, std::string_view> names[] = {
      {O::stored, "stored"}, {O::duplicate, "duplicate"}, {O::conflict, "conflict"}, {O::malformed, "malformed"}};
};
template <>
struct EnumNames<protocol::PushKind> {
  using K = protocol::PushKind;
  static constexpr std::pair<K, std::string_view> names[] = {
      {K::catalogue, "catalogue"}, {K::store, "store"},         {K::sale, "sale"},
      {K::enrolment, "enrolment"}, {K::devices, "devices"},     {K::status, "status"},
      {K::revoked, "revoked"},     {K::approvals, "approvals"}, {K::suspended, "suspended"}};
};
}  // namespace lanekeeper::json
