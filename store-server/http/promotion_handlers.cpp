#include "http/handlers.h"
#include "protocol/promotion_messages.h"
#include "services/coupon_service.h"
#include "services/promotion_service.h"
#include "services/rerating_jobs.h"

namespace lanekeeper::http {
namespace {

protocol::PromotionVersion in_words(storage::PromotionBookRow book, bool with_definitions) {
  protocol::PromotionVersion version;
  version.version = book.version;
  version.effective_at = book.effective_at;
  version.published_at = book.published_at;
  version.published_by = std::move(book.published_by_name);
  version.note = std::move(book.note);
  version.promotions = book.promotion_count;
  version.restored_from = book.restored_from;
  if (with_definitions) version.definitions = std::move(book.definitions);
  return version;
}

protocol::PromotionReview in_words(std::int64_t version, const std::vector<pricing::Finding>& findings) {
  protocol::PromotionReview review;
  review.version = version;
  for (const auto& finding : findings) {
    review.findings.push_back(
        {finding.severity == pricing::Finding::Severity::error, finding.promotion, protocol::to_body(finding.what)});
  }
  return review;
}

Result<Answer> published(const Result<services::PublishedPromotions>& result) {
  if (!result) return fail(result.error());
  return json_answer(in_words(result->version, result->findings), 201);
}

}  // namespace

Result<Answer> promotion_books(Services& services, const Request& request) {
  const auto known = request.number("known", 0, 0, INT64_MAX);
  if (!known) return fail(known.error());
  return answer_with(services.promotions.books(request.principal, *known));
}

Result<Answer> promotion_uses(Services& services, const Request& request) {
  const auto member = request.number("member", 0, 0, INT64_MAX);
  if (!member) return fail(member.error());
  const auto date = Date::parse(request.text("date"));
  if (!date) return fail("request.bad_parameter", "A parameter of the request is not a date.", {{"name", "date"}});
  return answer_with(services.promotions.uses(request.principal, *member, *date));
}

Result<Answer> reserve_coupon(Services& services, const Request& request) {
  const auto wish = request.decode<protocol::CouponReservation>();
  if (!wish) return fail(wish.error());
  return answer_with(services.coupons.reserve(request.principal, *wish));
}

Result<Answer> release_coupon(Services& services, const Request& request) {
  const auto wish = request.decode<protocol::CouponReservation>();
  if (!wish) return fail(wish.error());
  return answer_with(services.coupons.release(request.principal, *wish));
}

Result<Answer> list_promotions(Services& services, const Request& request) {
  const auto before = request.number("before", 0, 0, INT64_MAX);
  if (!before) return fail(before.error());
  const auto limit = request.number("limit", 100, 1, 499);
  if (!limit) return fail(limit.error());
  protocol::PromotionVersions page;
  for (auto& book : services.promotions.list(*before, *limit + 1)) {
    page.versions.push_back(in_words(std::move(book), false));
  }
  page.more = static_cast<std::int64_t>(page.versions.size()) > *limit;
  if (page.more) page.versions.pop_back();
  return json_answer(page);
}

Result<Answer> get_promotions(Services& services, const Request& request) {
  const auto version = request.path_number(0);
  if (!version) return fail(version.error());
  auto book = services.promotions.get(*version);
  if (!book) return fail(std::move(book.error()));
  return json_answer(in_words(std::move(*book), true));
}

Result<Answer> publish_promotions(Services& services, const Request& request) {
  auto draft = request.decode<protocol::PromotionDraft>();
  if (!draft) return fail(std::move(draft.error()));
  return published(services.promotions.publish(
      request.principal,
      {std::move(draft->definitions), draft->effective_at, draft->note.value_or(std::string()), draft->based_on}));
}

Result<Answer> check_promotions(Services& services, const Request& request) {
  const auto draft = request.decode<protocol::PromotionDraft>();
  if (!draft) return fail(draft.error());
  const auto findings = services.promotions.check(draft->definitions);
  if (!findings) return fail(findings.error());
  return json_answer(in_words(0, *findings));
}

Result<Answer> restore_promotions(Services& services, const Request& request) {
  const auto version = request.path_number(0);
  if (!version) return fail(version.error());
  return published(services.promotions.restore(request.principal, *version));
}

Result<Answer> start_rerating(Services& services, const Request& request) {
  const auto wish = request.decode<protocol::RerateRequest>();
  if (!wish) return fail(wish.error());
  return answer_with(services.reratings.start(request.principal, *wish), 202);
}

Result<Answer> rerating_status(Services& services, const Request& request) {
  const auto after = request.number("after", 0, 0, INT64_MAX);
  if (!after) return fail(after.error());
  const auto limit = request.number("limit", 100, 0, 500);
  if (!limit) return fail(limit.error());
  return answer_with(services.reratings.status(request.principal, request.path[0], *after, *limit));
}

Result<Answer> cancel_rerating(Services& services, const Request& request) {
  return answer_with(services.reratings.cancel(request.principal, request.path[0]));
}

}  // namespace lanekeeper::http
