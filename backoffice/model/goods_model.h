// The goods table: a search that follows the typing, rows as they are needed, and the item in the edit panel.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/item_editor.h"
#include "model/timers.h"

namespace lanekeeper::office {

// UI thread only. Rows are loaded in pages; the table asks for more when its end comes into view. Goods have no last
// page worth scrolling to: whoever looks for something types.
class GoodsModel {
 public:
  static constexpr std::chrono::milliseconds typing_pause{120};
  static constexpr std::chrono::milliseconds push_pause{400};  // several changes in a row are one refresh
  static constexpr std::size_t page_rows = 100;

  struct Filter {
    std::string query;
    catalogue::CategoryId category = 0;  // 0: all
    std::optional<protocol::ItemState> state;
    bool operator==(const Filter&) const = default;
  };

  GoodsModel(Transport& transport, Timers& timers, const Clock& clock, const StoreModel& store);

  void set_query(const std::string& query);  // searches when the typing pauses
  void search_now();                         // Enter
  void set_category(catalogue::CategoryId category);
  void set_state(std::optional<protocol::ItemState> state);
  [[nodiscard]] const Filter& filter() const { return filter_; }

  void refresh(Asked asked = Asked::by_person);  // the rows there are, again; keeps the place and the selection
  void need_more();                              // the end of the rows is in view
  void pushed_version(catalogue::Version version);
  void clear();  // signed out

  [[nodiscard]] const std::vector<protocol::ItemRow>& rows() const { return rows_; }
  [[nodiscard]] std::int64_t total() const { return total_; }
  [[nodiscard]] const std::optional<protocol::ItemCounts>& counts() const { return counts_; }
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool ever_loaded() const { return ever_loaded_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  // Grows with every search that begins at the top again: the table scrolls there.
  [[nodiscard]] std::int64_t search_number() const { return search_number_; }

  // The selected item is the one in the editor.
  void select(std::size_t row);
  [[nodiscard]] std::optional<std::size_t> selected_row() const;
  void add();
  [[nodiscard]] ItemEditor& editor() { return editor_; }
  [[nodiscard]] const ItemEditor& editor() const { return editor_; }

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  struct Load {
    std::vector<protocol::ItemRow> rows;
    std::optional<protocol::ItemCounts> counts;
    std::size_t wanted = 0;
    bool replaces = false;  // what was shown before
    Asked asked = Asked::by_person;
  };
  void search();
  void schedule_refresh();
  void load(Load load);
  void loaded(Load load, Result<protocol::ItemPage> page);
  [[nodiscard]] std::string target(catalogue::ItemId after) const;
  void saved(const protocol::ItemRow& row, bool added);

  Transport& transport_;
  Timers& timers_;
  ItemEditor editor_;
  Filter filter_;
  std::vector<protocol::ItemRow> rows_;
  std::int64_t total_ = 0;
  std::optional<protocol::ItemCounts> counts_;
  bool complete_ = false;
  bool loading_ = false;
  bool ever_loaded_ = false;
  std::optional<Error> error_;
  std::int64_t search_number_ = 0;
  catalogue::Version newest_version_ = 0;
  std::unique_ptr<Timer> typing_;
  std::unique_ptr<Timer> pushed_;
  Lifetime search_;
  Signal changed_;
};

}  // namespace lanekeeper::office
