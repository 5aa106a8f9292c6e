// What this back office remembers between starts: settings.json in the data directory.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

namespace lanekeeper::office {

struct Settings {
  std::string server;       // "store.local:7443"; empty: this machine
  std::string language;     // "zh_CN", "en"; empty: as the desktop
  std::string last_number;  // who signed in last, offered at the next sign-in
};
template <class V>
void describe(V& visit, Settings& s) {
  visit("server", s.server);
  visit("language", s.language);
  visit("last_number", s.last_number);
}

class SettingsStore {
 public:
  explicit SettingsStore(const std::filesystem::path& directory) : file_(directory / "settings.json") {}
  // Defaults when there is none, or when it cannot be understood: settings are a convenience, never a reason not to
  // start.
  [[nodiscard]] Settings load() const;
  [[nodiscard]] Result<void> store(const Settings& settings) const;

 private:
  std::filesystem::path file_;
};

}  // namespace lanekeeper::office
