#include "model/promotions_model.h"

#include <gtest/gtest.h>

#include "fakes.h"
#include "model/promotion_editor.h"
#include "model/trial.h"

namespace lanekeeper::office {
namespace {

constexpr std::string_view water =
    R"({"id":"water","kind":"multibuy","scope":{"items":["100"]},"count":3,"price":"5.00"})";

class PromotionsModelTest : public testing::Test {
 protected:
  void answer_list(std::vector<std::int64_t> versions) {
    ASSERT_EQ(server.next(), "GET /v1/promotions/books?limit=200");
    protocol::PromotionVersions page;
    for (const auto number : versions) {
      protocol::PromotionVersion version;
      version.version = number;
      version.effective_at = version.published_at = clock.time;
      page.versions.push_back(version);
    }
    server.reply(page);
  }
  void answer_book(std::int64_t number, const std::string& definitions) {
    ASSERT_EQ(server.next(), "GET /v1/promotions/books/" + std::to_string(number));
    protocol::PromotionVersion version;
    version.version = number;
    version.effective_at = version.published_at = clock.time;
    version.definitions = definitions;
    server.reply(version);
  }
  void load() {
    promotions.refresh(true);
    answer_list({2, 1});
    answer_book(2, "[" + std::string(water) + "]");
  }
  void make_three_for_two() {
    editor.open_new();
    editor.edit(PromotionField::goods, [](PromotionForm& form) { form.scope.items = {"200"}; });
    editor.edit(PromotionField::name, [](PromotionForm& form) { form.name = "任 3 件付 2 件"; });
  }

