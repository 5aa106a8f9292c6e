// Catalogue pages as JSON text, written straight from the items: a full load of a large catalogue would otherwise spend
// most of its time on building and taking down trees. A test holds the text to json::encode's, byte for byte.
#pragma once

#include <string>
#include <vector>

#include "catalogue/item.h"

namespace lanekeeper::services {

// The text of a protocol::CataloguePage.
[[nodiscard]] std::string encode_page(const std::vector<catalogue::Item>& items, catalogue::Version version,
                                      bool complete);

}  // namespace lanekeeper::services
