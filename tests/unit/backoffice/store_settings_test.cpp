// The store's settings in the back office: templates of receipts and rules for tills, without windows.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "fakes.h"
#include "model/receipt_sample.h"
#include "model/store_desk.h"
#include "receipt_template/plain_text.h"
#include "receipt_template/tags.h"

namespace lanekeeper::office {
namespace {

using receipt_template::Kind;
using Key = TemplateEditor::Key;

const Key gift_en{Kind::gift, i18n::Language::en};

class StoreSettingsTest : public testing::Test {
 protected:
  void SetUp() override {
    desk.settings.refresh();
    server.reply(stored);
  }
  [[nodiscard]] std::string paper() const { return plain_text(desk.templates.paper(48), 48); }

  FakeTransport server;
  StoreModel store{server};
  StoreDesk desk{server, store};
  protocol::StoreSettings stored;
  TemplateEditor& editor = desk.templates;
  PolicyEditor& rules = desk.policy;
};

TEST(TextHistoryTest, LettersAreTakenBackWordByWord) {
  TextHistory history("a");
  for (const auto* text : {"ab", "abc", "abc ", "abc d", "abc de"}) history.change(text);
  history.undo();
  EXPECT_EQ(history.text(), "abc");
  history.undo();
  EXPECT_EQ(history.text(), "a");
  EXPECT_FALSE(history.can_undo());
  history.redo();
  history.redo();
  EXPECT_EQ(history.text(), "abc de");
  EXPECT_FALSE(history.can_redo());
}

TEST(TextHistoryTest, OtherChangesAreStepsOfTheirOwn) {
  TextHistory history("谢谢");
  history.change("谢谢惠顾");
  history.change("惠顾");
  history.change("惠顾！");
  history.change("！惠顾！");
  history.undo();
  EXPECT_EQ(history.text(), "惠顾！");
  history.undo();
  history.undo();
  EXPECT_EQ(history.text(), "谢谢惠顾");
  history.change("新");
  EXPECT_FALSE(history.can_redo());
}

TEST_F(StoreSettingsTest, TheEditorBeginsWithTheBuiltInTemplate) {
  editor.open(gift_en);
  EXPECT_EQ(editor.text(), receipt_template::built_in_text(Kind::gift, i18n::Language::en));
  EXPECT_TRUE(editor.is_built_in());
  EXPECT_FALSE(editor.prints_own());
  EXPECT_FALSE(editor.save()) << "there is nothing to save";
  EXPECT_NE(paper().find("Fresh milk 950 ml"), std::string::npos) << paper();
}

TEST_F(StoreSettingsTest, AChangedTemplateIsSavedAndItsPaperSeenBefore) {
  editor.open(gift_en);
  editor.edit("\"Present of {{store.name}}\n{{#lines}}\n{{name}} | {{quantity}}\n{{/lines}}");
  EXPECT_TRUE(editor.changed());
  EXPECT_NE(paper().find("Present of Huimin Fresh Market"), std::string::npos) << paper();
  EXPECT_NE(paper().find("Fuji apples"), std::string::npos);
  ASSERT_TRUE(editor.save());
  EXPECT_EQ(server.next(), "PUT /v1/settings/receipt-templates/gift/en");
  const auto sent = server.body<protocol::ReceiptTemplateChange>();
  EXPECT_EQ(sent.text, editor.text());
  EXPECT_EQ(sent.before, "") << "the shop had none of its own";
  EXPECT_FALSE(editor.save()) << "one at a time";
  stored.receipt_templates = {{"gift", "en", sent.text}};
  server.reply(stored);
  EXPECT_TRUE(editor.just_saved());
  EXPECT_TRUE(editor.prints_own());
  EXPECT_FALSE(editor.changed());
  // And back: the same button saves it, undo would bring the shop's own back.
  editor.use_built_in();
  EXPECT_TRUE(editor.changed());
  editor.undo();
  EXPECT_EQ(editor.text(), sent.text);
  editor.redo();
  ASSERT_TRUE(editor.save());
  EXPECT_EQ(server.next(), "POST /v1/settings/receipt-templates/gift/en/removal");
  EXPECT_EQ(server.body<protocol::ReceiptTemplateRemoval>().before, sent.text);
  stored.receipt_templates.clear();
  server.reply(stored);
  EXPECT_FALSE(editor.prints_own());
}

TEST_F(StoreSettingsTest, WhatCannotBeReadIsNamedByItsPlaceAndNeverSent) {
  editor.open(gift_en);
  editor.edit("Thanks");
  editor.edit("Thanks\n{nothing:1}\n^^^^x");
  ASSERT_EQ(editor.problems().size(), 2U);
  EXPECT_EQ(editor.problems()[0].line, 2);
  EXPECT_EQ(editor.problems()[0].column, 2);
  EXPECT_EQ(editor.problems()[1].line, 3);
  EXPECT_TRUE(editor.paper_is_old());
  EXPECT_EQ(paper(), "                     Thanks\n");
  EXPECT_FALSE(editor.save());
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(StoreSettingsTest, DraftsStayWhileOneLooksAtOthers) {
  editor.open(gift_en);
  editor.edit("Mine");
  editor.open({Kind::sale, i18n::Language::zh_CN});
  EXPECT_TRUE(editor.changed(gift_en));
  EXPECT_TRUE(editor.anything_changed());
  EXPECT_FALSE(editor.changed());
  editor.open(gift_en);
  EXPECT_EQ(editor.text(), "Mine");
  editor.forget();
  EXPECT_FALSE(editor.anything_changed());
}

TEST_F(StoreSettingsTest, SomebodyElsesTemplateIsNotOverwrittenUnseen) {
  editor.open(gift_en);
  editor.edit("Mine");
  stored.receipt_templates = {{"gift", "en", "Theirs"}};
  desk.settings.refresh();
  server.reply(stored);
  EXPECT_EQ(editor.text(), "Mine");
  ASSERT_TRUE(editor.save());
  EXPECT_EQ(server.body<protocol::ReceiptTemplateChange>().before, "");
  server.refuse("settings.changed_meanwhile");
  EXPECT_EQ(editor.error()->code, "settings.changed_meanwhile");
  EXPECT_EQ(server.next(), "GET /v1/settings");
  server.reply(stored);
  ASSERT_TRUE(editor.save()) << "one was told, and means it";
  EXPECT_FALSE(server.body<protocol::ReceiptTemplateChange>().before);
}

// Every name that a built-in template asks for is in the sample, or is a thing that this sale has not.
const std::set<std::string> absent = {"store.logo",
                                      "receipt.duplicate",
                                      "receipt.training",
                                      "receipt.simulated_clock",
                                      "slip.duplicate",
                                      "slip.training",
                                      "slip.simulated_clock",
                                      "weighed_by_hand",
                                      "regular_price",
                                      "receipt.original",
                                      "receipt.void",
                                      "receipt.void_reason",
                                      "deposit_back",
                                      "deposits_only",
                                      "totals.deposits_back",
                                      "totals.deposits_back_count",
                                      "totals.tax_added",
                                      "totals.rounding",
                                      "totals.payable",
                                      "totals.discount",
                                      "reference",
                                      "returned",
                                      "saved",
                                      "refund.rounding",
                                      "opening",
                                      "opening.float",
                                      "opening.carried_over",
                                      "amount",
                                      "basket",
                                      "basket.lines",
                                      "basket.total",
                                      "reason",
                                      "note",
                                      "drawer.loans",
                                      "drawer.paid_in",
                                      "closing.recounts",
                                      "closing.unsent",
                                      "code"};

void collect(const std::vector<receipt_template::Node>& nodes,
             const std::vector<const receipt_template::Value*>& scopes, std::set<std::string>& missing) {
  using Node = receipt_template::Node;
  for (const auto& node : nodes) {
    if (node.kind == Node::Kind::text || node.text == ".") continue;
    const receipt_template::Value* found = nullptr;
    for (auto scope = scopes.rbegin(); scope != scopes.rend() && found == nullptr; ++scope) {
      found = *scope;
      std::string_view rest = node.text;
      while (found != nullptr && !rest.empty()) {
        const auto dot = std::min(rest.find('.'), rest.size());
        found = found->find(rest.substr(0, dot));
        rest.remove_prefix(std::min(dot + 1, rest.size()));
      }
    }
    if (found == nullptr && !absent.contains(node.text)) missing.insert(node.text);
    auto inner = scopes;
    if (found != nullptr && node.kind == Node::Kind::section) {
      const auto* list = std::get_if<receipt_template::List>(&found->node);
      if (list != nullptr && !list->empty()) inner.push_back(&list->front());
    }
    const bool absent_list = node.kind == Node::Kind::section && (found == nullptr || !found->holds());
    if (!absent_list) collect(node.children, inner, missing);
  }
}

TEST(ReceiptSampleTest, HasWhatTheBuiltInTemplatesAskFor) {
  for (const auto language : {i18n::Language::zh_CN, i18n::Language::en}) {
    for (const auto kind : receipt_template::all_kinds()) {
      const auto sample = receipt_sample(kind, language, {});
      std::set<std::string> missing;
      collect(receipt_template::parse_tags(receipt_template::built_in_text(kind, language)).value(), {&sample},
              missing);
      EXPECT_EQ(missing, std::set<std::string>()) << receipt_template::name_of(kind);
    }
  }
}

TEST(ReceiptSampleTest, TellsTheNamesAsTheyAreWritten) {
  const auto names = sample_names(Kind::sale);
  const auto has = [&](const SampleName& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  EXPECT_TRUE(has({"store.name", "{{store.name}}"}));
  EXPECT_TRUE(has({"lines", "{{#lines}}\n\n{{/lines}}"}));
  EXPECT_TRUE(has({"lines / name", "{{name}}"}));
  EXPECT_TRUE(has({"lines / savings / amount", "{{amount}}"}));
  EXPECT_TRUE(has({"totals.to_pay", "{{totals.to_pay}}"}));
  EXPECT_TRUE(has({"store.footer", "{{#store.footer}}\n\n{{/store.footer}}"}));
  EXPECT_TRUE(has({"store.footer / .", "{{.}}"})) << "a list of texts";
  EXPECT_TRUE(has({"taxed", "{{#taxed}}\n\n{{/taxed}}"})) << "a condition prints nothing by itself";
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end(), [](const auto& a, const auto& b) {
    return a.name.substr(0, a.name.find_first_of(". ")) < b.name.substr(0, b.name.find_first_of(". "));
  }));
}

TEST(ReceiptSampleTest, IsOfThisVeryShop) {
  protocol::StoreProfile profile;
  profile.name = "惠民生鲜";
  profile.name_en = "Huimin";
  profile.address = "学府路 88 号";
  profile.receipt_footer = {"七天内凭小票退换"};
  const auto zh = receipt_sample(Kind::sale, i18n::Language::zh_CN, profile);
  const auto& built_in = receipt_template::built_in(Kind::sale, i18n::Language::zh_CN);
  const auto text = plain_text(lay_out(built_in.render(zh), 48), 48);
  EXPECT_NE(text.find("学府路 88 号"), std::string::npos) << text;
  EXPECT_NE(text.find("七天内凭小票退换"), std::string::npos);
  EXPECT_NE(text.find("32.57"), std::string::npos);
  const auto en = receipt_sample(Kind::sale, i18n::Language::en, profile);
  EXPECT_EQ(std::get<std::string>(en.find("store")->find("name")->node), "Huimin");
}

TEST_F(StoreSettingsTest, RulesAreReadToTheFenAndSent) {
  rules.edit(PolicyField::usual_float, 0, [](PolicyForm& form) { form.usual_float = "500"; });
  rules.edit(PolicyField::pick_up_at, 0, [](PolicyForm& form) { form.pick_up_at = " 3000.50 "; });
  rules.edit([](PolicyForm& form) { form.shifts_required = true; });
  rules.add_method();
  rules.edit(PolicyField::method_code, 0, [](PolicyForm& form) {
    form.methods[0] = {"meal_card", "餐卡", "Meal card", false, true};
  });
  ASSERT_TRUE(rules.save());
  EXPECT_EQ(server.next(), "PUT /v1/settings/till-policy");
  const auto sent = server.body<protocol::TillPolicyChange>();
  EXPECT_EQ(sent.policy.usual_float, Money::of_minor(500'00));
  EXPECT_EQ(sent.policy.pick_up_at, Money::of_minor(3000'50));
  EXPECT_TRUE(sent.policy.shifts_required);
  EXPECT_EQ(sent.policy.methods,
            (std::vector<protocol::TenderMethod>{{"meal_card", "餐卡", "Meal card", false, true}}));
  EXPECT_EQ(sent.before, protocol::TillPolicy{});
  stored.till_policy = sent.policy;
  server.reply(stored);
  EXPECT_TRUE(rules.just_saved());
  EXPECT_FALSE(rules.changed());
  EXPECT_EQ(rules.form().usual_float, "500.00");
}

TEST_F(StoreSettingsTest, WhatCannotBeIsToldAtItsFieldAndNotSent) {
  rules.edit(PolicyField::usual_float, 0, [](PolicyForm& form) { form.usual_float = "5,00"; });
  rules.edit(PolicyField::difference_tolerance, 0, [](PolicyForm& form) { form.difference_tolerance = "-1"; });
  for (int i = 0; i < 3; ++i) rules.add_method();
  rules.edit(PolicyField::method_code, 0, [](PolicyForm& form) {
    form.methods[0] = {"meal", "餐卡", "", true, true};
    form.methods[1] = {"meal", "", "", true, true};
    form.methods[2] = {"Mall card", std::string(61, 'x'), "", true, true};
  });
  EXPECT_FALSE(rules.save());
  EXPECT_TRUE(server.asked.empty());
  const auto code = [&](PolicyField field, std::size_t row = 0) {
    const auto* problem = rules.problem(field, row);
    return problem == nullptr ? std::string("fine") : problem->code;
  };
  EXPECT_TRUE(code(PolicyField::usual_float).starts_with("money.")) << code(PolicyField::usual_float);
  EXPECT_EQ(code(PolicyField::difference_tolerance), "policy.negative");
  EXPECT_EQ(code(PolicyField::method_code, 0), "fine");
  EXPECT_EQ(code(PolicyField::method_code, 1), "policy.same_code");
  EXPECT_EQ(code(PolicyField::method_name, 1), "policy.no_name");
  EXPECT_EQ(code(PolicyField::method_code, 2), "policy.bad_code");
  EXPECT_EQ(code(PolicyField::method_name, 2), "policy.long_name");
  rules.remove_method(1);
  EXPECT_EQ(code(PolicyField::method_code, 1), "policy.bad_code") << "problems move with their rows";
  rules.edit(PolicyField::usual_float, 0, [](PolicyForm& form) { form.usual_float = "5.00"; });
  EXPECT_EQ(code(PolicyField::usual_float), "fine");
}

// Names that the built-in templates only ask whether they hold.
TEST(ReceiptSampleTest, OffersConditionsAsConditions) {
  for (const auto kind : receipt_template::all_kinds()) {
    std::set<std::string> asked;
    std::set<std::string> printed;
    const std::function<void(const std::vector<receipt_template::Node>&)> look = [&](const auto& nodes) {
      for (const auto& node : nodes) {
        if (node.kind == receipt_template::Node::Kind::text) continue;
        const bool prints = node.kind == receipt_template::Node::Kind::variable;
        (prints ? printed : asked).insert(node.text);
        look(node.children);
      }
    };
    look(receipt_template::parse_tags(receipt_template::built_in_text(kind, i18n::Language::en)).value());
    for (const auto& name : sample_names(kind)) {
      const auto leaf = name.name.substr(name.name.rfind(' ') + 1);
      if (asked.contains(leaf) && !printed.contains(leaf)) {
        EXPECT_TRUE(name.written.starts_with("{{#")) << receipt_template::name_of(kind) << " " << name.name;
      }
    }
  }
}

TEST_F(StoreSettingsTest, ASessionThatEndsWhileOneSavesLeavesRulesThatCanBeSaved) {
  rules.edit(PolicyField::usual_float, 0, [](PolicyForm& form) { form.usual_float = "300.00"; });
  ASSERT_TRUE(rules.save());
  desk.settings.clear();  // the office, told of the 401
  server.refuse("access.session_ended");
  EXPECT_FALSE(rules.saving());
  EXPECT_FALSE(rules.save()) << "nobody is signed in";
  EXPECT_EQ(rules.form().usual_float, "300.00") << "what was typed is kept";
  desk.settings.refresh();
  stored.till_policy.vouchers = false;
  server.reply(stored);
  EXPECT_EQ(rules.form().usual_float, "300.00");
  EXPECT_FALSE(rules.form().vouchers);
  ASSERT_TRUE(rules.save());
  EXPECT_EQ(server.next(), "PUT /v1/settings/till-policy");
  rules.discard();
  EXPECT_FALSE(rules.saving());
  rules.edit(PolicyField::usual_float, 0, [](PolicyForm& form) { form.usual_float = "400.00"; });
  desk.settings.clear();
  desk.forget_person();
  EXPECT_FALSE(rules.changed()) << "somebody else sits down";
  EXPECT_EQ(rules.form(), policy_form({}));
}

TEST_F(StoreSettingsTest, ASessionThatEndsWhileOneSavesLeavesATemplateThatCanBeSaved) {
  editor.open(gift_en);
  editor.edit("Mine");
  ASSERT_TRUE(editor.save());
  desk.settings.clear();
  server.refuse("access.session_ended");
  EXPECT_FALSE(editor.saving());
  EXPECT_EQ(editor.text(), "Mine");
  desk.settings.refresh();
  server.reply(stored);
  EXPECT_EQ(editor.text(), "Mine");
  ASSERT_TRUE(editor.save());
  EXPECT_EQ(server.next(), "PUT /v1/settings/receipt-templates/gift/en");
}

TEST_F(StoreSettingsTest, WaysOfPayingOfTwoPeopleComeTogether) {
  const auto method = [](const char* code, const char* name) {
    return protocol::TenderMethod{code, name, "", true, true};
  };
  stored.till_policy.methods = {method("a", "A"), method("b", "B"), method("c", "C"), method("d", "D")};
  desk.settings.refresh();
  server.reply(stored);
  rules.edit(PolicyField::method_name, 0, [](PolicyForm& form) { form.methods[0].name = "A mine"; });
  rules.remove_method(3);
  rules.add_method();
  rules.edit(PolicyField::method_code, 3, [](PolicyForm& form) { form.methods[3] = {"mine", "New", "", true, true}; });
  stored.till_policy.methods = {method("a", "A"), method("b", "B theirs"), method("d", "D"), method("theirs", "T")};
  desk.settings.refresh();
  server.reply(stored);
  std::string now;
  for (const auto& one : rules.form().methods) now += one.code + ":" + one.name + " ";
  EXPECT_EQ(now, "a:A mine b:B theirs theirs:T mine:New ");
  ASSERT_TRUE(rules.save());
  EXPECT_EQ(server.body<protocol::TillPolicyChange>().before, stored.till_policy);
}

TEST_F(StoreSettingsTest, ASecondRowOfTheSameCodeStaysWhenSomebodyElseSaves) {
  const auto method = [](const char* code, const char* name) {
    return protocol::TenderMethod{code, name, "", true, true};
  };
  stored.till_policy.methods = {method("a", "A")};
  desk.settings.refresh();
  server.reply(stored);
  for (std::size_t row = 1; row < 3; ++row) {
    rules.add_method();
    rules.edit(PolicyField::method_code, row, [row](PolicyForm& form) { form.methods[row].code = "a"; });
  }
  rules.edit(PolicyField::method_name, 1, [](PolicyForm& form) { form.methods[1].name = "Typed"; });
  rules.edit([](PolicyForm& form) { form.methods[2] = form.methods[0]; });
  stored.till_policy.methods.push_back(method("theirs", "T"));
  desk.settings.refresh();
  server.reply(stored);
  std::string now;
  for (const auto& one : rules.form().methods) now += one.code + ":" + one.name + " ";
  EXPECT_EQ(now, "a:A theirs:T a:Typed a:A ");
}

TEST_F(StoreSettingsTest, WhatSomebodyElseChangedComesInBesideOnesOwn) {
  rules.edit(PolicyField::usual_float, 0, [](PolicyForm& form) { form.usual_float = "300.00"; });
  stored.till_policy.vouchers = false;
  stored.till_policy.usual_float = Money::of_minor(200'00);
  desk.settings.refresh();
  server.reply(stored);
  EXPECT_FALSE(rules.form().vouchers);
  EXPECT_EQ(rules.form().usual_float, "300.00");
  ASSERT_TRUE(rules.save());
  EXPECT_EQ(server.body<protocol::TillPolicyChange>().before, stored.till_policy);
  rules.discard();
  EXPECT_EQ(rules.form().usual_float, "200.00");
}

}  // namespace
}  // namespace lanekeeper::office
