// The promotions of the store in memory: books that are published, never changed, and brought back.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "net/https_client.h"
#include "protocol/promotion_messages.h"

namespace lanekeeper::office::test {

// The offers of the shop as its first book.
[[nodiscard]] std::string shop_promotions(const std::vector<protocol::ItemRow>& goods);

class FakePromotions {
 public:
  FakePromotions(const std::vector<protocol::ItemRow>& goods, std::string first);

  // path: below /v1/promotions
  Result<net::HttpResponse> handle(const net::HttpRequest& request, const std::string& path);
  void publish(std::string definitions, const std::string& by, const std::string& note, const ZonedTime& effective_at);
  [[nodiscard]] const std::vector<protocol::PromotionVersion>& versions() const { return versions_; }

 private:
  [[nodiscard]] Result<std::vector<protocol::PromotionFinding>> review(const std::string& definitions) const;

  const std::vector<protocol::ItemRow>& goods_;
  std::vector<protocol::PromotionVersion> versions_;  // oldest first
};

}  // namespace lanekeeper::office::test
