// Receipts by templates, down to the bytes, read back by the virtual printer's decoder.
#include <gtest/gtest.h>

#include "base/text.h"
#include "devices/escpos_decoder.h"
#include "devices/paper.h"
#include "fakes.h"
#include "goods.h"
#include "receipt/escpos.h"
#include "receipt/receipt.h"
#include "receipt/receipt_data.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using i18n::Language;
using i18n::Texts;

sale::RetailTransaction some_sale() {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.scan(Shop::chips);
  till.run(BeginTender{});
  till.run(TenderCash{yuan("100")});
  till.sold->receipt_number = 142;
  return *till.sold;
}

struct Paper {
  std::string text;
  std::vector<devices::PrinterEvent> events;
  [[nodiscard]] bool has(std::string_view words) const { return text.find(words) != std::string::npos; }
  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& event : events) {
      if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
    }
    return found;
  }
};

Paper printed(const std::string& bytes) {
  devices::EscPosDecoder decoder;
  Paper paper;
  paper.events = decoder.feed(bytes);
  EXPECT_EQ(decoder.waiting_bytes(), 0U);
  EXPECT_TRUE(paper.all<devices::Unknown>().empty());
  paper.text = devices::render_text(paper.events);
  return paper;
}

Paper printed(const sale::RetailTransaction& sale, const protocol::StoreProfile& profile, ReceiptKind kind,
              const ReceiptPaper& paper = {}, Language language = Language::zh_CN) {
  return printed(receipt_bytes(sale, receipt_store(profile, language), Texts(language), kind, paper));
}

protocol::StoreProfile with_template(const std::string& kind, const std::string& text) {
  auto profile = shop_profile();
  profile.receipt_templates = {{kind, "zh_CN", text}};
  return profile;
}

TEST(ReceiptPaper, AShopsOwnTemplatePrints) {
  const auto profile = with_template("sale",
                                     "\"^^^{{store.name}}\n{{#lines}}\n{{name}} | {{amount}}\n{{/lines}}\n"
                                     "{qr:https://shop.example/{{receipt.barcode}};option:4,m}\n=");
  EXPECT_TRUE(template_errors(profile, Texts(Language::zh_CN)).empty());
  const auto paper = printed(some_sale(), profile, ReceiptKind::original);
  EXPECT_TRUE(paper.has("脆叶薯片"));
  EXPECT_FALSE(paper.has("应付"));
  ASSERT_EQ(paper.all<devices::QrCode>().size(), 1U);
  EXPECT_EQ(paper.all<devices::QrCode>()[0].data, "https://shop.example/0320261120000142");
  EXPECT_EQ(paper.all<devices::QrCode>()[0].module_dots, 4);
  EXPECT_EQ(paper.all<devices::Cut>().size(), 1U);
  const auto english = printed(some_sale(), profile, ReceiptKind::original, {}, Language::en);
  EXPECT_TRUE(english.has("To pay")) << "the template is Chinese";
}

TEST(ReceiptPaper, ATemplateThatCannotBeReadLosesNoReceipt) {
  const auto profile = with_template("sale", "line\n{{#lines}}\nno end");
  const auto errors = template_errors(profile, Texts(Language::zh_CN));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].code, "receipt.bad_template");
  EXPECT_EQ(Texts(Language::zh_CN).text(errors[0]),
            "小票模板 sale（zh_CN）第 2 行第 1 列有错：这一段没有结尾，请在后面写 {{/名称}}。现用内置模板打印。");
  EXPECT_EQ(Texts(Language::zh_CN).text(errors[0]).substr(0, 12), "小票模板");
  EXPECT_TRUE(printed(some_sale(), profile, ReceiptKind::original).has("应付"));
  EXPECT_EQ(template_errors(with_template("invoice", "x"), Texts(Language::zh_CN)).size(), 1U);
}

TEST(ReceiptPaper, AShopCannotLeaveOutTheMarksOrTheCut) {
  auto sale = some_sale();
  sale.training = true;
  const auto paper = printed(sale, with_template("sale", "thanks"), ReceiptKind::duplicate);
  EXPECT_TRUE(paper.has("重打"));
  EXPECT_TRUE(paper.has("培训 无效"));
  EXPECT_EQ(paper.all<devices::Cut>().size(), 1U);
  const auto own = printed(sale, with_template("sale", "{{#receipt.duplicate}}\n副本\n{{/receipt.duplicate}}\nx"),
                           ReceiptKind::duplicate);
  EXPECT_TRUE(own.has("副本"));
  EXPECT_FALSE(own.has("重打")) << "marked in its own words";
}

