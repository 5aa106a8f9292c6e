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
  std::vector<sale::ControlTransaction> controls;  // all that were journalled
  std::optional<StoreSuspended> put_aside;

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
    carry_out();
    return {};
  }
  // By the right of somebody who stands by.
  std::string run_by(access::StaffMember staff, const Command& command) {
    auto now_with = moment();
    now_with.authority = Authority{std::move(staff), sale::ApprovalMeans::pin, std::nullopt};
    auto outcome = machine.handle(command, now_with);
    effects = outcome.effects;
    if (!outcome.result) return outcome.result.error().code;
    carry_out();
    return {};
  }
  std::string record_reprint(std::int64_t receipt_number) {
    auto outcome = machine.record_reprint(receipt_number, moment());
    effects = outcome.effects;
    if (!outcome.result) return outcome.result.error().code;
    carry_out();
    return {};
  }
  std::string scan(std::string code) { return run(Scan{std::move(code), barcode::Symbology::unknown}); }
  [[nodiscard]] const RegisterView& view() const { return *machine.view(); }
  // The named parameter of the message that is shown.
  [[nodiscard]] std::string detail(std::string_view name) const {
    if (!view().message) return {};
    for (const auto& [key, value] : view().message->details) {
      if (key == name) return value;
    }
    return {};
  }
  template <class E>
  [[nodiscard]] const E* effect() const {
    for (const auto& each : effects) {
      if (const auto* wanted = std::get_if<E>(&each)) return wanted;
    }
    return nullptr;
  }

 private:
  // What the lane would do: the journal takes everything, and what follows comes behind.
  void carry_out() {
    for (std::size_t i = 0; i < effects.size(); ++i) {
      std::vector<Effect> more;
      if (const auto* commit = std::get_if<CommitSale>(&effects[i])) {
        sold = commit->sale;
        sold->receipt_number = ++receipts;
        more = machine.sale_committed(*sold, moment()).effects;
        effects.clear();
      } else if (const auto* control = std::get_if<CommitControl>(&effects[i])) {
        controls.push_back(control->control);
        more = machine.control_committed(controls.back(), moment()).effects;
      } else if (const auto* suspended = std::get_if<StoreSuspended>(&effects[i])) {
        put_aside = *suspended;
        more = machine.basket_suspended("3-0001", moment()).effects;
      }
      effects.insert(effects.end(), more.begin(), more.end());
    }
  }

  int ids_ = 0;
};

// Builds the digits of a label with its check digit.
[[nodiscard]] inline std::string with_check_digit(std::string digits) {
  digits += barcode::check_digit(digits);
  return digits;
}

}  // namespace lanekeeper::till::test
