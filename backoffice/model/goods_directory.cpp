#include "model/goods_directory.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace lanekeeper::office {

namespace {

constexpr std::size_t rows_by_number = 20;  // a number can be part of other goods' codes

}  // namespace

const protocol::ItemRow* GoodsDirectory::find(const std::string& number) {
  const auto found = rows_.find(number);
  if (found != rows_.end()) return &found->second;
  if (missing_.contains(number) || asking_.contains(number) || asking_.size() >= max_asking) return nullptr;
  asking_.insert(number);
  transport_.send(get(fmt::format("/v1/items?limit={}&query={}", rows_by_number, net::percent_encode(number))),
                  decoded<protocol::ItemPage>(alive_, [this, number](auto page) {
                    asking_.erase(number);
                    if (!page) return;  // asked again when it is needed again
                    for (const auto& row : page->rows) {
                      if (row.item.number == number) rows_[number] = row;
                    }
                    if (!rows_.contains(number)) missing_.insert(number);
                    changed_.notify();
                  }));
  return nullptr;
}

void GoodsDirectory::learn(const protocol::ItemRow& row) {
  rows_[row.item.number] = row;
  missing_.erase(row.item.number);
}

void GoodsDirectory::clear() {
  alive_.renew();
  rows_.clear();
  asking_.clear();
  missing_.clear();
}

void GoodsFinder::set_query(const std::string& query) {
  if (query == query_) return;
  query_ = query;
  searched_ = false;
  rows_.clear();
  asked_.renew();
  typing_.reset();
  if (!trim(query_).empty()) typing_ = timers_.once(typing_pause, [this] { search_now(); });
  changed_.notify();
}

void GoodsFinder::search_now() {
  typing_.reset();
  if (trim(query_).empty() || searched_) return;
  transport_.send(
      get(fmt::format("/v1/items?limit={}&query={}", most_rows, net::percent_encode(std::string(trim(query_))))),
      decoded<protocol::ItemPage>(asked_, [this](auto page) {
        if (page) rows_ = std::move(page->rows);
        if (rows_.size() > most_rows) rows_.resize(most_rows);
        for (const auto& row : rows_) directory_.learn(row);
        searched_ = true;
        changed_.notify();
      }));
}

}  // namespace lanekeeper::office
