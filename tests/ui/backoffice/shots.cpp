// lanekeeper-backoffice-shots DIRECTORY [NAME...]
//
// Paints every page of the back office, in both languages and the sizes of the design language, into PNG files. Drives
// the real window over a store in memory. Needs an X display or Xvfb.

#include <cstdio>

#include "stage.h"
#include "x_display.h"

namespace lanekeeper::office::test {
namespace {

struct Shot {
  std::string_view name;
  bool paired = true;
  std::function<void(Stage&)> act;
};

void search(Stage& stage, const std::string& query) {
  stage.type(query);  // the search has the focus
  stage.office().goods().search_now();
  (void)stage.until([&] { return !stage.office().goods().loading(); });
}

void select_item(Stage& stage, std::size_t row) {
  stage.office().goods().select(row);
  stage.settle();
}

void type_price(Stage& stage, const std::string& price) {
  stage.office().goods().editor().edit(ItemField::price, [&](ItemForm& form) { form.price = price; });
}

void goods_edit(Stage& stage) {
  (void)stage.open(PageId::goods);
  search(stage, "sp");
  select_item(stage, 0);
  type_price(stage, "8.50");
  stage.office().goods().editor().edit(ItemField::timing, [](ItemForm& form) { form.timing = PriceTiming::tomorrow; });
}

void import_at(Stage& stage, std::int64_t rows) {
  (void)stage.open(PageId::goods);
  stage.window().workspace()->goods()->show_import(true);
  stage.store().set_import(shop_import(rows));
  const auto file = std::filesystem::temp_directory_path() / "商品资料 2026-11.xlsx";
  std::fclose(std::fopen(file.c_str(), "wb"));
  stage.office().import().start(file);
  (void)stage.until([&] { return stage.office().import().step() >= ImportStep::running; });
  std::filesystem::remove(file);
}

void conflict(Stage& stage) {
  (void)stage.open(PageId::goods);
  select_item(stage, 0);
  type_price(stage, "8.50");
  stage.store().change_item(1, "陈浩", [](catalogue::Item& item) { item.prices[0].amount = Money::of_minor(820); });
  stage.window().workspace()->goods()->panel().save();
  (void)stage.until([&] { return stage.office().goods().editor().conflict().has_value(); });
}

void rules_of_goods(Stage& stage) {
  (void)stage.open(PageId::goods);
  select_item(stage, 0);
  auto& editor = stage.office().goods().editor();
  editor.edit(ItemField::sale_hours, [](ItemForm& form) { form.sale_hours = "22:00-06:00"; });
  editor.edit(ItemField::minimum_age, [](ItemForm& form) { form.minimum_age = "18"; });
  editor.edit(ItemField::return_blocked, [](ItemForm& form) { form.return_blocked = true; });
  editor.edit(ItemField::deposit, [](ItemForm& form) { form.deposit = true; });
  stage.window().workspace()->goods()->panel().save();  // a deposit has no age
}

void wrong_fields(Stage& stage) {
  (void)stage.open(PageId::goods);
  select_item(stage, 0);
  stage.office().goods().editor().edit(ItemField::name, [](ItemForm& form) { form.name = ""; });
  type_price(stage, "8,5");
  stage.window().workspace()->goods()->panel().save();
}

void approval(Stage& stage, const std::string& code, const std::string& till) {
  stage.store().set_waiting({waiting_till()});
  (void)stage.open(PageId::devices);
  auto* page = stage.window().workspace()->devices();
  (void)stage.until([&] { return page->cards().size() == 1; });
  page->cards()[0]->code().set_value(code);
  page->cards()[0]->till()->set_value(till);
  if (code.empty()) return;
  page->cards()[0]->approve(false);
  (void)stage.until([&] {
    const auto* action = stage.office().devices().action(waiting_till().enrolment_id);
    return action != nullptr && !action->busy;
  });
}

void sale_detail(Stage& stage) {
  (void)stage.open(PageId::sales);
  stage.store().deliver_sale(3, 1813, shop_time("10:23:55"));
  (void)stage.until([&] { return stage.office().sales().fresh_count() == 1; });
  stage.office().sales().select(key_of(stage.office().sales().sales()[4]));
  (void)stage.until([&] { return stage.office().sales().detail().has_value(); });
}

// As in the design: crisps, three for two, tried by a member on a Saturday.
void three_for_two(Stage& stage) {
  (void)(stage.sign_in() && stage.open(PageId::promotions));
  auto& desk = stage.office().promotions();
  (void)stage.until([&] { return desk.model.ever_loaded(); });
  stage.window().workspace()->promotions()->add();
  stage.settle();
  const auto goods = shop_goods();
  desk.editor.edit(PromotionField::goods, [&](PromotionForm& form) {
    for (std::size_t i = 0; i < 5; ++i) form.scope.items.push_back(goods[i].item.number);
    form.name = "薯片任 3 件付 2 件";
    form.name_en = "Crisps: three for two";
    form.from = "2026-11-20";
    form.to = "2026-12-06";
    form.days = {false, false, false, false, true, true, true};
    form.max_per_basket = "2";
  });
  for (const std::size_t row : {0, 0, 1, 3, 13}) desk.trial.add(goods[row]);
  desk.trial.set_member(pricing::Member{});
  (void)stage.until([&] { return desk.model.check_state() == PromotionsModel::Check::done; });
}

void open_promotion(Stage& stage, const std::string& id) {
  (void)(stage.sign_in() && stage.open(PageId::promotions));
  auto& desk = stage.office().promotions();
  (void)stage.until([&] { return desk.model.ever_loaded(); });
  desk.editor.open(id);
  stage.window().workspace()->promotions()->show(PromotionsPage::View::editor);
  (void)stage.until([&] { return desk.model.check_state() == PromotionsModel::Check::done; });
}

using receipt_template::Kind;

void receipts(Stage& stage, Kind kind, const std::function<void(TemplateEditor&)>& act) {
  (void)(stage.sign_in() && stage.open(PageId::receipts));
  auto& editor = stage.office().store_desk().templates;
  (void)stage.until([&] { return editor.readable(); });
  editor.open({kind, stage.window().words().language()});
  act(editor);
}

void shifts(Stage& stage, std::optional<ShiftKey> key) {
  (void)(stage.sign_in() && stage.open(PageId::shifts));
  (void)stage.until([&] { return stage.office().shifts().ever_loaded(); });
  stage.office().shifts().select(key);
}

void till_rules(Stage& stage, bool wrong) {
  (void)(stage.sign_in() && stage.open(PageId::till_rules));
  auto& rules = stage.office().store_desk().policy;
  (void)stage.until([&] { return rules.readable(); });
  if (!wrong) return;
  rules.add_method();
  rules.edit([](PolicyForm& form) {
    form.usual_float = "500,00";
    form.methods[1].code = "Mall Card";
  });
  (void)rules.save();
}

std::vector<Shot> shots_of_settings() {
  return {{"receipts", true, [](Stage& s) { receipts(s, Kind::sale, [](TemplateEditor&) {}); }},
          {"receipts-changed", true,
           [](Stage& s) {
             receipts(s, Kind::gift, [](TemplateEditor& editor) {
               editor.edit(
                   "^^^`{{store.name}}`\n{{receipt.date}} | _{{receipt.number}}_\n-\n{{#lines}}\n{{name}} | "
                   "\"x {{quantity}}\"\n{{/lines}}\n-\n{qr:https://shop.example/{{receipt.barcode}};option:5,m}\n"
                   "{image:logo}\n{code:{{receipt.barcode}}}\n=\n");
             });
           }},
          {"receipts-wrong", true,
           [](Stage& s) {
             receipts(s, Kind::sale, [](TemplateEditor& editor) {
               auto text = editor.text();
               text.replace(text.find("{rule:=}"), 8, "{line:=}");
               text.insert(text.find("{{#lines}}"), "^^^^ABC\n");
               editor.edit(text);
             });
             s.settle();
             s.window().workspace()->receipts()->save();
           }},
          {"receipts-report", true, [](Stage& s) { receipts(s, Kind::report, [](TemplateEditor&) {}); }},
          {"till-rules", true, [](Stage& s) { till_rules(s, false); }},
          {"till-rules-wrong", true, [](Stage& s) { till_rules(s, true); }},
          {"shifts", true, [](Stage& s) { shifts(s, std::nullopt); }},
          {"shifts-detail", true,
           [](Stage& s) {
             shifts(s, ShiftKey{3, 8});
           }},
          {"shifts-differs", true,
           [](Stage& s) {
             shifts(s, ShiftKey{4, 21});
           }},
          {"shifts-open", true,
           [](Stage& s) {
             shifts(s, ShiftKey{1, 17});
           }},
          {"shifts-losing", true,
           [](Stage& s) {
             shifts(s, ShiftKey{1, 17});
             s.settle();
             s.click(s.window().workspace()->shifts()->loss().give_up());
             s.settle();
           }},
          {"shifts-lost", true, [](Stage& s) {
             shifts(s, ShiftKey{1, 17});
             s.office().shifts().give_up(s.window().words().language() == i18n::Language::en ? "Broken disk, new till"
                                                                                             : "硬盘坏了，已换新机");
             (void)s.until([&] { return !s.office().shifts().giving_up(); });
           }}};
}

std::vector<Shot> all_shots() {
  return {
      {"pairing", false, [](Stage& s) { (void)s.until([&] { return s.office().pairing().ticket().has_value(); }); }},
      {"pairing-looking", false,
       [](Stage& s) {
         s.store().go_offline();
         s.office().pairing().start();
         (void)s.until([&] { return s.office().pairing().error().has_value(); });
       }},
      {"sign-in", true, [](Stage& s) { s.settle(); }},
      {"sign-in-refused", true,
       [](Stage& s) {
         s.office().sign_in().sign_in("1001", "falsch");
         (void)s.until([&] { return s.office().sign_in().error().has_value(); });
       }},
      {"home", true,
       [](Stage& s) {
         (void)s.sign_in();
         s.store().set_waiting({waiting_till()});
         (void)s.until([&] { return !s.office().devices().waiting().empty(); });
       }},
      {"home-cashier", true,
       [](Stage& s) {
         s.store().sign_in_as(access::Role::cashier);
         (void)s.sign_in();
       }},
      {"goods-read-only", true,
       [](Stage& s) {
         s.store().sign_in_as(access::Role::accountant);
         (void)(s.sign_in() && s.open(PageId::goods));
         select_item(s, 0);
       }},
      {"goods-taken-code", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::goods));
         s.window().workspace()->goods()->add();
         s.settle();
         s.office().goods().editor().edit(ItemField::codes, [](ItemForm& form) {
           form.codes.resize(1);
           form.codes[0].code = shown_code(shop_goods()[0].item.codes[0].code);
         });
         s.office().goods().editor().edit(ItemField::name, [](ItemForm& form) { form.name = "透明皂 200g"; });
         type_price(s, "3.20");
         s.window().workspace()->goods()->panel().save();
         (void)s.until([&] { return s.office().goods().editor().problem(ItemField::codes) != nullptr; });
       }},
      {"goods", true, [](Stage& s) { (void)(s.sign_in() && s.open(PageId::goods)); }},
      {"goods-edit", true,
       [](Stage& s) {
         (void)s.sign_in();
         goods_edit(s);
       }},
      {"goods-new", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::goods));
         s.window().workspace()->goods()->add();
       }},
      {"goods-codes", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::goods));
         select_item(s, 13);
         s.window().workspace()->goods()->panel().show_codes();
       }},
      {"goods-wrong", true,
       [](Stage& s) {
         (void)s.sign_in();
         wrong_fields(s);
       }},
      {"goods-rules", true,
       [](Stage& s) {
         (void)s.sign_in();
         rules_of_goods(s);
       }},
      {"goods-conflict", true,
       [](Stage& s) {
         (void)s.sign_in();
         conflict(s);
       }},
      {"goods-empty", true,
       [](Stage& s) {
         s.store().clear_day();
         (void)(s.sign_in() && s.open(PageId::goods));
       }},
      {"goods-offline", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::goods));
         s.store().go_offline();
         (void)s.until([&] { return !s.office().reachable(); });
       }},
      {"import", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::goods));
         s.window().workspace()->goods()->show_import(true);
       }},
      {"import-running", true,
       [](Stage& s) {
         (void)s.sign_in();
         import_at(s, 7312);
       }},
      {"import-done", true,
       [](Stage& s) {
         (void)s.sign_in();
         import_at(s, 18426);
       }},
      {"promotions", true, [](Stage& s) { (void)(s.sign_in() && s.open(PageId::promotions)); }},
      {"promotion-edit", true, [](Stage& s) { three_for_two(s); }},
      {"promotion-spend", true, [](Stage& s) { open_promotion(s, "spend-100"); }},
      {"promotion-gift", true, [](Stage& s) { open_promotion(s, "oil-gift"); }},
      {"promotion-bundle", true, [](Stage& s) { open_promotion(s, "breakfast"); }},
      {"promotion-wrong", true,
       [](Stage& s) {
         open_promotion(s, "yoghurt");
         s.office().promotions().editor.edit(PromotionField::percent, [](PromotionForm& form) {
           form.percent = "x";
           form.begin = "8";
           form.scope.items.clear();
         });
         (void)s.office().promotions().editor.keep();
       }},
      {"promotion-publish", true,
       [](Stage& s) {
         three_for_two(s);
         (void)s.office().promotions().editor.keep();
         s.office().promotions().model.remove("harvest");
         s.window().workspace()->promotions()->show(PromotionsPage::View::publish);
         (void)s.until([&] { return s.office().promotions().model.check_state() == PromotionsModel::Check::done; });
       }},
      {"promotions-draft", true,
       [](Stage& s) {
         three_for_two(s);
         (void)s.office().promotions().editor.keep();
         s.office().promotions().model.remove("harvest");
         s.window().workspace()->promotions()->show(PromotionsPage::View::list);
       }},
      {"promotion-versions", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::promotions));
         auto* page = s.window().workspace()->promotions();
         page->show(PromotionsPage::View::versions);
         s.settle();
         const wxRect row = page->versions().table().row_rect(1);
         s.click(page->versions().table(), wxPoint(row.x + 60, row.y + row.height / 2));
         s.click(page->versions().restore());
       }},
      {"sales", true, [](Stage& s) { (void)(s.sign_in() && s.open(PageId::sales)); }},
      {"sales-detail", true,
       [](Stage& s) {
         (void)s.sign_in();
         sale_detail(s);
       }},
      {"sales-empty", true,
       [](Stage& s) {
         s.store().clear_day();
         (void)(s.sign_in() && s.open(PageId::sales));
       }},
      {"devices", true,
       [](Stage& s) {
         (void)s.sign_in();
         approval(s, "", "7");
       }},
      {"approval", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::sales));
         s.store().set_approvals(asked_approvals());
         (void)s.until([&] { return !s.office().approvals().waiting().empty(); });
       }},
      {"approval-late", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::home));
         s.store().set_approvals({asked_approvals().front()});
         s.store().somebody_answered("陈强");
         (void)s.until([&] { return !s.office().approvals().waiting().empty(); });
         s.office().approvals().answer(asked_approvals().front().request.id, true);
         (void)s.until([&] { return s.office().approvals().outcome().has_value(); });
       }},
      {"devices-wrong-code", true,
       [](Stage& s) {
         (void)s.sign_in();
         approval(s, "111111", "7");
       }},
      {"devices-replace", true,
       [](Stage& s) {
         (void)s.sign_in();
         approval(s, "482916", "3");
       }},
      {"devices-detail", true,
       [](Stage& s) {
         (void)(s.sign_in() && s.open(PageId::devices));
         auto& table = s.window().workspace()->devices()->table();
         const wxRect row = table.row_rect(4);
         s.click(table, wxPoint(row.x + 60, row.y + row.height / 2));
       }},
  };
}

