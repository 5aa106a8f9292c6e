#include <array>
#include <atomic>
#include <memory>
#include <mutex>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "catalogue/item.h"

namespace lanekeeper::catalogue {
namespace {

constexpr char32_t first_han = 0x3400;
constexpr char32_t last_han = 0x9FFF;

struct Reading {
  char32_t character;
  char initial;
};
struct PhraseReading {
  std::u32string_view phrase;
  std::string_view initials;
};

// ICU gives one reading per character, the most usual one in running text. On goods another one is more usual.
constexpr Reading goods_readings[] = {
    {U'茄', 'q'},  // qie, not jia
    {U'参', 's'},  // shen: 海参, 人参, 党参
    {U'长', 'c'},  // chang: 长粒香, 长裤
    {U'蛤', 'g'},  // ge: 蛤蜊
    {U'调', 't'},  // tiao: 调味, 调和油, 空调
    {U'弹', 't'},  // tan: 弹力, 弹簧
    {U'匙', 'c'},  // chi: 汤匙
    {U'脯', 'f'},  // fu: 果脯, 肉脯
    {U'囤', 't'},  // tun
    {U'靓', 'l'},  // liang: 靓汤
    {U'呷', 'x'},  // xia: 呷哺
    {U'轧', 'z'},  // zha: 牛轧糖
    {U'豉', 'c'},  // chi: 豆豉
    {U'葚', 's'},  // shen: 桑葚
    {U'铛', 'c'},  // cheng: 饼铛
    {U'刨', 'b'},  // bao: 刨刀
    {U'龈', 'y'},  // yin: 牙龈
    {U'埔', 'p'},  // pu: 黄埔
};

// Words in which a character is read otherwise than by itself. None is the beginning of another.
constexpr PhraseReading phrase_readings[] = {
    {U"重庆", "cq"},    {U"双重", "sc"}, {U"多重", "dc"}, {U"三重", "sc"}, {U"重叠", "cd"}, {U"音乐", "yy"},
    {U"乐器", "yq"},    {U"乐谱", "yp"}, {U"银行", "yh"}, {U"商行", "sh"}, {U"排行", "ph"}, {U"西藏", "xz"},
    {U"藏红花", "zhh"}, {U"藏香", "zx"}, {U"宝藏", "bz"}, {U"厦门", "xm"}, {U"便宜", "py"}, {U"咖喱", "gl"},
    {U"阿胶", "ej"},    {U"东阿", "de"}, {U"钥匙", "ys"}, {U"番禺", "py"}, {U"荸荠", "bq"}, {U"白术", "bz"},
    {U"苍术", "cz"},    {U"胸脯", "xp"}, {U"会计", "kj"}, {U"秘鲁", "bl"}, {U"子弹", "zd"}, {U"炸弹", "zd"},
    {U"家长", "jz"},    {U"成长", "cz"}, {U"生长", "sz"}, {U"增长", "zz"}, {U"参考", "ck"}, {U"参加", "cj"},
    {U"单县", "sx"},    {U"蛤蟆", "hm"}, {U"雪茄", "xj"}, {U"牛仔", "nz"}, {U"色子", "sz"}, {U"角色", "js"},
    {U"勾兑", "gd"},    {U"色拉", "sl"}, {U"莎莎", "ss"},
};

// Initials of single characters, found out as they are needed: a store's goods use some two thousand of the 27,000, and
// a transliteration costs as much as ten thousand look-ups.
class Initials {
 public:
  Initials() {
    UErrorCode status = U_ZERO_ERROR;
    transliterator_.reset(icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    if (U_FAILURE(status) || transliterator_ == nullptr) {
      throw Fault("pinyin.unavailable",
                  std::string("ICU cannot write Chinese in Latin letters: ") + u_errorName(status));
    }
    for (const auto& [character, initial] : goods_readings) table_[character - first_han] = initial;
  }

  // '\0' for a character without a reading.
  char of(char32_t han) {
    auto& slot = table_[han - first_han];
    char initial = slot.load(std::memory_order_relaxed);
    if (initial == unknown) {
      initial = transliterate(han);
      slot.store(initial, std::memory_order_relaxed);
    }
    return initial == none ? '\0' : initial;
  }

 private:
  static constexpr char unknown = '\0';
  static constexpr char none = '-';

  char transliterate(char32_t han) {
    icu::UnicodeString text(static_cast<UChar32>(han));
    {
      const std::lock_guard lock(mutex_);
      transliterator_->transliterate(text);
    }
    const char16_t first = text.isEmpty() ? u'-' : text[0];
    return first >= u'a' && first <= u'z' ? static_cast<char>(first) : none;
  }

  std::mutex mutex_;
  std::unique_ptr<icu::Transliterator> transliterator_;
  std::array<std::atomic<char>, last_han - first_han + 1> table_{};
};

Initials& initials() {
  static Initials instance;
  return instance;
}

// Fullwidth letters become plain ones, accents come off, squared units become letters.
std::u32string decompose(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) throw Fault("pinyin.unavailable", "ICU has no normalization data");
  const auto plain = normalizer->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size()))), status);
  std::string utf8;
  plain.toUTF8String(utf8);
  return to_utf32(utf8);
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_han(char32_t c) {
  return c >= first_han && c <= last_han;
}

const PhraseReading* phrase_at(std::u32string_view text) {
  for (const auto& reading : phrase_readings) {
    if (text.starts_with(reading.phrase)) return &reading;
  }
  return nullptr;
}

}  // namespace

std::string pinyin_initials(std::string_view name) {
  const auto text = decompose(name);
  const std::u32string_view view = text;
  std::string out;
  for (std::size_t i = 0; i < view.size(); ++i) {
    const char32_t c = view[i];
    if (is_han(c)) {
      if (const auto* reading = phrase_at(view.substr(i))) {
        out += reading->initials;
        i += reading->phrase.size() - 1;
      } else if (const char initial = initials().of(c)) {
        out += initial;
      }
    } else if (is_digit(c)) {
      out += static_cast<char>(c);
    } else if (c == U'.') {
      // A decimal point belongs to its number: 1.25L.
      if (i > 0 && i + 1 < view.size() && is_digit(view[i - 1]) && is_digit(view[i + 1])) out += '.';
    } else if (u_isalpha(static_cast<UChar32>(c))) {
      out += to_utf8(std::u32string(1, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)))));
    }
  }
  return out;
}

}  // namespace lanekeeper::catalogue
