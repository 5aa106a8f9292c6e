#include "services/promotion_service.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "pricing/promotion_json.h"
#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/promotion_use_repository.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_note = 400;  // characters in the table

std::string canonical(const std::vector<pricing::Promotion>& promotions) {
  std::string out = "[";
  for (const auto& promotion : promotions) {
    if (out.size() > 1) out += ",\n";
    out += pricing::write_promotion(promotion);
  }
  return out + "]";
}

std::vector<pricing::ReviewGoods> as_review(std::vector<storage::PromotableGoods> goods) {
  std::vector<pricing::ReviewGoods> out;
  out.reserve(goods.size());
  for (auto& one : goods) {
    pricing::ReviewGoods article;
    article.item = std::move(one.number);
    article.category = std::to_string(one.category);
    article.brand = std::move(one.brand);
    if (one.regular_price) article.regular_price = Money::of_minor(*one.regular_price);
    out.push_back(std::move(article));
  }
  return out;
}

// Ids stand in tables.
Result<void> check_lengths(const std::vector<pricing::Promotion>& promotions) {
  for (const auto& promotion : promotions) {
    if (promotion.id.size() <= PromotionService::max_id_length) continue;
    return fail("promotion.too_long", "The id of an offer is too long. Shorten it.", {{"promotion", promotion.id}});
  }
  return {};
}

// Limited promotions by id, each as the first of the books has it.
std::map<std::string, const pricing::Promotion*> counted_in(
    const std::vector<std::shared_ptr<const CompiledBook>>& books) {
  std::map<std::string, const pricing::Promotion*> counted;
  for (const auto& book : books) {
    for (const auto* promotion : book->counted) counted.emplace(promotion->id, promotion);
  }
  return counted;
}

Result<void> accept(const std::vector<pricing::Finding>& findings) {
  const auto is_error = [](const auto& finding) { return finding.severity == pricing::Finding::Severity::error; };
  const auto first = std::find_if(findings.begin(), findings.end(), is_error);
  if (first == findings.end()) return {};
  return fail("promotion.refused", "Some of these offers cannot work in this store. Correct them and publish again.",
              {{"count", std::to_string(std::count_if(findings.begin(), findings.end(), is_error))},
               {"promotion", first->promotion},
               {"because", first->what.code},
               {"first", first->what.message}});
}

}  // namespace

struct PromotionService::Read {
  std::vector<pricing::Promotion> promotions;
  std::string text;  // canonical
};

Result<PromotionService::Read> PromotionService::read(const std::string& definitions) const {
  if (definitions.size() > max_definitions_bytes) {
    return fail("promotion.too_many", "The definitions are too large. Publish fewer offers.",
                {{"limit", std::to_string(max_promotions)}});
  }
  const auto parsed = pricing::exact_json::parse(definitions);
  if (!parsed) return fail(parsed.error());
  const auto* list = &*parsed;
  const pricing::exact_json::Place top;
  pricing::exact_json::Place place = top;
  if (parsed->kind == pricing::exact_json::Value::Kind::object) {
    for (const auto& [name, value] : parsed->members) {
      if (name == "promotions") list = &value;
    }
    place = {&top, "promotions"};
  }
  auto promotions = pricing::read_promotions(*list, place);
  if (!promotions) return fail(std::move(promotions.error()));
  if (promotions->size() > max_promotions) {
    return fail("promotion.too_many", "There are too many offers in one book. Publish fewer.",
                {{"limit", std::to_string(max_promotions)}});
  }
  if (auto fits = check_lengths(*promotions); !fits) return fail(std::move(fits.error()));
  auto text = canonical(*promotions);
  return Read{std::move(*promotions), std::move(text)};
}

std::vector<pricing::Finding> PromotionService::review(storage::Connection& connection, const Read& read) const {
  const auto goods = as_review(storage::PromotionRepository(connection, context_.store_id).goods());
  return pricing::review(read.promotions, goods, context_.clock.now().local_date());
}

Result<protocol::PromotionBooks> PromotionService::books(const Principal& principal, std::int64_t known) {
  if (auto device = require_device(principal); !device) return fail(std::move(device.error()));
  const auto now = context_.clock.now().instant;
  return context_.database.snapshot([&](storage::Connection& connection) {
    storage::PromotionRepository repository(connection, context_.store_id);
    protocol::PromotionBooks answer;
    answer.newest = repository.newest_version();
    if (answer.newest == known) return answer;
    answer.books.emplace();
    for (auto& book : repository.from(now)) {
      answer.books->push_back({book.version, book.effective_at, std::move(book.definitions)});
    }
    return answer;
  });
}