bool wanted(std::string_view name, int argc, char** argv) {
  if (argc <= 2) return true;
  for (int i = 2; i < argc; ++i) {
    if (name == argv[i]) return true;
  }
  return false;
}

int paint_all(int argc, char** argv) {
  struct Size {
    int width, height;
  };
  int failures = 0;
  auto shots = all_shots();
  for (auto& shot : shots_of_settings()) shots.push_back(std::move(shot));
  for (const Shot& shot : shots) {
    if (!wanted(shot.name, argc, argv)) continue;
    for (const Size size : {Size{1920, 1080}, Size{1440, 900}, Size{1366, 768}, Size{1024, 768}}) {
      for (const auto language : {i18n::Language::zh_CN, i18n::Language::en}) {
        Stage stage({language, wxSize(size.width, size.height), shot.paired});
        shot.act(stage);
        const std::string path = fmt::format("{}/{}-{}-{}.png", argv[1], shot.name, size.width,
                                             language == i18n::Language::en ? "en" : "zh");
        if (!stage.picture(path)) {
          std::fprintf(stderr, "cannot paint %s\n", path.c_str());
          ++failures;
        }
      }
    }
  }
  return failures;
}

}  // namespace
}  // namespace lanekeeper::office::test

int main(int argc, char** argv) {
  using namespace lanekeeper::office::test;
  if (argc < 2) {
    std::fprintf(stderr, "usage: lanekeeper-backoffice-shots DIRECTORY [NAME...]\n");
    return 2;
  }
  const XDisplay display;
  if (!display.available()) {
    std::fprintf(stderr, "there is no X display\n");
    return 3;
  }
  std::filesystem::create_directories(argv[1]);
  const Toolkit toolkit;
  return paint_all(argc, argv) == 0 ? 0 : 1;
}
