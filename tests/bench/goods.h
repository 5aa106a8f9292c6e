// Plausible goods in any number, the same in every run: real names and codes from ../shared/data/goods when that folder
// lies beside the project, else names made of common words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "catalogue/item.h"
#include "protocol/messages.h"

namespace lanekeeper::bench {

class Goods {
 public:
  Goods();
  // id from 1 on. Every 500th item is loose produce with a PLU and sold by weight; every 50th has a pack code, too.
  [[nodiscard]] catalogue::Item make(catalogue::ItemId id) const;
  [[nodiscard]] bool real() const { return real_; }
  // Names what they are made of: other goods, another name.
  [[nodiscard]] std::string source() const;

 private:
  struct Article {
    std::string name;
    std::string brand;
    std::string spec;
    std::string code;  // digits as printed; may be empty
  };
  void read_real_articles();
  [[nodiscard]] std::string code_of(catalogue::ItemId id) const;

  std::vector<Article> articles_;
  bool real_ = false;
};

// A store with the tax categories that the goods use and one cashier, number 1001 and PIN 2580.
[[nodiscard]] protocol::StoreProfile bench_profile();

// A folder with the replica.db of a till that has this many items; built on first use and kept beside the build, since
// a million items take a while. Copy nothing out of it but read it in place.
[[nodiscard]] std::filesystem::path replica_of(std::int64_t items);

// An empty folder on the same disk as the replicas, removed with the object.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace lanekeeper::bench
