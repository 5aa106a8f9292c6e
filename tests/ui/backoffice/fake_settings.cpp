#include "fake_settings.h"

#include "receipt_template/receipt_template.h"
#include "shop.h"

namespace lanekeeper::office::test {
namespace {

Result<net::HttpResponse> refuse(int status, const std::string& code) {
  return net::HttpResponse{status, "application/json",
                           json::encode(protocol::to_body(Error{code, "Refused by the store in memory.", {}}))};
}

sale::TenderCheck check(sale::TenderKind kind, std::int64_t expected, std::int64_t declared) {
  sale::TenderCheck made;
  made.kind = kind;
  made.expected = Money::of_minor(expected);
  made.declared = Money::of_minor(declared);
  return made;
}

sale::ShiftClosing closing_of(std::int64_t number, std::int64_t cash, std::int64_t card, std::int64_t short_by) {
  sale::ShiftClosing closing;
  closing.number = number;
  auto& totals = closing.totals;
  totals.sale_count = 86;
  totals.return_count = 1;
  totals.discounts = Money::of_minor(316'40);
  totals.returns = Money::of_minor(12'90);
  totals.cash_rounding = Money::of_minor(-1'35);
  totals.turnover = Money::of_minor(cash + card) - totals.cash_rounding;
  totals.gross = totals.turnover + totals.discounts + totals.returns;
  totals.tenders = {{sale::TenderKind::cash, std::nullopt, 52, Money::of_minor(cash)},
                    {sale::TenderKind::card, std::nullopt, 31, Money::of_minor(card)}};
  totals.opening_float = Money::of_minor(500'00);
  totals.pick_ups = Money::of_minor(1500'00);
  totals.pick_up_count = 1;
  totals.voided_lines = 4;
  totals.voided_baskets = 1;
  totals.price_overrides = 2;
  totals.no_sales = 1;
  totals.suspended = totals.recalled = 2;
  totals.first_receipt = 1726;
  totals.last_receipt = 1811;
  const std::int64_t expected = cash + 500'00 - 1500'00;
  closing.checks = {check(sale::TenderKind::cash, expected, expected - short_by),
                    check(sale::TenderKind::card, card, card)};
  if (short_by != 0) closing.checks.front().reason = "change";
  closing.counts = {{Money::of_minor(100'00), 6}, {Money::of_minor(50'00), 4}, {Money::of_minor(1'00), 12}};
  closing.left_in_drawer = Money::of_minor(500'00);
  return closing;
}

protocol::ShiftSummary shift(const Date& date, std::int64_t till, std::int64_t number, const std::string& by,
                             std::string_view opened) {
  protocol::ShiftSummary made;
  made.till = till;
  made.number = number;
  made.business_date = date;
  made.opened_at = shop_time(opened);
  made.opened_by = by;
  made.opening_float = Money::of_minor(500'00);
  return made;
}

protocol::ShiftSummary closed(protocol::ShiftSummary made, protocol::ShiftState state, std::string_view at,
                              std::int64_t cash, std::int64_t card, std::int64_t short_by) {
  made.state = state;
  made.closed_at = shop_time(at);
  made.closed_by = made.opened_by;
  made.closing = closing_of(made.number, cash, card, short_by);
  made.expected_cash = made.closing->checks.front().expected;
  made.counted_cash = made.closing->checks.front().declared;
  made.difference = *made.counted_cash - *made.expected_cash;
  made.found_turnover = made.closing->totals.turnover;
  made.found_cash = made.expected_cash;
  return made;
}

}  // namespace

FakeSettings::FakeSettings() {
  settings_.till_policy.shifts_required = true;
  settings_.till_policy.usual_float = Money::of_minor(500'00);
  settings_.till_policy.difference_tolerance = Money::of_minor(5'00);
  settings_.till_policy.pick_up_at = Money::of_minor(3000'00);
  settings_.till_policy.methods = {{"meal_card", "餐卡", "Meal card", false, true},
                                   {"mall_card", "万达商场卡", "Mall card", true, false}};
}

Result<net::HttpResponse> FakeSettings::handle(const net::HttpRequest& request, const std::string& path) {
  constexpr std::string_view templates = "/receipt-templates/";
  const auto answer = [this] { return net::HttpResponse{200, "application/json", json::encode(settings_)}; };
  if (request.method == "GET") return answer();
  if (path == "/till-policy") {
    settings_.till_policy = json::decode<protocol::TillPolicyChange>(request.body).value().policy;
    return answer();
  }
  if (!path.starts_with(templates)) return refuse(404, "http.not_found");
  const auto slash = path.find('/', templates.size());
  const auto end = std::min(path.find('/', slash + 1), path.size());
  protocol::ReceiptTemplate own{
      path.substr(templates.size(), slash - templates.size()), path.substr(slash + 1, end - slash - 1), {}};
  std::erase_if(settings_.receipt_templates,
                [&](const auto& known) { return known.kind == own.kind && known.language == own.language; });
  if (request.method == "POST") return answer();
  own.text = json::decode<protocol::ReceiptTemplateChange>(request.body).value().text;
  if (!receipt_template::ReceiptTemplate::parse(own.text)) return refuse(422, "settings.bad_template");
  settings_.receipt_templates.push_back(std::move(own));
  return answer();
}

protocol::ShiftPage shop_shifts(const Date& date, const std::string& lost_because) {
  using protocol::ShiftState;
  protocol::ShiftPage page;
  page.business_date = date;
  if (date != Date{2026, 11, 20}) return page;
  page.shifts.push_back(
      closed(shift(date, 1, 16, "王芳", "06:58:00"), ShiftState::agrees, "09:41:00", 1931'65, 2890'00, 0));
  page.shifts.push_back(shift(date, 1, 17, "李娜", "09:52:00"));
  if (!lost_because.empty()) {
    page.shifts.back().state = ShiftState::lost;
    page.shifts.back().loss = protocol::ShiftLoss{shop_time("10:20:00"), "陈强", lost_because};
  }
  page.shifts.push_back(
      closed(shift(date, 3, 8, "赵强", "07:02:00"), ShiftState::agrees, "09:58:00", 2140'20, 1766'30, 15));
  page.shifts.push_back(
      closed(shift(date, 4, 21, "孙丽", "07:05:00"), ShiftState::differs, "10:03:00", 1820'00, 960'40, 0));
  page.shifts.back().found_turnover = *page.shifts.back().found_turnover - Money::of_minor(18'60);
  page.shifts.back().found_cash = *page.shifts.back().found_cash - Money::of_minor(18'60);
  return page;
}

}  // namespace lanekeeper::office::test