  FakeTransport server;
  FakeTimers timers;
  FakeClock clock;
  PromotionsModel promotions{server, timers};
  PromotionEditor editor{promotions, clock};
};

TEST_F(PromotionsModelTest, ReadsTheNewestVersion) {
  load();
  ASSERT_TRUE(promotions.ever_loaded());
  EXPECT_EQ(promotions.newest(), 2);
  ASSERT_EQ(promotions.draft().size(), 1u);
  EXPECT_TRUE(promotions.changes().empty());
  promotions.refresh(true);
  answer_list({2, 1});
  EXPECT_TRUE(server.asked.empty()) << "the book is known";
}

TEST_F(PromotionsModelTest, AStoreThatPublishedNothingIsEmpty) {
  promotions.refresh(true);
  answer_list({});
  EXPECT_TRUE(promotions.ever_loaded());
  EXPECT_TRUE(promotions.draft().empty());
}

TEST_F(PromotionsModelTest, ADraftIsCheckedOnceNobodyTypes) {
  load();
  make_three_for_two();
  EXPECT_TRUE(server.asked.empty());
  timers.advance(PromotionsModel::check_pause);
  ASSERT_EQ(server.next(), "POST /v1/promotions/check");
  const auto asked = server.body<protocol::PromotionDraft>().definitions;
  EXPECT_NE(asked.find("water"), std::string::npos);
  EXPECT_NE(asked.find(editor.id()), std::string::npos) << "with the one in the editor";
  server.reply(protocol::PromotionReview{0, {{true, editor.id(), {"promotion.empty_scope", "No goods."}}}});
  EXPECT_EQ(promotions.check_state(), PromotionsModel::Check::done);
  ASSERT_EQ(promotions.findings().size(), 1u);
  EXPECT_TRUE(promotions.findings()[0].stops);
}

TEST_F(PromotionsModelTest, WhoMayNotEditAsksNothing) {
  promotions.refresh(false);
  answer_list({2});
  answer_book(2, "[" + std::string(water) + "]");
  editor.open("water");
  timers.advance(PromotionsModel::check_pause);
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(PromotionsModelTest, PublishesTheWholeSetOnTopOfWhatWasSeen) {
  load();
  make_three_for_two();
  ASSERT_TRUE(editor.keep());
  EXPECT_EQ(promotions.changes().size(), 1u);
  promotions.publish("周末", std::nullopt);
  EXPECT_TRUE(promotions.busy());
  ASSERT_EQ(server.next(), "POST /v1/promotions/books");
  const auto sent = server.body<protocol::PromotionDraft>();
  EXPECT_EQ(sent.note, "周末");
  EXPECT_EQ(sent.based_on, 2);
  EXPECT_FALSE(sent.effective_at);
  const auto published = sent.definitions;
  server.reply(protocol::PromotionReview{3, {}});
  EXPECT_EQ(promotions.just_published(), 3);
  EXPECT_TRUE(promotions.changes().empty());
  answer_list({3, 2, 1});
  answer_book(3, published);
  EXPECT_TRUE(promotions.changes().empty());
  EXPECT_EQ(promotions.just_published(), 3);
}

TEST_F(PromotionsModelTest, WhatSomebodyElsePublishedMeanwhileStaysAndSoDoesTheDraft) {
  load();
  make_three_for_two();
  ASSERT_TRUE(editor.keep());
  promotions.publish("", std::nullopt);
  server.refuse("promotion.changed_meanwhile", {{"newest", "3"}});
  ASSERT_TRUE(promotions.publish_error());
  answer_list({3, 2, 1});
  answer_book(3, R"([{"id":"theirs","kind":"percent_off","scope":{"all":true},"percent":1}])");
  ASSERT_EQ(promotions.draft().size(), 2u);
  EXPECT_EQ(promotions.draft()[0].id, "theirs");
  EXPECT_EQ(promotions.draft()[1].id, editor.id());
  promotions.publish("", std::nullopt);
  EXPECT_EQ(server.body<protocol::PromotionDraft>().based_on, 3);
}

TEST_F(PromotionsModelTest, WhatWasChangedStaysWhenTheSessionEndsAndGoesWithThePerson) {
  load();
  make_three_for_two();
  ASSERT_TRUE(editor.keep());
  promotions.clear();
  EXPECT_FALSE(promotions.ever_loaded());
  load();
  EXPECT_EQ(promotions.changes(), (std::vector<DefinitionChange>{{DefinitionChange::What::added, editor.id()}}));
  promotions.clear();
  promotions.refresh(true);
  answer_list({3, 2, 1});
  answer_book(3,
              "[" + std::string(water) + R"(,{"id":"theirs","kind":"percent_off","scope":{"all":true},"percent":1}])");
  EXPECT_EQ(promotions.changes().size(), 1u);
  EXPECT_EQ(promotions.draft().size(), 3u) << "beside what somebody else published meanwhile";
  promotions.forget();
  load();
  EXPECT_TRUE(promotions.changes().empty());
  EXPECT_EQ(promotions.draft().size(), 1u);
}

TEST_F(PromotionsModelTest, WhatTheStoreTellsIsReadWithoutAnybodyThere) {
  const auto unattended = [&] { return server.asked.front().request.headers.size() == 1; };
  load();
  promotions.newest_is(3);
  EXPECT_TRUE(unattended());
  answer_list({3, 2, 1});
  EXPECT_TRUE(unattended());
  answer_book(3, "[]");
  promotions.refresh(true);
  EXPECT_FALSE(unattended());
}

TEST_F(PromotionsModelTest, GoesBackToAVersion) {
  load();
  promotions.restore(1);
  ASSERT_EQ(server.next(), "POST /v1/promotions/books/1/restore");
  server.reply(protocol::PromotionReview{3, {}});
  answer_list({3, 2, 1});
  answer_book(3, "[]");
  EXPECT_TRUE(promotions.draft().empty());
  EXPECT_TRUE(promotions.changes().empty());
}

TEST_F(PromotionsModelTest, RemovedOnesComeBack) {
  load();
  promotions.remove("water");
  EXPECT_EQ(promotions.changes(), (std::vector<DefinitionChange>{{DefinitionChange::What::removed, "water"}}));
  promotions.take_back("water");
  EXPECT_TRUE(promotions.changes().empty());
}

TEST_F(PromotionsModelTest, OfVersionsInForceTheLastThatBeganCounts) {
  promotions.refresh(true);
  protocol::PromotionVersions page;
  const auto at = [&](std::int64_t version, std::int64_t minutes) {
    protocol::PromotionVersion row;
    row.version = version;
    row.effective_at = {Instant{clock.time.instant.unix_ms + minutes * 60'000}, 480};
    page.versions.push_back(row);
  };
  at(3, 60);
  at(2, -10);
  at(1, -5);
  server.reply(page);
  EXPECT_EQ(promotions.in_force(clock.time.instant)->version, 1);
  EXPECT_EQ(promotions.in_force(Instant{clock.time.instant.unix_ms + 7'200'000})->version, 3);
  EXPECT_EQ(promotions.in_force(Instant{0}), nullptr);
}

TEST_F(PromotionsModelTest, TheEditorShowsProblemsOfWhatWasTouchedAndKeepsNothingWrong) {
  load();
  editor.open("water");
  EXPECT_FALSE(editor.dirty());
  editor.edit(PromotionField::price, [](PromotionForm& form) { form.price = "5,00"; });
  ASSERT_NE(editor.problem(PromotionField::price), nullptr);
  EXPECT_EQ(editor.problem(PromotionField::count), nullptr);
  EXPECT_FALSE(editor.keep());
  EXPECT_TRUE(promotions.changes().empty());
  editor.discard();
  EXPECT_FALSE(editor.dirty());
  EXPECT_EQ(editor.form().price, "5.00");
}

class TrialTest : public testing::Test {
 protected:
  static protocol::ItemRow row(const std::string& number, std::int64_t price, std::optional<std::int64_t> cost) {
    protocol::ItemRow row;
    row.item.number = number;
    row.item.prices = {{"regular", Money::of_minor(price), std::nullopt, std::nullopt}};
    if (cost) row.item.cost = Money::of_minor(*cost);
    return row;
  }
  FakeClock clock;
  TrialBasket basket{clock};
};

TEST_F(TrialTest, ThreeForTwoSavesTheCheapestAndKnowsTheMargin) {
  basket.add(row("1", 790, 510));
  basket.add(row("1", 790, 510));
  basket.add(row("2", 650, std::nullopt));
  const auto set =
      read_definitions(R"([{"id":"a","kind":"nth_off","scope":{"all":true},"count":3,"percent":100}])").value();
  const auto result = price_trial(set, basket.lines(), basket.member(), basket.time());
  ASSERT_TRUE(result);
  EXPECT_EQ(result->priced.discount, Money::of_minor(650));
  EXPECT_EQ(result->priced.applications.size(), 1u);
  EXPECT_EQ(result->margin.lines, 1u);
  EXPECT_EQ(result->margin.cost, Money::of_minor(1020));
  EXPECT_EQ(result->margin.income, result->priced.lines[0].net);
}

TEST_F(TrialTest, MembersAndMomentsMatter) {
  basket.add(row("1", 790, std::nullopt));
  const auto set =
      read_definitions(R"([{"id":"a","kind":"fixed_price","scope":{"all":true},"audience":{"tiers":["gold"]},)"
                       R"("schedule":{"from":"2026-11-21"},"price":"5.00"},{"id":"strange","kind":"of tomorrow"}])")
          .value();
  const auto saved = [&] { return price_trial(set, basket.lines(), basket.member(), basket.time())->priced.discount; };
  EXPECT_EQ(saved(), Money());
  basket.set_time(ZonedTime::parse("2026-11-21T10:00:00+08:00").value());
  EXPECT_EQ(saved(), Money());
  basket.set_member(pricing::Member{"gold", false});
  EXPECT_EQ(saved(), Money::of_minor(290));
}

TEST_F(TrialTest, AMembersOwnPriceCompetesWithTheOffers) {
  auto milk = row("1", 4980, std::nullopt);
  milk.item.prices.push_back({"member", Money::of_minor(4590), std::nullopt, std::nullopt});
  milk.item.prices.push_back({"gold", Money::of_minor(4490), std::nullopt, std::nullopt});
  basket.add(milk);
  const auto net = [&](std::optional<pricing::Member> member) {
    return price_trial({}, basket.lines(), member, basket.time())->priced.net;
  };
  EXPECT_EQ(net(std::nullopt), Money::of_minor(4980));
  EXPECT_EQ(net(pricing::Member{}), Money::of_minor(4590));
  EXPECT_EQ(net(pricing::Member{"gold", false}), Money::of_minor(4490));
}

TEST_F(TrialTest, LinesComeAndGo) {
  auto apples = row("3", 798, std::nullopt);
  apples.item.unit = catalogue::UnitOfMeasure::kilogram;
  basket.add(apples);
  basket.change(0, 1);
  EXPECT_EQ(basket.lines()[0].quantity, Quantity::of_milli(1500));
  basket.change(0, -3);
  EXPECT_TRUE(basket.lines().empty());
}

}  // namespace
}  // namespace lanekeeper::office
