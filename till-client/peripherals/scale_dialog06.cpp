// Checkout Dialog 06 (Toledo, Bizerba, DIGI). Source: two public drivers that were written with the maker's manual.
//
//   till   EOT STX 01 ESC price(6) ESC ETX       scale  ACK, NAK or record 11
//   till   EOT ENQ                               scale  STX 02 ESC unit ESC grams(5) ESC price(6) ESC total(6) ETX, or
//   NAK till   EOT STX 08 ETX  (after NAK)           scale  STX 09 ESC code(2) ETX scale  STX 11 ESC 2 z(2) ETX till
//   EOT STX 10 ESC checksum(4) correction(4) ETX scale  STX 11 ESC 0 ETX, 1                   the checksum was wrong,
//   right
// The till closes each answer with EOT. The scale computes a price as well; it is given 1.00 a kilogram and the till
// prices by itself.

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "base/text.h"
#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr char stx = 0x02;
constexpr char etx = 0x03;
constexpr char eot = 0x04;
constexpr char enq = 0x05;
constexpr char ack = 0x06;
constexpr char nak = 0x15;
constexpr char esc = 0x1B;
constexpr std::string_view price_sent = "000100";
constexpr std::size_t longest = 64;
constexpr int most_steps = 8;  // a scale that goes round in circles is not followed further

std::string record(std::string_view content) {
  return std::string{eot, stx} + std::string(content) + etx;
}

std::string hex4(std::uint16_t value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(value >> shift) & 0xFU];
  return out;
}

std::optional<int> hex_value(char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto at = digits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c);
  return at == std::string_view::npos ? std::nullopt : std::optional<int>(static_cast<int>(at));
}

std::vector<std::string_view> fields_of(std::string_view frame) {
  std::vector<std::string_view> fields;
  for (;;) {
    const auto end = frame.find(esc);
    fields.push_back(frame.substr(0, end));
    if (end == std::string_view::npos) return fields;
    frame.remove_prefix(end + 1);
  }
}

bool is_number(std::string_view text, std::size_t length) {
  return text.size() == length && is_ascii_digits(text);
}

class Dialog06 final : public ScaleCodec {
 public:
  explicit Dialog06(Dialog06Settings settings) : settings_(std::move(settings)) {}

  std::string begin() override {
    frames_.clear();
    steps_ = 0;
    return ask_price();
  }

  ScaleAnswer receive(std::string_view bytes) override {
    ScaleAnswer answer;
    for (const char c : bytes) {
      if (!frames_.inside() && c == ack) {
        acknowledged(answer);
      } else if (!frames_.inside() && c == nak) {
        say(answer, Asked::status, record("08"));
      } else if (const auto frame = frames_.take(c)) {
        understand(*frame, answer);
      }
      if (answer.reading) break;
    }
    return answer;
  }

 private:
  enum class Asked { price, weight, status, checksum };

  std::string ask_price() {
    asked_ = Asked::price;
    return record(std::string("01") + esc + std::string(price_sent) + esc);
  }

  void say(ScaleAnswer& answer, Asked asked, const std::string& bytes) {
    if (++steps_ > most_steps) {
      finish(answer, {State::garbled, {}});
      return;
    }
    asked_ = asked;
    answer.reply += eot + bytes;
  }

  void acknowledged(ScaleAnswer& answer) {
    if (asked_ == Asked::price || asked_ == Asked::checksum) say(answer, Asked::weight, {eot, enq});
  }

  static void finish(ScaleAnswer& answer, const ScaleReading& reading) {
    answer.reply += eot;
    answer.reading = reading;
  }

  void understand(std::string_view frame, ScaleAnswer& answer) {
    const auto fields = fields_of(frame);
    if (fields[0] == "02") return finish(answer, weighed(fields));
    if (fields[0] == "09" && fields.size() == 2) return finish(answer, told(fields[1]));
    if (fields[0] == "11" && fields.size() == 2) return challenged(fields[1], answer);
    finish(answer, {State::garbled, {}});
  }

  ScaleReading weighed(const std::vector<std::string_view>& fields) {
    last_ = {State::garbled, {}};
    if (fields.size() != 5 || !is_number(fields[1], 1) || !is_number(fields[2], 5) || fields[3] != price_sent ||
        !is_number(fields[4], 6)) {
      return last_;
    }
    const auto weight = parse_weight(fields[2], WeightUnit::gram);
    if (weight) last_ = reading_of(*weight, false);
    return last_;
  }

  ScaleReading told(std::string_view code) {
    struct Meaning {
      std::string_view code;
      State state;
    };
    static constexpr std::array<Meaning, 6> meanings = {{{"00", State::moving},
                                                         {"20", State::moving},
                                                         {"22", State::moving},
                                                         {"30", State::zero},
                                                         {"31", State::under_zero},
                                                         {"32", State::overload}}};
    // Nothing has moved since the scale gave its last weight, so that one still holds. Asked for the first time it
    // waits for a movement.
    if (code == "21") return last_.state == State::stable ? last_ : ScaleReading{State::moving, {}};
    const auto found = std::find_if(meanings.begin(), meanings.end(), [&](const auto& m) { return m.code == code; });
    last_ = {found == meanings.end() ? State::garbled : found->state, {}};
    return last_;
  }

  void challenged(std::string_view text, ScaleAnswer& answer) {
    if (text == "1") return say(answer, Asked::price, ask_price());
    const auto left = text.size() == 3 ? hex_value(text[1]) : std::nullopt;
    const auto right = text.size() == 3 ? hex_value(text[2]) : std::nullopt;
    if (!text.starts_with('2') || !left || !right) return finish(answer, {State::garbled, {}});
    const auto checksum = settings_.pick();
    const auto correction = dialog06_correction(checksum, settings_.polynomial.value_or(0));
    say(answer, Asked::checksum,
        record(std::string("10") + esc + hex4(std::rotl(checksum, *left)) + hex4(std::rotr(correction, *right))));
  }

  Dialog06Settings settings_;
  FrameCollector frames_{stx, etx, longest};
  Asked asked_ = Asked::price;
  int steps_ = 0;
  ScaleReading last_;  // the last weight or the reason why there was none
};

}  // namespace

std::uint16_t dialog06_correction(std::uint16_t checksum, std::uint16_t polynomial) {
  unsigned rest = checksum;
  for (int bit = 0; bit < 16; ++bit) {
    const bool carry = (rest & 0x8000U) != 0;
    rest = (rest << 1) & 0xFFFFU;
    if (carry) rest ^= polynomial;
  }
  return static_cast<std::uint16_t>(rest);
}

std::unique_ptr<ScaleCodec> make_dialog06(Dialog06Settings settings) {
  return std::make_unique<Dialog06>(std::move(settings));
}

}  // namespace lanekeeper::till
