#include "model/promotions_model.h"

#include <algorithm>

#include <fmt/format.h>

namespace lanekeeper::office {

namespace {

constexpr std::size_t most_books = 200;

std::vector<PromotionFinding> findings_of(const std::vector<protocol::PromotionFinding>& rows) {
  std::vector<PromotionFinding> findings;
  findings.reserve(rows.size());
  for (const auto& row : rows) {
    findings.push_back({row.error, row.promotion, protocol::from_body(row.what)});
  }
  return findings;
}

}  // namespace

void PromotionsModel::refresh(bool may_edit, Asked asked) {
  may_edit_ = may_edit;
  loading_.renew();
  transport_.send(get(fmt::format("/v1/promotions/books?limit={}", most_books), asked),
                  decoded<protocol::PromotionVersions>(loading_, [this, asked](auto page) {
                    if (!page) {
                      error_ = std::move(page.error());
                      return changed_.notify();
                    }
                    error_.reset();
                    books_ = std::move(page->versions);
                    if (books_.empty()) return take_base({});
                    if (books_.front().version != loaded_version_) return load_book(books_.front().version, asked);
                    changed_.notify();
                  }));
}

void PromotionsModel::load_book(std::int64_t version, Asked asked) {
  transport_.send(get(fmt::format("/v1/promotions/books/{}", version), asked),
                  decoded<protocol::PromotionVersion>(loading_, [this, version](auto book) {
                    auto read = book ? read_definitions(book->definitions.value_or("[]"))
                                     : Result<Definitions>(fail(std::move(book.error())));
                    if (!read) {
                      error_ = std::move(read.error());
                      return changed_.notify();
                    }
                    loaded_version_ = version;
                    take_base(std::move(*read));
                  }));
}

void PromotionsModel::take_base(Definitions published) {
  // Read again after a session has ended it says nothing new of what is contested.
  if (!changes_between(base_, published).empty()) contested_.clear();
  draft_ = rebase(base_, draft_, published, contested_);
  base_ = std::move(published);
  ever_loaded_ = true;
  check_ = Check::none;
  findings_.clear();
  changed_.notify();
}

void PromotionsModel::newest_is(std::int64_t version) {
  if (ever_loaded_ && version > newest()) refresh(may_edit_, Asked::by_itself);
}

void PromotionsModel::clear() {
  for (auto* lifetime : {&loading_, &asked_, &session_}) lifetime->renew();
  checking_.reset();
  books_.clear();
  findings_.clear();
  loaded_version_ = -1;  // read again: it may be another server
  ever_loaded_ = busy_ = false;
  error_.reset();
  check_ = Check::none;
  check_error_.reset();
  publish_error_.reset();
  just_published_.reset();
  changed_.notify();
}

void PromotionsModel::forget() {
  base_.clear();
  draft_.clear();
  contested_.clear();
  clear();
}

const protocol::PromotionVersion* PromotionsModel::in_force(Instant at) const {
  const protocol::PromotionVersion* found = nullptr;
  for (const auto& book : books_) {
    if (book.effective_at.instant > at) continue;
    const auto rank = [](const protocol::PromotionVersion& row) {
      return std::pair(row.effective_at.instant, row.version);
    };
    if (found == nullptr || rank(*found) < rank(book)) found = &book;
  }
  return found;
}

void PromotionsModel::changed_here() {
  publish_error_.reset();
  just_published_.reset();
  check_soon(draft_);
  changed_.notify();
}

void PromotionsModel::put(Definition definition) {
  put_definition(draft_, std::move(definition));
  changed_here();
}

void PromotionsModel::remove(const std::string& id) {
  std::erase_if(draft_, [&id](const Definition& definition) { return definition.id == id; });
  changed_here();
}

void PromotionsModel::take_back(const std::string& id) {
  const auto* before = find_definition(base_, id);
  if (before == nullptr) return remove(id);
  put(*before);
}

void PromotionsModel::discard() {
  draft_ = base_;
  contested_.clear();
  changed_here();
}

void PromotionsModel::check_soon(const Definitions& definitions) {
  if (!may_edit_) return;
  asked_.renew();
  check_ = Check::under_way;
  checking_ =
      timers_.once(check_pause, [this, request = protocol::PromotionDraft{write_definitions(definitions), {}, {}, {}}] {
        checking_.reset();
        transport_.send(with_body("POST", "/v1/promotions/check", request),
                        decoded<protocol::PromotionReview>(asked_, [this](auto reply) {
                          check_ = reply ? Check::done : Check::failed;
                          findings_ = reply ? findings_of(reply->findings) : std::vector<PromotionFinding>();
                          check_error_ = reply ? std::nullopt : std::optional(reply.error());
                          changed_.notify();
                        }));
      });
}

void PromotionsModel::publish(const std::string& note, std::optional<ZonedTime> effective_at) {
  if (busy_) return;
  busy_ = true;
  publish_error_.reset();
  const protocol::PromotionDraft request{write_definitions(draft_), effective_at, note, newest()};
  transport_.send(
      with_body("POST", "/v1/promotions/books", request),
      decoded<protocol::PromotionReview>(session_, [this](auto reply) { answered(std::move(reply), true); }));
  changed_.notify();
}

void PromotionsModel::restore(std::int64_t version) {
  if (busy_) return;
  busy_ = true;
  publish_error_.reset();
  transport_.send(
      without_body("POST", fmt::format("/v1/promotions/books/{}/restore", version)),
      decoded<protocol::PromotionReview>(session_, [this](auto reply) { answered(std::move(reply), false); }));
  changed_.notify();
}

void PromotionsModel::answered(Result<protocol::PromotionReview> reply, bool draft_is_out) {
  busy_ = false;
  if (reply) {
    just_published_ = reply->version;
    // What is read now is what was sent: nothing is left that differs from it.
    if (draft_is_out) {
      base_ = draft_;
      contested_.clear();
    }
  } else {
    publish_error_ = std::move(reply.error());
  }
  changed_.notify();
  refresh(may_edit_);
}

void PromotionsModel::forget_outcome() {
  if (!publish_error_ && !just_published_) return;
  publish_error_.reset();
  just_published_.reset();
  changed_.notify();
}

}  // namespace lanekeeper::office
