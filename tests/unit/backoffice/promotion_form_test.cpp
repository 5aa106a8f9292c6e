#include "model/promotion_form.h"

#include <gtest/gtest.h>

#include "pricing/promotion_json.h"

namespace lanekeeper::office {
namespace {

Definition definition(const std::string& text) {
  return definition_of(pricing::exact_json::parse(text).value());
}

// Every kind that the form knows, with all that can be said about it.
const std::string all_kinds[] = {
    R"({"id":"a","kind":"nth_off","name":"任 3 件付 2 件","scope":{"items":["100"]},"count":3,"percent":100,"max_per_basket":2})",
    R"({"id":"a","kind":"nth_off","scope":{"brands":["金穗"]},"count":2,"percent":50.00})",
    R"({"id":"a","kind":"multibuy","scope":{"items":["100","101"],"exclude_items":["102"]},"count":3,"price":"20"})",
    R"({"id":"a","kind":"fixed_price","scope":{"items":["100"]},"audience":{"tiers":["gold","silver"]},"price":"5.5"})",
    R"({"id":"a","kind":"percent_off","scope":{"all":true},"layer":"member","stacks":true,"percent":5})",
    R"({"id":"a","kind":"amount_off","scope":{"categories":["1"]},"amount":"1.00","schedule":{"weekdays":[6,7],"hours":["08:00","24:00"]}})",
    R"({"id":"a","kind":"spend","scope":{"all":true},"threshold":"100.00","amount":"10.00","every":true,"priority":3,"exclusive":true})",
    R"({"id":"a","kind":"spend","scope":{"all":true},"tiers":[{"threshold":"50","amount":"5"},{"threshold":"90","percent":10}]})",
    R"({"id":"a","kind":"gift","scope":{"all":true},"when":{"count":3,"every":true},"item":"100","price":"0.00","excludes_offers":true})",
    R"({"id":"a","kind":"bundle","groups":[{"scope":{"items":["1"]},"count":1},{"scope":{"items":["2"]},"count":1}],"price":"9.90"})",
    R"({"id":"a","kind":"spend","layer":"coupon","scope":{"all":true},"threshold":"50","amount":"5","coupon":{"codes":["X"]}})"};

TEST(PromotionForm, AFormThatWasOnlyOpenedChangesNothing) {
  for (const auto& text : all_kinds) {
    const auto base = definition(text);
    ASSERT_TRUE(base.promotion) << text;
    const auto checked = check(form_of(*base.promotion), base);
    EXPECT_TRUE(checked.problems.empty()) << text;
    EXPECT_EQ(checked.definition.text, base.text) << "to the letter";
  }
}

TEST(PromotionForm, ChangesTouchOnlyWhatTheyAreAbout) {
  for (const auto& text : all_kinds) {
    const auto base = definition(text);
    auto form = form_of(*base.promotion);
    form.name = "换了名字";
    form.from = "2026-11-21";
    const auto checked = check(form, base);
    ASSERT_TRUE(checked.problems.empty()) << text;
    auto expected = *base.promotion;
    expected.name = "换了名字";
    expected.schedule.from = Date{2026, 11, 21};
    EXPECT_EQ(*checked.definition.promotion, expected) << text;
  }
}

TEST(PromotionForm, ThreeForTwoIsMadeFromNothing) {
  PromotionForm form;
  form.scope.items = {"6901"};
  form.name = "薯片任 3 件付 2 件";
  form.max_per_basket = "2";
  const auto checked = check(form, blank_definition("P1"));
  ASSERT_TRUE(checked.problems.empty());
  EXPECT_EQ(checked.definition.text,
            R"({"id":"P1","kind":"nth_off","count":3,"percent":100,"scope":{"items":["6901"]},)"
            R"("max_per_basket":2,"name":"薯片任 3 件付 2 件"})");
  EXPECT_EQ(form_of(*checked.definition.promotion).kind, OfferKind::pay_fewer);
}

TEST(PromotionForm, EveryKindCanBecomeEveryOther) {
  for (const auto& text : all_kinds) {
    for (const auto& other : all_kinds) {
      const auto base = definition(text);
      const auto wanted = form_of(*definition(other).promotion);
      if (wanted.kind == OfferKind::other || form_of(*base.promotion).kind == OfferKind::other) continue;
      const auto checked = check(wanted, base);
      ASSERT_TRUE(checked.problems.empty()) << text << " -> " << other;
      EXPECT_EQ(form_of(*checked.definition.promotion), wanted) << text << " -> " << other;
    }
  }
}

TEST(PromotionForm, MembersThatNobodyKnowsStay) {
  const auto base = definition(
      R"({"id":"a","kind":"fixed_price","scope":{"items":["1"],"shelf":"A1"},"price":"5.00","printed":{"on":[1.50,2e1]}})");
  EXPECT_FALSE(base.promotion) << "it cannot be read here";
  EXPECT_EQ(base.id, "a");
  EXPECT_EQ(base.text.find("1.50") == std::string::npos, false);
  // As a part of the set it goes back as it came.
  const auto all = read_definitions(
      "[" + base.text + ",{\"id\":\"b\",\"kind\":\"percent_off\",\"scope\":{\"all\":true},\"percent\":10.50}]");
  ASSERT_TRUE(all);
  EXPECT_NE(write_definitions(*all).find(R"("printed":{"on":[1.50,2e1]})"), std::string::npos);
  EXPECT_NE(write_definitions(*all).find("10.50"), std::string::npos);
}

TEST(PromotionForm, SaysWhatIsWrongWhereItIs) {
  const auto problem = [](const std::function<void(PromotionForm&)>& spoil) {
    PromotionForm form;
    form.scope.all = true;
    spoil(form);
    const auto checked = check(form, blank_definition("P1"));
    return checked.problems.empty() ? std::pair(PromotionField::kind, std::string())
                                    : std::pair(checked.problems[0].field, checked.problems[0].error.code);
  };
  using F = PromotionForm;
  using Field = PromotionField;
  EXPECT_EQ(problem([](F& f) { f.count = "1"; }), std::pair(Field::count, std::string("office.promotion_count")));
  EXPECT_EQ(problem([](F& f) { f.scope.all = false; }),
            std::pair(Field::goods, std::string("office.promotion_no_goods")));
  EXPECT_EQ(problem([](F& f) { f.to = "20.11."; }), std::pair(Field::to, std::string("office.promotion_date")));
  EXPECT_EQ(problem([](F& f) {
              f.from = "2026-11-20";
              f.to = "2026-11-19";
            }),
            std::pair(Field::to, std::string("office.promotion_dates")));
  EXPECT_EQ(problem([](F& f) {
              f.all_day = false;
              f.begin = "8:00";
              f.end = "8:60";
            }),
            std::pair(Field::hours, std::string("office.promotion_hours")));
  EXPECT_EQ(problem([](F& f) { f.kind = OfferKind::nth_off; }),
            std::pair(Field::percent, std::string("office.promotion_percent")));
  EXPECT_EQ(problem([](F& f) {
              f.kind = OfferKind::nth_off;
              f.percent = "120";
            }),
            std::pair(Field::percent, std::string("office.promotion_percent")));
  EXPECT_EQ(problem([](F& f) {
              f.kind = OfferKind::amount_off;
              f.amount = "-1";
            }),
            std::pair(Field::amount, std::string("office.promotion_amount")));
  EXPECT_EQ(problem([](F& f) { f.audience = AudienceKind::tiers; }),
            std::pair(Field::tiers, std::string("office.promotion_tiers")));
  EXPECT_EQ(problem([](F& f) { f.max_total = "0"; }),
            std::pair(Field::max_total, std::string("office.promotion_limit")));
  EXPECT_EQ(problem([](F& f) {
              f.kind = OfferKind::gift;
              f.gift_when = "50";
            }),
            std::pair(Field::gift_item, std::string("office.promotion_no_gift")));
}

TEST(Definitions, ALimitForEachMemberGoesWithTheMembers) {
  const auto base = definition(
      R"({"id":"a","kind":"percent_off","scope":{"all":true},"audience":{"members":true},"max_per_member_day":1,"percent":5})");
  auto form = form_of(*base.promotion);
  form.audience = AudienceKind::everyone;
  const auto checked = check(form, base);
  ASSERT_TRUE(checked.problems.empty());
  EXPECT_FALSE(checked.definition.promotion->max_per_member_day);
}

TEST(Definitions, TwoPeoplesChangesBecomeOne) {
  const auto set = [](const std::string& text) { return read_definitions(text).value(); };
  const auto one = [](const std::string& id, const std::string& percent) {
    return R"({"id":")" + id + R"(","kind":"percent_off","scope":{"all":true},"percent":)" + percent + "}";
  };
  const auto base = set("[" + one("a", "1") + "," + one("b", "1") + "," + one("c", "1") + "]");
  const auto mine = set("[" + one("a", "2") + "," + one("b", "1") + "," + one("d", "1") + "]");
  const auto theirs = set("[" + one("a", "3") + "," + one("b", "4") + "," + one("c", "1") + "," + one("e", "1") + "]");
  std::vector<std::string> contested;
  const auto result = rebase(base, mine, theirs, contested);
  EXPECT_EQ(contested, std::vector<std::string>{"a"});
  EXPECT_EQ(write_definitions(result), write_definitions(set("[" + one("a", "2") + "," + one("b", "4") + "," +
                                                             one("e", "1") + "," + one("d", "1") + "]")));
  using What = DefinitionChange::What;
  EXPECT_EQ(changes_between(theirs, result),
            (std::vector<DefinitionChange>{{What::changed, "a"}, {What::added, "d"}, {What::removed, "c"}}));
}

TEST(Definitions, AFreshIdIsNobodysElse) {
  const auto now = ZonedTime::parse("2026-11-20T10:24:00+08:00").value();
  Definitions all;
  EXPECT_EQ(fresh_id(all, now), "P261120-1024");
  all.push_back(blank_definition("P261120-1024"));
  EXPECT_EQ(fresh_id(all, now), "P261120-1024-2");
}

}  // namespace
}  // namespace lanekeeper::office
