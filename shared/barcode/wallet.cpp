#include "barcode/wallet.h"

#include "base/text.h"

namespace lanekeeper::barcode {
namespace {

constexpr std::size_t wechat_length = 18;
constexpr std::size_t alipay_shortest = 16;
constexpr std::size_t alipay_longest = 24;

}  // namespace

std::optional<Wallet> wallet_of(std::string_view text) {
  if (text.size() < alipay_shortest || text.size() > alipay_longest || !is_ascii_digits(text)) return {};
  const int prefix = (text[0] - '0') * 10 + (text[1] - '0');
  if (text.size() == wechat_length && prefix >= 10 && prefix <= 15) return Wallet::wechat_pay;
  if (prefix >= 25 && prefix <= 30) return Wallet::alipay;
  return {};
}

}  // namespace lanekeeper::barcode