Result<protocol::PromotionUses> PromotionService::uses(const Principal& principal, std::int64_t member,
                                                       const Date& date) {
  if (auto device = require_device(principal); !device) return fail(std::move(device.error()));
  const auto now = context_.clock.now().instant;
  const auto versions = context_.database.snapshot([&](storage::Connection& connection) {
    return storage::PromotionRepository(connection, context_.store_id).versions_from(now);
  });
  std::vector<std::shared_ptr<const CompiledBook>> books;
  for (const auto version : versions) {
    if (auto book = library_.find(version)) books.push_back(std::move(book));
  }
  const auto counted = counted_in(books);
  std::vector<storage::UseKey> of_member;
  std::vector<std::string> in_total;
  for (const auto& [id, promotion] : counted) {
    if (promotion->max_per_member_day && member != 0) of_member.push_back({id, member, date.to_string()});
    if (promotion->max_total) in_total.push_back(id);
  }
  return context_.database.snapshot([&](storage::Connection& connection) {
    storage::PromotionUseRepository repository(connection, context_.store_id);
    auto uses = repository.uses(of_member);
    auto days = repository.uses_by_day(in_total);
    protocol::PromotionUses answer;
    for (const auto& [id, promotion] : counted) {
      std::optional<std::int64_t> left;
      const auto allow = [&](std::int64_t limit, std::int64_t used) {
        left = std::min(left.value_or(limit), std::max<std::int64_t>(0, limit - used));
      };
      if (promotion->max_per_member_day && member != 0) {
        allow(*promotion->max_per_member_day, uses[{id, member, date.to_string()}]);
      }
      if (promotion->max_total) allow(*promotion->max_total, storage::uses_since(days[id], promotion->schedule.from));
      if (left) answer.remaining.push_back({id, *left});
    }
    return answer;
  });
}

Result<PublishedPromotions> PromotionService::publish(const Principal& principal, const PromotionDraft& draft) {
  if (auto allowed = require(principal, access::Permission::promotions_edit); !allowed) {
    return fail(std::move(allowed.error()));
  }
  const auto definitions = read(draft.definitions);
  if (!definitions) return fail(definitions.error());
  return store(principal, *definitions, draft, std::nullopt);
}

Result<std::vector<pricing::Finding>> PromotionService::check(const std::string& definitions) {
  const auto promotions = read(definitions);
  if (!promotions) return fail(promotions.error());
  return context_.database.snapshot([&](storage::Connection& connection) { return review(connection, *promotions); });
}

Result<PublishedPromotions> PromotionService::restore(const Principal& principal, std::int64_t version) {
  if (auto allowed = require(principal, access::Permission::promotions_edit); !allowed) {
    return fail(std::move(allowed.error()));
  }
  auto earlier = get(version);
  if (!earlier) return fail(std::move(earlier.error()));
  const auto definitions = read(earlier->definitions);
  if (!definitions)
    throw Fault("promotion.damaged", "stored promotions cannot be read: " + definitions.error().message);
  PromotionDraft draft;
  draft.note = earlier->note;
  return store(principal, *definitions, draft, version);
}

Result<PublishedPromotions> PromotionService::store(const Principal& principal, const Read& read,
                                                    const PromotionDraft& draft,
                                                    std::optional<std::int64_t> restored_from) {
  std::int64_t store_version = 0;
  const auto now = context_.clock.now();
  auto published = context_.database.transact([&](storage::Connection& connection) -> Result<PublishedPromotions> {
    // Locks the store: books are published by one at a time, so their versions have no gaps.
    store_version = storage::StoreRepository(connection, context_.store_id).next_version();
    storage::PromotionRepository repository(connection, context_.store_id);
    const auto newest = repository.newest_version();
    if (draft.based_on && *draft.based_on != newest) {
      return fail("promotion.changed_meanwhile",
                  "Somebody published other offers meanwhile. Look at them and publish yours again.",
                  {{"newest", std::to_string(newest)}});
    }
    PublishedPromotions result;
    result.findings = review(connection, read);
    // What was good enough once may come back, whatever became of its goods.
    if (!restored_from) {
      if (auto accepted = accept(result.findings); !accepted) return fail(std::move(accepted.error()));
    }
    storage::PromotionBookRow book;
    book.version = newest + 1;
    book.effective_at = draft.effective_at.value_or(now);
    book.published_at = now;
    if (principal.staff) {
      book.published_by = principal.staff->id;
      book.published_by_name = principal.staff->name;
    }
    const auto note = to_utf32(draft.note);
    book.note = note.size() <= max_note ? draft.note : to_utf8(std::u32string_view(note).substr(0, max_note));
    book.restored_from = restored_from;
    book.promotion_count = static_cast<std::int64_t>(read.promotions.size());
    book.definitions = read.text;
    repository.insert(book);
    auto after = json::Value::object();
    after["version"] = book.version;
    after["promotions"] = book.promotion_count;
    after["effective_at"] = book.effective_at.to_string();
    if (restored_from) after["restored_from"] = *restored_from;
    AuditTrail::add(connection, context_, &principal,
                    {"promotions.publish", "promotions", json::Value{{"version", newest}}, after});
    result.version = book.version;
    result.count = book.promotion_count;
    return result;
  });
  if (published) context_.changes.store_changed(store_version);
  return published;
}

std::vector<storage::PromotionBookRow> PromotionService::list(std::int64_t before, std::int64_t limit) {
  return context_.database.snapshot([&](storage::Connection& connection) {
    return storage::PromotionRepository(connection, context_.store_id)
        .list(before > 0 ? before : std::numeric_limits<std::int64_t>::max(), std::clamp<std::int64_t>(limit, 1, 500));
  });
}

Result<storage::PromotionBookRow> PromotionService::get(std::int64_t version) {
  auto book = context_.database.snapshot([&](storage::Connection& connection) {
    return storage::PromotionRepository(connection, context_.store_id).find(version);
  });
  if (!book) {
    return fail("promotion.no_version", "There is no such version of the promotions. Look at the list of versions.",
                {{"version", std::to_string(version)}});
  }
  return std::move(*book);
}

}  // namespace lanekeeper::services
