// The scales' side of the simple protocols, written from docs/devices.md and not from the till's code.
#include <cstdio>

#include "virtual_scale.h"

namespace lanekeeper::devices {

namespace {

using Trouble = Plate::Trouble;

template <class... Values>
std::string format(const char* pattern, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

// Called with every byte that came.
class ByteSpeech : public ScaleSpeech {
 public:
  std::string hear(std::string_view bytes, Plate& plate) final {
    std::string answer;
    for (const char c : bytes) answer += hear_byte(c, plate);
    return answer;
  }

 protected:
  virtual std::string hear_byte(char c, Plate& plate) = 0;
};

class Mettler8217 final : public ByteSpeech {
  std::string hear_byte(char c, Plate& plate) override {
    if (c == 'Z') {
      plate.grams = 0;
      return "\x02?P\r";
    }
    if (c != 'W') return {};
    switch (plate.trouble) {
      case Trouble::moving:
        return "\x02?A\r";
      case Trouble::over:
        return "\x02?B\r";
      case Trouble::under:
        return "\x02?D\r";
      case Trouble::none:
        break;
    }
    return format("\x02%02ld.%03ld%s\r", plate.grams / 1000, plate.grams % 1000, plate.net ? "N" : "");
  }
};

class CasAp final : public ByteSpeech {
  std::string hear_byte(char c, Plate& plate) override {
    if (c == 0x05) return "\x06";
    if (c != 0x11) return {};
    const char status = plate.trouble == Trouble::moving ? 'U' : plate.trouble == Trouble::over ? 'F' : 'S';
    const bool under = plate.trouble == Trouble::under;
    const long grams = under ? 20 : plate.grams;
    const auto body = format("%c%c%2ld.%03ldkg", status, under ? '-' : ' ', grams / 1000, grams % 1000);
    unsigned check = 0;
    for (const char byte : body) check ^= static_cast<unsigned char>(byte);
    return "\x01\x02" + body + static_cast<char>(check) + "\x03\x04";
  }
};

class CasText final : public ScaleSpeech {
 public:
  std::string hear(std::string_view, Plate&) override { return {}; }
  std::string by_itself(Plate& plate) override {
    const bool under = plate.trouble == Trouble::under;
    const char* state = plate.trouble == Trouble::moving ? "US" : plate.trouble == Trouble::over ? "OL" : "ST";
    const long grams = under ? 20 : plate.grams;
    return format("%s,%s,%c%3ld.%03ldkg\r\n", state, plate.net ? "NT" : "GS", under ? '-' : '+', grams / 1000,
                  grams % 1000);
  }
};

class CasPd2 final : public ByteSpeech {
  std::string hear_byte(char c, Plate& plate) override {
    if (c != 'W') return {};
    if (plate.trouble == Trouble::over) return "\x02-----\x03";
    if (plate.trouble == Trouble::under) return "\x02-0.02\x03";
    // It cannot say that the weight is not stable; the digits just run.
    const long wobble = plate.trouble == Trouble::moving ? ++wobble_ % 7 + 1 : 0;
    return format("\x02%05ld\x03", plate.grams + wobble);
  }
  long wobble_ = 0;
};

class Nci final : public ByteSpeech {
  std::string hear_byte(char c, Plate& plate) override {
    if (c != '\r') {
      command_ += c;
      return {};
    }
    const auto command = std::exchange(command_, {});
    if (command == "Z") plate.grams = 0;
    const auto status = status_of(plate);
    if (command == "S" || command == "Z") return "\n" + status + "\r\x03";
    if (command != "W") return "\n?\r\x03";
    auto weight = format("%4ld.%03ldKG", plate.grams / 1000, plate.grams % 1000);
    if (plate.trouble == Trouble::over) weight = "^^^^^^^^KG";
    if (plate.trouble == Trouble::under) weight = "________KG";
    return "\n" + weight + "\r\n" + status + "\r\x03";
  }

  static std::string status_of(const Plate& plate) {
    unsigned first = 0x30;
    unsigned second = 0x30;
    if (plate.trouble == Trouble::moving) first |= 1U;
    if (plate.trouble == Trouble::none && plate.grams == 0) first |= 2U;
    if (plate.trouble == Trouble::under) second |= 1U;
    if (plate.trouble == Trouble::over) second |= 2U;
    std::string status = {static_cast<char>(first), static_cast<char>(second)};
    if (plate.net) {
      status[1] = static_cast<char>(second | 0x40U);
      status += '4';
    }
    return status;
  }

  std::string command_;
};

}  // namespace

std::unique_ptr<ScaleSpeech> scale_speech(const std::string& protocol) {
  if (protocol == "mettler-8217") return std::make_unique<Mettler8217>();
  if (protocol == "cas") return std::make_unique<CasAp>();
  if (protocol == "cas-text") return std::make_unique<CasText>();
  if (protocol == "cas-pd2") return std::make_unique<CasPd2>();
  if (protocol == "nci") return std::make_unique<Nci>();
  if (protocol == "dialog06") return dialog06_speech();
  return nullptr;
}

}  // namespace lanekeeper::devices
