// Every message survives its JSON, whatever stands in it. The same describe() that writes a message fills it here.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "generators.h"
#include "protocol/messages.h"

namespace lanekeeper::protocol {
namespace {

template <class T>
void fill(T& value);
template <class T>
void fill(std::optional<T>& value);
template <class T>
void fill(std::vector<T>& values);
template <std::size_t N>
void fill(std::array<unsigned char, N>& bytes);

struct Filler {
  template <class T>
  void operator()(const char*, T& member) {
    fill(member);
  }
};

template <std::size_t N>
void fill(std::array<unsigned char, N>& bytes) {
  for (auto& byte : bytes) byte = *rc::gen::arbitrary<unsigned char>();
}

template <class T>
void fill(std::optional<T>& value) {
  value.reset();
  if (*rc::gen::arbitrary<bool>()) fill(value.emplace());
}

template <class T>
void fill(std::vector<T>& values) {
  values.resize(*rc::gen::inRange<std::size_t>(0, 3));
  for (auto& value : values) fill(value);
}

template <class T>
void fill(T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    value = *rc::gen::arbitrary<bool>();
  } else if constexpr (std::is_integral_v<T>) {
    value = *generators::any_integer();
  } else if constexpr (std::is_same_v<T, std::string>) {
    value = *generators::text();
  } else if constexpr (std::is_same_v<T, Money>) {
    value = *generators::money();
  } else if constexpr (std::is_same_v<T, Quantity>) {
    value = Quantity::of_milli(*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'001));
  } else if constexpr (std::is_same_v<T, Rate>) {
    value = Rate::of_per_10k(*rc::gen::inRange<std::int64_t>(0, 100'001));
  } else if constexpr (std::is_same_v<T, Date>) {
    value = *generators::date();
  } else if constexpr (std::is_same_v<T, ZonedTime>) {
    value = *generators::time();
  } else if constexpr (std::is_same_v<T, Uuid>) {
    fill(value.bytes);
  } else if constexpr (std::is_same_v<T, json::Value>) {
    value = json::Value::object({{"name", *generators::text()}});
  } else if constexpr (json::HasEnumNames<T>) {
    value = json::EnumNames<T>::names[*rc::gen::inRange<std::size_t>(0, std::size(json::EnumNames<T>::names))].first;
  } else {
    Filler filler;
    describe(filler, value);
  }
}

template <class T>
class EveryMessage : public testing::Test {};

using Messages =
    testing::Types<ErrorBody, StoreProfile, Hello, EnrolmentRequest, EnrolmentTicket, EnrolmentStatus, WaitingDevice,
                   WaitingDevices, EnrolmentApproval, SignIn, Session, CataloguePage, ItemRow, ItemCounts, ItemPage,
                   ImportProblem, ImportStatus, JournalUpload, EntryResult, JournalAck, SaleSummary, SalesPage,
                   SaleDetail, TillStatus, DeviceRow, DevicePage, PushMessage, journal::Entry, sale::Basket,
                   sale::RetailTransaction, catalogue::Item, access::StaffMember>;
TYPED_TEST_SUITE(EveryMessage, Messages);

TYPED_TEST(EveryMessage, SurvivesItsJson) {
  EXPECT_TRUE(rc::check([] {
    TypeParam message;
    fill(message);
    const auto text = json::encode(message);
    RC_ASSERT(text == json::to_value(message).dump());
    const auto decoded = json::decode<TypeParam>(text);
    if (!decoded) RC_FAIL(decoded.error().code);
    RC_ASSERT(json::encode(*decoded) == text);
  }));
}

// A newer peer may send members that are not known here; a member that must be there is missed by name.
TYPED_TEST(EveryMessage, IgnoresStrangersAndMissesItsOwn) {
  EXPECT_TRUE(rc::check([] {
    TypeParam message;
    fill(message);
    auto value = json::to_value(message);
    value["a_member_of_the_future"] = 1;
    RC_ASSERT(json::from_value<TypeParam>(value).has_value());
    value.erase("a_member_of_the_future");
    auto victim = value.begin();
    std::advance(victim, *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(value.size())));
    const auto name = victim.key();
    value.erase(name);
    const auto decoded = json::from_value<TypeParam>(value);
    if (decoded) return;  // it was optional
    RC_ASSERT(decoded.error().code == "json.missing");
    RC_ASSERT(decoded.error().details.at(0).second == name);
  }));
}

}  // namespace
}  // namespace lanekeeper::protocol
