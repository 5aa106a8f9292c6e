// The scale's side of Checkout Dialog 06: it wants a price, gives each weight away once, and may ask for a checksum.
#include <cstdio>

#include "virtual_scale.h"

namespace lanekeeper::devices {

namespace {

using Trouble = Plate::Trouble;

constexpr char stx = 0x02;
constexpr char etx = 0x03;
constexpr char eot = 0x04;
constexpr char enq = 0x05;
const std::string ack = "\x06";
const std::string nak = "\x15";
const std::string esc = "\x1B";

std::string record(const std::string& content) {
  return stx + content + etx;
}

// Long division in GF(2), on paper: thirty-two columns, sixteen steps.
unsigned remainder_of(unsigned checksum, unsigned polynomial) {
  std::uint64_t dividend = std::uint64_t{checksum} << 16U;
  const std::uint64_t divisor = 0x10000U | polynomial;
  for (int column = 31; column >= 16; --column) {
    if ((dividend >> column & 1U) != 0) dividend ^= divisor << (column - 16);
  }
  return static_cast<unsigned>(dividend);
}

unsigned rotated_left(unsigned value, unsigned bits) {
  return (value << bits | value >> (16U - bits)) & 0xFFFFU;
}

class Dialog06 final : public ScaleSpeech {
 public:
  std::string hear(std::string_view bytes, Plate& plate) override {
    std::string answer;
    for (const char c : bytes) {
      if (c == eot) {
        inside_ = false;
      } else if (c == stx) {
        inside_ = true;
        record_.clear();
      } else if (inside_ && c == etx) {
        inside_ = false;
        answer += understand(plate);
      } else if (inside_) {
        record_ += c;
      } else if (c == enq) {
        answer += give_weight(plate);
      }
    }
    return answer;
  }

  bool challenge(std::uint16_t polynomial) override {
    polynomial_ = polynomial;
    proven_ = Proof::wanted;
    return true;
  }

 private:
  enum class Proof { none, wanted, right, wrong };

  std::string understand(Plate& plate) {
    const auto kind = record_.substr(0, 2);
    if (kind == "01" || kind == "03" || kind == "04" || kind == "05") return take_price();
    if (kind == "08") return record("09" + esc + code_);
    if (kind == "10") return take_proof();
    code_ = "10";
    (void)plate;
    return nak;
  }

  std::string take_price() {
    if (record_.size() < 9 || record_[2] != esc[0]) {
      code_ = "11";
      return nak;
    }
    if (proven_ == Proof::wanted) return record("11" + esc + "2" + "5A");
    price_ = record_.substr(3, 6);
    return ack;
  }

  std::string take_proof() {
    if (record_.size() != 11) {
      code_ = "10";
      return nak;
    }
    const auto checksum = rotated_left(static_cast<unsigned>(std::stoul(record_.substr(3, 4), nullptr, 16)), 16 - 5);
    const auto correction = rotated_left(static_cast<unsigned>(std::stoul(record_.substr(7, 4), nullptr, 16)), 10);
    proven_ = remainder_of(checksum, polynomial_) == correction ? Proof::right : Proof::wrong;
    return ack;
  }

  std::string give_weight(Plate& plate) {
    if (proven_ == Proof::right || proven_ == Proof::wrong) {
      const bool right = proven_ == Proof::right;
      proven_ = right ? Proof::none : Proof::wanted;
      return record("11" + esc + (right ? "1" : "0"));
    }
    code_ = why_not(plate);
    if (code_ != "00" || price_.empty()) return nak;
    plate.disturbed = false;
    char text[64];
    const long total = (plate.grams * std::stol(price_) + 500) / 1000;
    std::snprintf(text, sizeof text, "02%s3%s%05ld%s%s%s%06ld", esc.c_str(), esc.c_str(), plate.grams, esc.c_str(),
                  price_.c_str(), esc.c_str(), total);
    price_.clear();
    return record(text);
  }

  static std::string why_not(const Plate& plate) {
    switch (plate.trouble) {
      case Trouble::moving:
        return "20";
      case Trouble::under:
        return "31";
      case Trouble::over:
        return "32";
      case Trouble::none:
        break;
    }
    if (plate.grams < 20) return "30";
    return plate.disturbed ? "00" : "21";
  }

  bool inside_ = false;
  std::string record_;
  std::string price_;
  std::string code_ = "00";
  std::uint16_t polynomial_ = 0;
  Proof proven_ = Proof::none;
};

}  // namespace

std::unique_ptr<ScaleSpeech> dialog06_speech() {
  return std::make_unique<Dialog06>();
}

}  // namespace lanekeeper::devices
