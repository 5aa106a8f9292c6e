// What goods would cost: they are rung at a register aside, by the same rules and with the same promotions, and nothing
// of what that asks for is carried out.

#include "lane/lane_impl.h"

namespace lanekeeper::till {

namespace {

// May do whatever a check goes through.
access::StaffMember checker() {
  access::StaffMember somebody;
  somebody.id = 1;
  somebody.role = access::Role::manager;
  return somebody;
}

// Prices may be asked for at any time, also of goods that are not sold now.
class AtAnyTime : public catalogue::ItemLookup {
 public:
  explicit AtAnyTime(const catalogue::ItemLookup& items) : items_(items) {}
  [[nodiscard]] std::vector<Match> find_by_code(std::string_view code) const override {
    auto matches = items_.find_by_code(code);
    for (auto& match : matches) match.item.sale_hours.reset();
    return matches;
  }
  [[nodiscard]] std::optional<catalogue::Item> find_by_id(catalogue::ItemId id) const override {
    auto item = items_.find_by_id(id);
    if (item) item->sale_hours.reset();
    return item;
  }
  [[nodiscard]] std::vector<catalogue::ItemSummary> search(std::string_view text, int limit,
                                                           int offset) const override {
    return items_.search(text, limit, offset);
  }
  [[nodiscard]] std::vector<catalogue::ItemSummary> quick_keys(catalogue::CategoryId category,
                                                               int limit) const override {
    return items_.quick_keys(category, limit);
  }

 private:
  const catalogue::ItemLookup& items_;
};

Lane::PriceCheck with_open_price(const catalogue::ItemSummary& item) {
  Lane::PriceCheck check;
  check.item = item;
  check.quantity = Quantity::of_units(1);
  return check;
}

}  // namespace

Register Lane::Impl::register_aside(const catalogue::ItemLookup& items) const {
  auto settings = register_settings();
  settings.shifts_required = false;
  Register aside(items, std::move(settings));
  const Moment moment{now(), Uuid{}};
  (void)aside.handle(SignedIn{checker()}, moment);
  if (const auto& member = machine.basket().member) (void)aside.handle(IdentifyMember{*member}, moment);
  return aside;
}

Result<std::vector<Lane::PriceCheck>> Lane::Impl::prices_of(const Command& entering) const {
  const Moment moment{now(), Uuid{}};
  const AtAnyTime items(services.items);
  auto aside = register_aside(items);
  auto rung = aside.handle(entering, moment).result;
  std::vector<PriceCheck> checks;
  if (const auto choices = aside.view()->choices; !choices.empty()) {
    for (const auto& choice : choices) {
      if (auto one = prices_of(AddItem{choice.id})) checks.push_back(std::move(one->front()));
    }
    if (!checks.empty()) return checks;
  }
  if (aside.view()->age_check) rung = aside.handle(ConfirmAge{true}, moment).result;
  if (const auto& item = aside.view()->waiting_for_price) return std::vector{with_open_price(*item)};
  if (aside.view()->waiting_for_weight) {
    rung = aside.handle(Weigh{{}, Quantity::of_units(1), sale::WeightSource::manual}, moment).result;
  }
  if (!rung && rung.error().code == "register.empty_basket") {  // a coupon
    return fail("barcode.unknown", "No item has this barcode. Set it aside, or search for it by name.");
  }
  if (!rung) return fail(std::move(rung.error()));
  const auto view = aside.view();
  const auto item = services.items.find_by_id(aside.basket().lines.back().item);
  if (!item) return fail("item.unknown", "This item is not in the catalogue any more. Search for it again.");
  const auto& line = view->lines.back();
  auto summary = item_summary(*item, moment.time.instant);
  summary.code = shown_code(summary.code);
  checks.push_back({std::move(summary), line.quantity, line.gross, line.net, line.savings, view->near_misses});
  return checks;
}

Result<std::vector<Lane::PriceCheck>> Lane::check_price(const std::string& code, barcode::Symbology symbology) const {
  return impl_->prices_of(Scan{code, symbology});
}

Result<Lane::PriceCheck> Lane::check_price(catalogue::ItemId item) const {
  auto checks = impl_->prices_of(AddItem{item});
  if (!checks) return fail(std::move(checks.error()));
  return std::move(checks->front());
}

}  // namespace lanekeeper::till
