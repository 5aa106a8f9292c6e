// docs/protocol/openapi.yaml, the route table and the messages say the same.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "http/route.h"
#include "protocol/certificate_messages.h"
#include "protocol/journal_messages.h"
#include "protocol/lane_messages.h"
#include "protocol/members.h"
#include "protocol/messages.h"
#include "protocol/promotion_messages.h"
#include "protocol/promotions.h"
#include "protocol/return_messages.h"
#include "protocol/settings_messages.h"
#include "protocol/shift_messages.h"
#include "sale/returnable_sale.h"

namespace lanekeeper::http {
namespace {

// As much of YAML as the file uses: mappings by indentation, lists of plain values or of mappings.
struct Node {
  std::string value;
  std::vector<std::pair<std::string, Node>> members;  // of a list: the key is "-"

  [[nodiscard]] const Node* find(std::string_view key) const {
    for (const auto& [name, node] : members) {
      if (name == key) return &node;
    }
    return nullptr;
  }
  [[nodiscard]] const Node& at(std::string_view key) const {
    const Node* const node = find(key);
    if (node == nullptr) throw std::out_of_range("openapi.yaml has no " + std::string(key));
    return *node;
  }
  [[nodiscard]] std::vector<std::string> list() const {
    std::vector<std::string> values;
    for (const auto& member : members) values.push_back(member.second.value);
    return values;
  }
};

std::string unquoted(std::string text) {
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front()) {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

Node parse(std::istream& in) {
  Node root;
  std::vector<std::pair<std::size_t, Node*>> open = {{0, &root}};
  std::optional<std::size_t> text_block;  // deeper lines belong to a text of several lines
  for (std::string line; std::getline(in, line);) {
    const auto indent = line.find_first_not_of(' ');
    if (indent == std::string::npos || line[indent] == '#') continue;
    if (text_block && indent > *text_block) continue;
    text_block.reset();
    while (open.size() > 1 && open.back().first >= indent) open.pop_back();
    Node& parent = *open.back().second;
    const std::string text = line.substr(indent);
    if (text.starts_with("- ")) {
      parent.members.emplace_back("-", Node{unquoted(text.substr(2)), {}});
      open.emplace_back(indent, &parent.members.back().second);
      continue;
    }
    const auto colon = text.find(text.front() == '\'' ? "':" : ":");
    const std::string key = unquoted(text.substr(0, text.front() == '\'' ? colon + 1 : colon));
    const auto rest = text.find_first_not_of(' ', text.find(':', colon) + 1);
    const std::string value = rest == std::string::npos ? "" : text.substr(rest);
    if (value == "|") text_block = indent;
    parent.members.emplace_back(key, Node{unquoted(value), {}});
    open.emplace_back(indent, &parent.members.back().second);
  }
  return root;
}

const Node& document() {
  static const Node node = [] {
    std::ifstream file(LANEKEEPER_SOURCE_DIR "/docs/protocol/openapi.yaml");
    if (!file) throw std::runtime_error("docs/protocol/openapi.yaml cannot be read");
    return parse(file);
  }();
  return node;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return text;
}

std::string_view name_of(Access access) {
  switch (access) {
    case Access::everyone:
      return "everyone";
    case Access::device:
      return "device";
    case Access::till:
      return "till";
    case Access::person:
      return "person";
    case Access::scraper:
      return "scraper";
  }
  return "?";
}

TEST(OpenApi, HasTheRoutesOfTheTable) {
  std::set<std::string> documented;
  for (const auto& [path, operations] : document().at("paths").members) {
    for (const auto& [method, operation] : operations.members) documented.insert(upper(method) + " " + path);
  }
  std::set<std::string> served;
  for (const Route& route : routes()) {
    const std::string name = std::string(route.method) + " " + std::string(route.pattern);
    EXPECT_TRUE(served.insert(name).second) << name << " is there twice";
  }
  EXPECT_EQ(documented, served);
}

TEST(OpenApi, StatesAccessAndLimitsOfEveryRoute) {
  for (const Route& route : routes()) {
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(c + 32);
    const Node& operation = document().at("paths").at(route.pattern).at(method);
    SCOPED_TRACE(std::string(route.method) + " " + std::string(route.pattern));
    EXPECT_EQ(operation.at("x-access").value, name_of(route.access));
    EXPECT_EQ(operation.at("x-body-limit").value, std::to_string(route.body_limit));
    const Node* const permission = operation.find("x-permission");
    EXPECT_EQ(permission == nullptr ? "" : permission->value,
              route.permission ? std::string(access::name_of(*route.permission)) : std::string());
    EXPECT_EQ(operation.find("security") != nullptr, route.access == Access::everyone || route.permission.has_value());
    EXPECT_EQ(operation.find("requestBody") != nullptr, route.body_limit > 0);
  }
}

// ---- messages
// ----------------------------------------------------------------------------------------------------------

struct Names {
  std::vector<std::string> all;
  std::vector<std::string> required;
  template <class T>
  void operator()(const char* name, T&) {
    all.emplace_back(name);
    required.emplace_back(name);
  }
  template <class T>
  void operator()(const char* name, std::optional<T>&) {
    all.emplace_back(name);
  }
};

template <class T>
void expect_message(std::string_view name) {
  SCOPED_TRACE(std::string(name));
  const Node& schema = document().at("components").at("schemas").at(name);
  Names names;
  T message{};
  describe(names, message);
  std::vector<std::string> documented;
  for (const auto& member : schema.at("properties").members) documented.push_back(member.first);
  EXPECT_EQ(documented, names.all);
  EXPECT_EQ(schema.at("required").list(), names.required);
}

template <class E>
void expect_enum(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& each : json::EnumNames<E>::names) names.emplace_back(each.second);
  EXPECT_EQ(document().at("components").at("schemas").at(name).at("enum").list(), names) << name;
}

TEST(OpenApi, HasTheMembersOfEveryMessage) {
  using namespace protocol;
  expect_message<ErrorBody>("ErrorBody");
  expect_message<StoreProfile>("StoreProfile");
  expect_message<Hello>("Hello");
  expect_message<EnrolmentRequest>("EnrolmentRequest");
  expect_message<EnrolmentTicket>("EnrolmentTicket");
  expect_message<EnrolmentStatus>("EnrolmentStatus");
  expect_message<JournalPosition>("JournalPosition");
  expect_message<WaitingDevice>("WaitingDevice");
  expect_message<WaitingDevices>("WaitingDevices");
  expect_message<EnrolmentApproval>("EnrolmentApproval");
  expect_message<CertificateRenewal>("CertificateRenewal");
  expect_message<RenewedCertificate>("RenewedCertificate");
  expect_message<SignIn>("SignIn");
  expect_message<Session>("Session");
  expect_message<PromotionUses>("PromotionUses");
  expect_message<CouponReservation>("CouponReservation");
  expect_message<ReturnRelease>("ReturnRelease");
  expect_message<FoundGoods>("FoundGoods");
  expect_message<FoundSale>("FoundSale");
  expect_message<FoundSales>("FoundSales");
  expect_message<StoreSettings>("StoreSettings");
  expect_message<TillPolicyChange>("TillPolicyChange");
  expect_message<ReceiptTemplateChange>("ReceiptTemplateChange");
  expect_message<ReceiptTemplateRemoval>("ReceiptTemplateRemoval");
  expect_message<PromotionVersion>("PromotionVersion");
  expect_message<PromotionVersions>("PromotionVersions");
  expect_message<PromotionDraft>("PromotionDraft");
  expect_message<PromotionFinding>("PromotionFinding");
  expect_message<PromotionReview>("PromotionReview");
  expect_message<RerateRequest>("RerateRequest");
  expect_message<RerateRow>("RerateRow");
  expect_message<RerateStatus>("RerateStatus");
  expect_message<MemberPage>("MemberPage");
  expect_message<MemberCard>("MemberCard");
  expect_message<CataloguePage>("CataloguePage");
  expect_message<ItemRow>("ItemRow");
  expect_message<ItemCounts>("ItemCounts");
  expect_message<ItemPage>("ItemPage");
  expect_message<ImportProblem>("ImportProblem");
  expect_message<ImportStatus>("ImportStatus");
  expect_message<JournalUpload>("JournalUpload");
  expect_message<EntryResult>("EntryResult");
  expect_message<JournalAck>("JournalAck");
  expect_message<SaleSummary>("SaleSummary");
  expect_message<SalesPage>("SalesPage");
  expect_message<SaleDetail>("SaleDetail");
  expect_message<ExceptionRow>("ExceptionRow");
  expect_message<ExceptionPage>("ExceptionPage");
  expect_message<TillStatus>("TillStatus");
  expect_message<DeviceRow>("DeviceRow");
  expect_message<DevicePage>("DevicePage");
  expect_message<PushMessage>("PushMessage");
  expect_message<SuspendedBasket>("SuspendedBasket");
  expect_message<SuspendedSummary>("SuspendedSummary");
  expect_message<SuspendedList>("SuspendedList");
  expect_message<ApprovalRequest>("ApprovalRequest");
  expect_message<ApprovalStatus>("ApprovalStatus");
  expect_message<ApprovalList>("ApprovalList");
  expect_message<ApprovalAnswer>("ApprovalAnswer");
  expect_message<ShiftSummary>("ShiftSummary");
  expect_message<ShiftPage>("ShiftPage");
  expect_message<ShiftLoss>("ShiftLoss");
  expect_message<ShiftLossReport>("ShiftLossReport");
}

TEST(OpenApi, HasTheMembersOfWhatMessagesCarry) {
  expect_message<barcode::VariableMeasureLayout>("VariableMeasureLayout");
  expect_message<catalogue::TaxRate>("TaxRate");
  expect_message<catalogue::TaxCategory>("TaxCategory");
  expect_message<catalogue::Category>("Category");
  expect_message<catalogue::ItemCode>("ItemCode");
  expect_message<catalogue::Price>("Price");
  expect_message<catalogue::Item>("Item");
  expect_message<catalogue::SaleHours>("SaleHours");
  expect_message<access::StaffMember>("StaffMember");
  expect_message<journal::Entry>("JournalEntry");
  expect_message<sale::PriceOverride>("PriceOverride");
  expect_message<sale::BasketLine>("BasketLine");
  expect_message<sale::LineDiscount>("LineDiscount");
  expect_message<sale::PricedLine>("PricedLine");
  expect_message<sale::TaxTotal>("TaxTotal");
  expect_message<sale::PricedBasket>("PricedBasket");
  expect_message<sale::Tender>("Tender");
  expect_message<sale::AgeRefusal>("AgeRefusal");
  expect_message<sale::ManualDiscount>("ManualDiscount");
  expect_message<sale::LineReturn>("LineReturn");
  expect_message<sale::UnitNets>("UnitNets");
  expect_message<sale::ListPrice>("ListPrice");
  expect_message<sale::MemberRef>("MemberRef");
  expect_message<sale::RemainingUses>("RemainingUses");
  expect_message<sale::PromotionTerms>("PromotionTerms");
  expect_message<sale::ReturnedSale>("ReturnedSale");
  expect_message<sale::BlindReturn>("BlindReturn");
  expect_message<sale::CashInstead>("CashInstead");
  expect_message<sale::Basket>("Basket");
  expect_message<sale::TenderTotal>("TenderTotal");
  expect_message<sale::ShiftTotals>("ShiftTotals");
  expect_message<sale::CashCount>("CashCount");
  expect_message<sale::TenderCheck>("TenderCheck");
  expect_message<sale::ShiftClosing>("ShiftClosing");
  expect_message<sale::Approval>("Approval");
  expect_message<sale::RetailTransaction>("RetailTransaction");
  expect_message<sale::ReturnedLine>("ReturnedLine");
  expect_message<sale::ReturnableSale>("ReturnableSale");
  expect_message<protocol::Recall>("Recall");
  expect_message<protocol::TenderMethod>("TenderMethod");
  expect_message<protocol::TillPolicy>("TillPolicy");
  expect_message<protocol::ReceiptTemplate>("ReceiptTemplate");
}

TEST(OpenApi, HasTheNamesOfEveryEnumeration) {
  expect_enum<pricing::TaxMode>("TaxMode");
  expect_enum<CashRounding>("CashRounding");
  expect_enum<access::Role>("Role");
  expect_enum<catalogue::UnitOfMeasure>("UnitOfMeasure");
  expect_enum<sale::WeightSource>("WeightSource");
  expect_enum<sale::TenderKind>("TenderKind");
  expect_enum<sale::ReturnedTo>("ReturnedTo");
  expect_enum<sale::ApprovalMeans>("ApprovalMeans");
  expect_enum<protocol::DeviceKind>("DeviceKind");
  expect_enum<protocol::ApprovalState>("ApprovalState");
  expect_enum<protocol::ShiftState>("ShiftState");
  expect_enum<protocol::EnrolmentState>("EnrolmentState");
  expect_enum<protocol::ItemState>("ItemState");
  expect_enum<protocol::RerateRowKind>("RerateRowKind");
  expect_enum<protocol::RerateState>("RerateState");
  expect_enum<protocol::ImportState>("ImportState");
  expect_enum<protocol::EntryOutcome>("EntryOutcome");
  expect_enum<protocol::PushKind>("PushKind");
}

}  // namespace
}  // namespace lanekeeper::http
