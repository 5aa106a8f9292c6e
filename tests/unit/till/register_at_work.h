// A register in its shop, driven command by command, with the sale committed as the lane would.
#pragma once

#include <optional>

#include "barcode/gtin.h"
#include "goods.h"

namespace lanekeeper::till::test {

struct RegisterAtWork {
  Shop shop;
  Register machine{shop, shop_settings()};
  ZonedTime now = ZonedTime::parse("2026-11-20T10:42:00.000+08:00").value();
  std::vector<Effect> effects;  // of the last command
  std::optional<sale::RetailTransaction> sold;
  std::int64_t receipts = 0;

  explicit RegisterAtWork(access::Role role = access::Role::supervisor) { (void)run(SignedIn{staff_member(role)}); }

  [[nodiscard]] Moment moment() {
    now.instant.unix_ms += 1000;
    Uuid id;
    id.bytes[15] = static_cast<unsigned char>(++ids_);
    return {now, id};
  }
  // The code of the refusal, "" when the command went through.
  std::string run(const Command& command) {
    auto outcome = machine.handle(command, moment());
    effects = outcome.effects;
    if (!outcome.result) return outcome.result.error().code;
    if (effects.size() == 1 && std::holds_alternative<CommitSale>(effects.front())) {
      sold = std::get<CommitSale>(effects.front()).sale;
      sold->receipt_number = ++receipts;
      effects = machine.sale_committed(*sold, moment()).effects;
    }
    return {};
  }
  std::string scan(std::string code) { return run(Scan{std::move(code), barcode::Symbology::unknown}); }
  [[nodiscard]] const RegisterView& view() const { return *machine.view(); }

 private:
  int ids_ = 0;
};

// Builds the digits of a label with its check digit.
[[nodiscard]] inline std::string with_check_digit(std::string digits) {
  digits += barcode::check_digit(digits);
  return digits;
}

}  // namespace lanekeeper::till::test
