// Customers' payment codes, as their phones show them. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "base/json_codec.h"

namespace lanekeeper::barcode {

enum class Wallet { wechat_pay, alipay };

// By its digits alone: WeChat Pay 18 digits from 10..15, Alipay 16..24 digits from 25..30 (the gateways' interface
// descriptions). An 18-digit scale label may look the same: docs/in-store-codes.md.
[[nodiscard]] std::optional<Wallet> wallet_of(std::string_view text);

}  // namespace lanekeeper::barcode

namespace lanekeeper::json {
template <>
struct EnumNames<barcode::Wallet> {
  static constexpr std::pair<barcode::Wallet, std::string_view> names[] = {{barcode::Wallet::wechat_pay, "wechat_pay"},
                                                                           {barcode::Wallet::alipay, "alipay"}};
};
}  // namespace lanekeeper::json
