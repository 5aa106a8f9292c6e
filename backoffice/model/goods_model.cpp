#include "model/goods_model.h"

#include <fmt/format.h>

namespace lanekeeper::office {
namespace {

std::string_view name_of(protocol::ItemState state) {
  for (const auto& [value, name] : json::EnumNames<protocol::ItemState>::names) {
    if (value == state) return name;
  }
  return {};
}

}  // namespace

GoodsModel::GoodsModel(Transport& transport, Timers& timers, const Clock& clock, const StoreModel& store)
    : transport_(transport), timers_(timers), editor_(transport, clock, store) {
  editor_.on_saved([this](const protocol::ItemRow& row, bool added) { saved(row, added); });
}

void GoodsModel::set_query(const std::string& query) {
  if (query == filter_.query) return;
  filter_.query = query;
  typing_ = timers_.once(typing_pause, [this] { search(); });
}

void GoodsModel::search_now() {
  search();
}

void GoodsModel::set_category(catalogue::CategoryId category) {
  if (category == filter_.category) return;
  filter_.category = category;
  search();
}

void GoodsModel::set_state(std::optional<protocol::ItemState> state) {
  if (state == filter_.state) return;
  filter_.state = state;
  search();
}

void GoodsModel::search() {
  typing_.reset();
  ++search_number_;
  Load fresh;
  fresh.wanted = page_rows;
  fresh.replaces = true;
  load(std::move(fresh));
}

void GoodsModel::refresh(Asked asked) {
  Load again;
  again.asked = asked;
  again.wanted = std::max(page_rows, rows_.size());
  again.replaces = true;
  load(std::move(again));
}

void GoodsModel::need_more() {
  if (loading_ || complete_ || error_) return;
  Load more;
  more.wanted = page_rows;
  load(std::move(more));
}

std::string GoodsModel::target(catalogue::ItemId after) const {
  std::string result = fmt::format("/v1/items?limit={}", page_rows);
  if (!filter_.query.empty()) result += "&query=" + net::percent_encode(filter_.query);
  if (filter_.category != 0) result += fmt::format("&category={}", filter_.category);
  if (filter_.state) result += fmt::format("&state={}", name_of(*filter_.state));
  if (after != 0) result += fmt::format("&after={}", after);
  return result;
}

void GoodsModel::load(Load load) {
  search_.renew();
  loading_ = true;
  catalogue::ItemId after = 0;
  if (!load.rows.empty()) {
    after = load.rows.back().item.id;
  } else if (!load.replaces && !rows_.empty()) {
    after = rows_.back().item.id;
  }
  transport_.send(get(target(after), load.asked),
                  decoded<protocol::ItemPage>(search_, [this, load = std::move(load)](auto page) mutable {
                    loaded(std::move(load), std::move(page));
                  }));
  changed_.notify();
}

void GoodsModel::loaded(Load load, Result<protocol::ItemPage> page) {
  loading_ = false;
  if (!page) {
    error_ = page.error();
    changed_.notify();
    return;
  }
  error_.reset();
  total_ = page->total;
  if (page->counts) load.counts = page->counts;
  const bool last = page->rows.size() < page_rows;
  std::move(page->rows.begin(), page->rows.end(), std::back_inserter(load.rows));
  if (!last && load.rows.size() < load.wanted) return this->load(std::move(load));
  complete_ = last;
  if (load.counts) counts_ = load.counts;
  if (load.replaces) rows_.clear();
  std::move(load.rows.begin(), load.rows.end(), std::back_inserter(rows_));
  ever_loaded_ = true;
  if (editor_.is_open()) {
    if (const auto row = selected_row()) editor_.refreshed(rows_[*row]);
  }
  changed_.notify();
}

void GoodsModel::pushed_version(catalogue::Version version) {
  if (version <= newest_version_) return;
  newest_version_ = version;
  if (ever_loaded_) schedule_refresh();
}

void GoodsModel::schedule_refresh() {
  pushed_ = timers_.once(push_pause, [this] {
    if (loading_) return schedule_refresh();
    pushed_.reset();
    refresh(Asked::by_itself);
  });
}

void GoodsModel::clear() {
  search_.renew();
  typing_.reset();
  pushed_.reset();
  rows_.clear();
  counts_.reset();
  total_ = 0;
  complete_ = loading_ = ever_loaded_ = false;
  error_.reset();
  changed_.notify();
}

void GoodsModel::select(std::size_t row) {
  if (row < rows_.size()) editor_.open(rows_[row]);
  changed_.notify();
}

std::optional<std::size_t> GoodsModel::selected_row() const {
  if (!editor_.is_open() || editor_.is_new()) return std::nullopt;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (rows_[row].item.id == editor_.base().item.id) return row;
  }
  return std::nullopt;
}

void GoodsModel::add() {
  editor_.open_new(filter_.category);
  changed_.notify();
}

void GoodsModel::saved(const protocol::ItemRow& row, bool added) {
  newest_version_ = std::max(newest_version_, row.item.version);
  if (const auto place = selected_row()) rows_[*place] = row;
  if (added) {
    rows_.insert(rows_.begin(), row);
    ++total_;
  }
  changed_.notify();
}

}  // namespace lanekeeper::office
