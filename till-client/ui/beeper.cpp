#include "till_ui/beeper.h"

#include <cmath>
#include <numbers>
#include <string>

#include <wx/log.h>

namespace lanekeeper::till::ui {

namespace {

constexpr int rate = 22050;  // samples a second, 8 bits, one channel

void put(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

void tone(std::string& samples, int hertz, int ms) {
  const int count = rate * ms / 1000;
  for (int i = 0; i < count; ++i) {
    // A soft start and end, so that it does not click.
    const double edge = std::min({1.0, i / 100.0, (count - i) / 100.0});
    const double wave = std::sin(2 * std::numbers::pi * hertz * i / rate);
    samples += static_cast<char>(128 + static_cast<int>(90 * edge * wave));
  }
}

void silence(std::string& samples, int ms) {
  samples.append(static_cast<std::size_t>(rate * ms / 1000), static_cast<char>(128));
}

std::string wave_file(const std::string& samples) {
  std::string bytes = "RIFF";
  put(bytes, static_cast<std::uint32_t>(36 + samples.size()), 4);
  bytes += "WAVEfmt ";
  put(bytes, 16, 4);
  put(bytes, 1, 2);  // PCM
  put(bytes, 1, 2);
  put(bytes, rate, 4);
  put(bytes, rate, 4);
  put(bytes, 1, 2);
  put(bytes, 8, 2);
  bytes += "data";
  put(bytes, static_cast<std::uint32_t>(samples.size()), 4);
  return bytes + samples;
}

std::string samples_of(Sound sound) {
  std::string samples;
  switch (sound) {
    case Sound::ok:
      tone(samples, 2200, 60);
      break;
    case Sound::attention:
      tone(samples, 1400, 90);
      silence(samples, 60);
      tone(samples, 1400, 90);
      break;
    case Sound::stop:
      tone(samples, 320, 600);
      break;
  }
  return samples;
}

}  // namespace

Beeper::Beeper() {
  const wxLogNull quiet;
  for (std::size_t i = 0; i < sounds_.size(); ++i) {
    const std::string bytes = wave_file(samples_of(static_cast<Sound>(i)));
    sounds_[i] = std::make_unique<wxSound>();
    if (!sounds_[i]->Create(bytes.size(), bytes.data())) sounds_[i].reset();
  }
}

void Beeper::play(Sound sound) {
  const wxLogNull quiet;
  const auto& one = sounds_[static_cast<std::size_t>(sound)];
  if (one) one->Play(wxSOUND_ASYNC);
}

}  // namespace lanekeeper::till::ui
