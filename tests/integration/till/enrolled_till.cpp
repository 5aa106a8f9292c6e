#include "enrolled_till.h"

#include "access/verifier.h"

namespace lanekeeper::till::test {

namespace {

catalogue::Item goods(catalogue::ItemId id, std::string code, Money price) {
  catalogue::Item item;
  item.id = id;
  item.number = std::to_string(100'000 + id);
  item.name = "货物" + std::to_string(id);
  item.tax_category = 1;
  item.codes.push_back({std::move(code), Quantity::of_units(1), {}});
  item.prices.push_back({"regular", price, {}, {}});
  item.version = 1;
  return item;
}

access::StaffMember supervisor() {
  static const std::string verifier = access::make_verifier(access::SecretKind::pin, "271828").value();
  access::StaffMember member;
  member.id = 1;
  member.number = "1001";
  member.name = "张敏";
  member.role = access::Role::supervisor;
  member.active = true;
  member.pin_verifier = verifier;
  return member;
}

void expect(bool holds, const char* what) {
  if (!holds) throw std::runtime_error(std::string("the till could not be enrolled: ") + what);
}

}  // namespace

void fill(FakeStore& store) {
  store.with([](FakeStore::State& state) {
    state.profile.version = 2;
    state.profile.staff = {supervisor()};
    state.profile.taxes = samples::taxes();
    state.items.push_back(goods(1, "06908512108211", Money::of_minor(350)));
    for (int number = 1; number <= 3000; ++number) {
      state.items.push_back(goods(1 + number, std::to_string(50'000 + number), Money::of_minor(100)));
    }
    state.version = 1;
  });
}

void enrol_till(const std::filesystem::path& directory, FakeStore& store) {
  TillProcess till(directory, {{"--server", store.endpoint().to_string()}});
  expect(till.event("pairing_code"), "no code");
  store.with([](FakeStore::State& state) { state.enrolment = protocol::EnrolmentState::approved; });
  expect(till.ask("wait catalogue 30")["ok"] == true, "no catalogue");
  expect(till.ask("quit")["ok"] == true, "it does not quit");
  expect(till.wait() == 0, "it ended badly");
}

}  // namespace lanekeeper::till::test
