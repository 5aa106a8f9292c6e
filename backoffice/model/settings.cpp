#include "model/settings.h"

#include "base/json_codec.h"
#include "model/private_files.h"

namespace lanekeeper::office {

Settings SettingsStore::load() const {
  const auto content = read_small_file(file_);
  if (!content || !*content) return {};
  return json::decode<Settings>(**content).value_or(Settings{});
}

Result<void> SettingsStore::store(const Settings& settings) const {
  return write_private_file(file_, json::encode(settings));
}

}  // namespace lanekeeper::office
