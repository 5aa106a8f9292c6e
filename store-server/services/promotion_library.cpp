#include "services/promotion_library.h"

#include "storage/promotion_rows.h"

namespace lanekeeper::services {

namespace {

std::shared_ptr<const CompiledBook> compile(const storage::PromotionBookRow& row) {
  auto book = std::make_shared<CompiledBook>();
  book->version = row.version;
  book->effective_at = row.effective_at;
  book->promotions = storage::index_of(row);
  for (std::size_t i = 0; i < book->promotions.size(); ++i) {
    const auto& promotion = book->promotions.at(i);
    if (storage::is_counted(promotion)) book->counted.push_back(&promotion);
    if (promotion.coupon) book->coupons.push_back(&promotion);
  }
  return book;
}

}  // namespace

std::shared_ptr<const CompiledBook> PromotionLibrary::remembered(std::int64_t version) const {
  const std::lock_guard lock(mutex_);
  const auto found = books_.find(version);
  return found == books_.end() ? nullptr : found->second;
}

std::shared_ptr<const CompiledBook> PromotionLibrary::find(std::int64_t version) {
  static const auto nothing = std::make_shared<const CompiledBook>();
  if (version == 0) return nothing;
  if (auto known = remembered(version)) return known;
  const std::lock_guard one_at_a_time(loading_);
  if (auto known = remembered(version)) return known;
  const auto row = context_.database.transact([&](storage::Connection& connection) {
    return storage::PromotionRepository(connection, context_.store_id).find(version);
  });
  if (!row) return nullptr;
  auto book = compile(*row);
  const std::lock_guard lock(mutex_);
  if (books_.size() >= max_books) books_.erase(books_.begin());
  books_[version] = book;
  return book;
}

}  // namespace lanekeeper::services
