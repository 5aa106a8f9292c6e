// The store's promotions: the newest published set, what has been changed here since (the draft), the versions that
// there were, and getting a draft checked and published without trampling on somebody else's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/definitions.h"
#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/promotion_messages.h"

namespace lanekeeper::office {

struct PromotionFinding {
  bool stops = false;  // nothing is published while it stands
  std::string promotion;
  Error error;
};

// UI thread only.
class PromotionsModel {
 public:
  static constexpr std::chrono::milliseconds check_pause{600};

  PromotionsModel(Transport& transport, Timers& timers) : transport_(transport), timers_(timers) {}

  // may_edit: whether to ask what the server thinks of a draft.
  void refresh(bool may_edit, Asked asked = Asked::by_person);
  // The store's profile says which version is the newest.
  void newest_is(std::int64_t version);
  void clear();   // the session has ended; the draft stays for who signs in again
  void forget();  // somebody else sits down: the draft goes, too

  [[nodiscard]] bool ever_loaded() const { return ever_loaded_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::vector<protocol::PromotionVersion>& books() const { return books_; }  // newest first
  [[nodiscard]] std::int64_t newest() const { return books_.empty() ? 0 : books_.front().version; }
  // The one that sales are priced with at a moment; nullptr: none.
  [[nodiscard]] const protocol::PromotionVersion* in_force(Instant at) const;

  [[nodiscard]] const Definitions& published() const { return base_; }  // of the newest version
  [[nodiscard]] const Definitions& draft() const { return draft_; }
  [[nodiscard]] std::vector<DefinitionChange> changes() const { return changes_between(base_, draft_); }
  void put(Definition definition);
  void remove(const std::string& id);
  void take_back(const std::string& id);  // as it was published
  void discard();
  // Promotions that somebody else published changes of, too, while they were changed here.
  [[nodiscard]] const std::vector<std::string>& contested() const { return contested_; }

  // Asks the server what it thinks of a set, once nobody has asked for a moment.
  void check_soon(const Definitions& definitions);
  enum class Check { none, under_way, done, failed };
  [[nodiscard]] Check check_state() const { return check_; }
  [[nodiscard]] const std::optional<Error>& check_error() const { return check_error_; }
  [[nodiscard]] const std::vector<PromotionFinding>& findings() const { return findings_; }

  // effective_at: absent: at once. Answers come by on_change.
  void publish(const std::string& note, std::optional<ZonedTime> effective_at);
  void restore(std::int64_t version);
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] const std::optional<Error>& publish_error() const { return publish_error_; }
  // The version that was published here last, until something is changed again.
  [[nodiscard]] std::optional<std::int64_t> just_published() const { return just_published_; }
  void forget_outcome();

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void load_book(std::int64_t version, Asked asked);
  void take_base(Definitions published);
  void changed_here();
  void answered(Result<protocol::PromotionReview> reply, bool draft_is_out);

  Transport& transport_;
  Timers& timers_;
  std::vector<protocol::PromotionVersion> books_;
  bool may_edit_ = false;
  std::int64_t loaded_version_ = -1;
  Definitions base_;
  Definitions draft_;
  std::vector<std::string> contested_;
  bool ever_loaded_ = false;
  std::optional<Error> error_;
  Check check_ = Check::none;
  std::optional<Error> check_error_;
  std::vector<PromotionFinding> findings_;
  bool busy_ = false;
  std::optional<Error> publish_error_;
  std::optional<std::int64_t> just_published_;
  std::unique_ptr<Timer> checking_;
  Lifetime loading_;
  Lifetime asked_;    // the check that is under way
  Lifetime session_;  // of whoever signed in
  Signal changed_;
};

}  // namespace lanekeeper::office
