#include "services/recall_service.h"

#include <algorithm>

#include "barcode/gtin.h"
#include "base/text.h"
#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_batch = 20;  // GS1 General Specifications, AI 10
constexpr std::size_t max_note = 400;

json::Value trace_of(const std::string& gtin, const std::string& batch, const std::string& note) {
  return {{"gtin", gtin}, {"batch", batch}, {"note", note}};
}

Result<void> check_batch(const std::string& batch) {
  const bool plain = std::all_of(batch.begin(), batch.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (plain && batch.size() <= max_batch) return {};
  return fail("recall.bad_batch", "A batch is up to 20 letters, digits and signs, as printed on the pack. Correct it.",
              {{"batch", sanitize_utf8(batch)}});
}

}  // namespace

Result<void> RecallService::add(const Principal& principal, std::string_view gtin, const std::string& batch,
                                const std::string& note) {
  const auto canonical = barcode::canonical_gtin(gtin);
  if (!canonical) return fail(canonical.error());
  if (auto usable = check_batch(batch); !usable) return usable;
  const auto why = to_utf8(to_utf32(sanitize_utf8(note)).substr(0, max_note));
  std::int64_t version = 0;
  auto added = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    version = storage::StoreRepository(connection, context_.store_id).next_version();
    storage::RecallRepository recalls(connection, context_.store_id);
    const auto present = recalls.all();
    const bool there = std::any_of(present.begin(), present.end(),
                                   [&](const auto& one) { return one.gtin == *canonical && one.batch == batch; });
    if (there) {
      return fail("recall.exists", "This is recalled already.", {{"gtin", *canonical}, {"batch", batch}});
    }
    recalls.add({*canonical, batch, why, context_.clock.now()});
    AuditTrail::add(connection, context_, &principal,
                    {"recall.add", "goods " + *canonical, json::Value::object(), trace_of(*canonical, batch, why)});
    return {};
  });
  if (added) context_.changes.store_changed(version);
  return added;
}

Result<void> RecallService::lift(const Principal& principal, std::string_view gtin, const std::string& batch) {
  const auto canonical = barcode::canonical_gtin(gtin);
  if (!canonical) return fail(canonical.error());
  std::int64_t version = 0;
  auto lifted = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    version = storage::StoreRepository(connection, context_.store_id).next_version();
    if (!storage::RecallRepository(connection, context_.store_id).remove(*canonical, batch)) {
      return fail("recall.not_found", "There is no such recall. Look at: lanekeeper-server recalls list",
                  {{"gtin", *canonical}, {"batch", batch}});
    }
    AuditTrail::add(connection, context_, &principal,
                    {"recall.lift", "goods " + *canonical, trace_of(*canonical, batch, ""), json::Value::object()});
    return {};
  });
  if (lifted) context_.changes.store_changed(version);
  return lifted;
}

std::vector<storage::RecallRow> RecallService::list() {
  return context_.database.snapshot(
      [&](storage::Connection& connection) { return storage::RecallRepository(connection, context_.store_id).all(); });
}

}  // namespace lanekeeper::services
