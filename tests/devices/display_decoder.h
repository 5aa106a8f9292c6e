// What a line display shows after the bytes it was sent, written from docs/devices.md and not from the till's code.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace lanekeeper::devices {

enum class DisplayKind { cd5220, dm_d, led8 };
enum class LampWiring { ascii, binary, partner, bare };

class DisplayDecoder {
 public:
  explicit DisplayDecoder(DisplayKind kind, LampWiring wiring = LampWiring::ascii);
  void feed(std::string_view bytes);

  [[nodiscard]] nlohmann::json shown() const;  // upper and lower, or number and lamp
  [[nodiscard]] int drawer_pulses() const { return drawer_pulses_; }
  [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }  // commands in hex

 private:
  static constexpr std::size_t columns = 20;
  // A character's bytes stand in its first column; the second column of a wide one is empty.
  using Line = std::array<std::string, columns>;

  // The length of the command or character at the beginning, 0 when it has not come wholly.
  std::size_t step(std::string_view bytes);
  std::size_t escape(std::string_view bytes);
  std::size_t unit_separator(std::string_view bytes);
  std::size_t line_text(std::string_view bytes);
  std::size_t lamp(std::string_view bytes);
  std::size_t character(std::string_view bytes);
  void put(std::size_t line, std::size_t& column, std::string_view bytes, std::size_t width);
  void blank();
  void not_known(std::string_view bytes);

  DisplayKind kind_;
  LampWiring wiring_;
  std::string pending_;
  std::array<Line, 2> screen_;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  std::string number_;
  int lamp_ = 0;
  int drawer_pulses_ = 0;
  std::vector<std::string> unknown_;
};

}  // namespace lanekeeper::devices
