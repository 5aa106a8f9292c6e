#include <thread>

#include <gtest/gtest.h>

#include "catalogue/item.h"

namespace lanekeeper::catalogue {
namespace {

TEST(PinyinInitials, FindGoodsTheWayCashiersType) {
  const std::pair<const char*, const char*> names[] = {
      {"可口可乐 1.25L", "kkkl1.25l"},
      {"可口可乐", "kkkl"},
      {"雪碧", "xb"},
      {"农夫山泉 550ml", "nfsq550ml"},
      {"金龙鱼食用调和油 5L", "jlysythy5l"},
      {"康师傅红烧牛肉面", "ksfhsnrm"},
      {"绿豆", "ld"},
      {"耳机", "ej"},
  };
  for (const auto& [name, initials] : names) EXPECT_EQ(pinyin_initials(name), initials) << name;
}

TEST(PinyinInitials, ReadPolyphonesAsGoodsDo) {
  const std::pair<const char*, const char*> names[] = {
      {"重庆火锅底料", "cqhgdl"},
      {"重阳糕", "zyg"},
      {"长粒香米", "clxm"},
      {"长城干红", "ccgh"},
      {"行李箱", "xlx"},
      {"银行", "yh"},
      {"调味料", "twl"},
      {"空调", "kt"},
      {"百事可乐", "bskl"},
      {"音乐盒", "yyh"},
      {"海参", "hs"},
      {"人参", "rs"},
      {"参考书", "cks"},
      {"薄荷糖", "bht"},
      {"薄脆饼", "bcb"},
      {"番茄酱", "fqj"},
      {"茄子", "qz"},
      {"蛤蜊", "gl"},
      {"芥末", "jm"},
      {"豆豉", "dc"},
      {"咖喱", "gl"},
      {"咖啡", "kf"},
      {"厦门馅饼", "xmxb"},
      {"汤匙", "tc"},
      {"阿胶枣", "ejz"},
      {"弹力素", "tls"},
      {"果脯", "gf"},
      {"鸡胸脯", "jxp"},
      {"牙龈护理", "yyhl"},
      {"桑葚干", "ssg"},
      {"什锦菜", "sjc"},
      {"萝卜", "lb"},
  };
  for (const auto& [name, initials] : names) EXPECT_EQ(pinyin_initials(name), initials) << name;
}

TEST(PinyinInitials, KeepLettersAndDigitsAndDropTheRest) {
  EXPECT_EQ(pinyin_initials("Ａ２ 牛奶（脱脂）250ml×12"), "a2nntz250ml12");
  EXPECT_EQ(pinyin_initials("L'Oréal 欧莱雅"), "lorealoly");
  EXPECT_EQ(pinyin_initials("NO.1 v2.0."), "no1v2.0");
  EXPECT_EQ(pinyin_initials("Молоко"), "молоко");
  EXPECT_EQ(pinyin_initials(""), "");
  EXPECT_EQ(pinyin_initials("、。！ 　"), "");
  EXPECT_EQ(pinyin_initials("\xFF\xFE"), "");
}

TEST(PinyinInitials, MayBeAskedFromSeveralThreads) {
  std::vector<std::jthread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        if (pinyin_initials("蒙牛特仑苏纯牛奶") != "mntlscnn") ++wrong;
        if (pinyin_initials("伊利安慕希酸奶") != "ylamxsn") ++wrong;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace lanekeeper::catalogue
