// The reasons that are chosen by a digit: the codes that are recorded, and the stems of their texts.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace lanekeeper::till::ui {

struct Reasons {
  std::string_view stem;  // + "1".. is the key of the text
  std::span<const std::string_view> codes;
  [[nodiscard]] bool has(int number) const { return number >= 1 && number <= static_cast<int>(codes.size()); }
  [[nodiscard]] std::string code(int number) const { return std::string(codes[static_cast<std::size_t>(number - 1)]); }
  [[nodiscard]] std::string text_key(int number) const { return std::string(stem) + std::to_string(number); }
};

inline constexpr std::string_view price_reason_codes[] = {"price.label",     "price.near_expiry", "price.competitor",
                                                          "price.complaint", "price.entry_error", "price.other"};
inline constexpr std::string_view discount_reason_codes[] = {"near_expiry", "damaged",  "complaint",
                                                             "price_match", "goodwill", "other"};
inline constexpr std::string_view blind_reason_codes[] = {"quality", "wrong_item",    "unwanted",
                                                          "spoiled", "cashier_error", "other"};
// Why cash goes back for what was paid in another way.
inline constexpr std::string_view cash_reason_codes[] = {"card_gone", "refund_failed", "terminal_down", "other"};

inline constexpr std::string_view void_reason_codes[] = {"wrong_goods", "wrong_payment", "customer_left", "rung_twice",
                                                         "other"};

inline constexpr Reasons price_reason_list{"till.price.reason.", price_reason_codes};
inline constexpr Reasons discount_reason_list{"till.discount.reason.", discount_reason_codes};
inline constexpr Reasons blind_reason_list{"till.blind.reason.", blind_reason_codes};
inline constexpr Reasons void_reason_list{"till.void.reason.", void_reason_codes};
inline constexpr Reasons cash_reason_list{"till.cash_instead.reason.", cash_reason_codes};

}  // namespace lanekeeper::till::ui