TEST(ReceiptPaper, AnExerciseIsMarkedAtBothEnds) {
  auto sale = some_sale();
  sale.training = true;
  const auto text = printed(sale, shop_profile(), ReceiptKind::original).text;
  EXPECT_LT(text.find("培训 无效"), text.find("小票号"));
  EXPECT_GT(text.rfind("培训 无效"), text.find("找零"));
  EXPECT_TRUE(printed(sale, shop_profile(), ReceiptKind::original, {}, Language::en).has("TRAINING, VOID"));
}

TEST(ReceiptPaper, AGiftReceiptSaysNoPrices) {
  const auto paper = printed(some_sale(), shop_profile(), ReceiptKind::gift);
  EXPECT_TRUE(paper.has("礼品小票"));
  EXPECT_TRUE(paper.has("脆叶薯片"));
  EXPECT_EQ(paper.all<devices::Barcode>().at(0).data, "0320261120000142");
  for (const auto* price : {"7.90", "49.90", "100.00", "57.80"}) EXPECT_FALSE(paper.has(price)) << paper.text;
  EXPECT_TRUE(printed(some_sale(), shop_profile(), ReceiptKind::gift, {}, Language::en).has("GIFT RECEIPT"));
}

TEST(ReceiptPaper, AWeightThatWasTypedSaysSo) {
  const auto text = [](sale::WeightSource source, Language language) {
    RegisterAtWork till;
    till.run(Weigh{"301", qty("0.428"), source});
    till.run(BeginTender{});
    till.run(TenderCash{yuan("100")});
    return printed(*till.sold, shop_profile(), ReceiptKind::original, {32, {}}, language).text;
  };
  EXPECT_NE(text(sale::WeightSource::manual, Language::zh_CN).find("手工输入重量"), std::string::npos);
  EXPECT_NE(text(sale::WeightSource::manual, Language::en).find("Weight entered by hand"), std::string::npos);
  EXPECT_EQ(text(sale::WeightSource::scale, Language::zh_CN).find("手工输入重量"), std::string::npos);
}

TEST(ReceiptPaper, NarrowPaperGetsTheSameReceipt) {
  const auto wide = printed(some_sale(), shop_profile(), ReceiptKind::original);
  const auto narrow = printed(some_sale(), shop_profile(), ReceiptKind::original, {32, {}});
  for (const auto& line : narrow.all<devices::TextLine>()) EXPECT_LE(devices::columns_of(line), 32);
  for (const auto* words : {"57.80", "42.20", "49.90", "晨牧纯牛奶"}) {
    EXPECT_TRUE(wide.has(words)) << words;
    EXPECT_TRUE(narrow.has(words)) << words << "\n" << narrow.text;
  }
}

TEST(ReceiptPaper, LogoAndDrawnLines) {
  PaperEncoding encoding;
  Bitmap logo{16, 2, {0x80, 0x01, 0x00, 0xff}};
  encoding.images["logo"] = logo;
  encoding.drawn_line = [](const receipt_template::PaperLine&) { return Bitmap{8, 1, {0xaa}}; };
  const auto profile = with_template("sale", "{image:logo}\nplain\n中文\n{image:other}\n=");
  const auto paper = printed(some_sale(), profile, ReceiptKind::original, {48, encoding});
  const auto pictures = paper.all<devices::Raster>();
  ASSERT_EQ(pictures.size(), 2U);
  EXPECT_EQ(pictures[0].width, 16);
  EXPECT_TRUE(pictures[0].dots.at(0));
  EXPECT_TRUE(pictures[0].dots.at(31));
  EXPECT_FALSE(pictures[0].dots.at(1));
  EXPECT_EQ(pictures[1].width, 8);
  EXPECT_TRUE(paper.has("plain"));
  EXPECT_TRUE(escpos_picture({8, 2, {0}}).empty()) << "too few bytes for its height";
}

TEST(ReceiptPaper, TheLogoStandsAtTheHeadOfTheBuiltInReceipts) {
  PaperEncoding encoding;
  encoding.images["logo"] = Bitmap{16, 2, {0x80, 0x01, 0x00, 0xff}};
  for (const auto language : {Language::zh_CN, Language::en}) {
    const auto paper = printed(some_sale(), shop_profile(), ReceiptKind::original, {48, encoding}, language);
    ASSERT_EQ(paper.all<devices::Raster>().size(), 1U);
    EXPECT_TRUE(std::holds_alternative<devices::Raster>(paper.events.front())) << "before everything else";
    EXPECT_EQ(paper.all<devices::Raster>()[0].align, devices::Align::centre);
    EXPECT_TRUE(
        printed(some_sale(), shop_profile(), ReceiptKind::original, {}, language).all<devices::Raster>().empty());
  }
}

TEST(ReceiptPaper, ThePaperIsCutAsThePrinterCan) {
  const auto ends = [](PaperCut cut) {
    PaperEncoding encoding;
    encoding.cut = cut;
    return receipt_bytes(some_sale(), receipt_store(shop_profile(), Language::zh_CN), Texts(Language::zh_CN),
                         ReceiptKind::original, {48, encoding});
  };
  EXPECT_TRUE(ends(PaperCut::partial).ends_with("\x1dV\x42\x03"));
  EXPECT_TRUE(ends(PaperCut::full).ends_with("\x1dV\x41\x03"));
  const auto torn = printed(ends(PaperCut::none));
  EXPECT_TRUE(torn.all<devices::Cut>().empty());
  ASSERT_TRUE(std::holds_alternative<devices::Feed>(torn.events.back()));
  EXPECT_GE(std::get<devices::Feed>(torn.events.back()).lines, 4) << "out under the edge";
}

TEST(ReceiptPaper, ALongNameOfTheStoreIsNotDoubledOnNarrowPaper) {
  auto profile = shop_profile();
  profile.name = "惠民生鲜超市城东第一店";  // 22 columns: fits 48 twice, 32 not
  const auto height = [&profile](int columns) {
    const auto paper = printed(some_sale(), profile, ReceiptKind::original, {columns, {}});
    for (const auto& line : paper.all<devices::TextLine>()) {
      for (const auto& run : line.runs) {
        if (run.text.find("惠民生鲜") != std::string::npos) return run.height;
      }
    }
    return 0;
  };
  EXPECT_EQ(height(48), 2);
  EXPECT_EQ(height(32), 1);
}

TEST(ReceiptPaper, PrintersWithoutChineseAreToldNothingOfIt) {
  PaperEncoding encoding;
  encoding.drawn_line = [](const receipt_template::PaperLine&) { return Bitmap{8, 1, {0xaa}}; };
  auto profile = with_template("sale", "_under_ 中文\n_under_\n=");
  const auto bytes = receipt_bytes(some_sale(), receipt_store(profile, Language::zh_CN), Texts(Language::zh_CN),
                                   ReceiptKind::original, {32, encoding});
  EXPECT_EQ(bytes.find('\x1c'), std::string::npos) << "every command of FS is one of Chinese printers";
  const auto heading = replacement_heading(Texts(Language::zh_CN), {32, encoding});
  EXPECT_EQ(printed(heading).all<devices::Raster>().size(), 1U);
  for (const auto& line : printed(heading).all<devices::TextLine>()) EXPECT_LE(devices::columns_of(line), 32);
}

TEST(ReceiptPaper, BarcodesOfDigitsAndOfText) {
  const auto profile = with_template("sale", "{code:3-0017}\n{code:12{3};option:nohri}\n{code:0042;option:2,60}\n=");
  const auto codes = printed(some_sale(), with_template("sale", "{code:3-0017}\n{code:0042;option:2,60,nohri}\n="),
                             ReceiptKind::original)
                         .all<devices::Barcode>();
  ASSERT_EQ(codes.size(), 2U);
  EXPECT_EQ(codes[0].data, "3-0017");
  EXPECT_TRUE(codes[0].readable_below);
  EXPECT_EQ(codes[1].data, "0042");
  EXPECT_EQ(codes[1].module_dots, 2);
  EXPECT_EQ(codes[1].height_dots, 60);
  EXPECT_FALSE(codes[1].readable_below);
}

TEST(ReceiptPaper, TheHeadingOverAReplacement) {
  EXPECT_TRUE(printed(replacement_heading(Texts(Language::zh_CN))).has("上一张不完整，以此张为准"));
  EXPECT_TRUE(printed(replacement_heading(Texts(Language::en))).has("Replaces the incomplete receipt above"));
}

}  // namespace
}  // namespace lanekeeper::till::test
