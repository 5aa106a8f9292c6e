// One item in the edit panel: what is typed, what is wrong with it, and getting it stored without trampling on somebody
// else's change.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "base/time.h"
#include "model/item_form.h"
#include "model/lifetime.h"
#include "model/signal.h"
#include "model/store_model.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// UI thread only.
class ItemEditor {
 public:
  // Somebody else stored the item while it was being edited here.
  struct Conflict {
    protocol::ItemRow theirs;
    std::vector<ItemField> contested;  // both changed these, differently
  };
  enum class Saving {
    no,
    sending,
    checking,  // the answer got lost: looking whether the item was stored
  };

  ItemEditor(Transport& transport, const Clock& clock, const StoreModel& store)
      : transport_(transport), clock_(clock), store_(store) {}

  // Whatever was being edited goes; ask dirty() before.
  void open(const protocol::ItemRow& row);
  void open_new(catalogue::CategoryId category);
  void close();
  [[nodiscard]] bool is_open() const { return base_.has_value(); }
  [[nodiscard]] bool is_new() const { return base_ && base_->item.id == 0; }
  [[nodiscard]] bool dirty() const { return base_ && form_ != base_form_; }

  [[nodiscard]] const protocol::ItemRow& base() const { return *base_; }  // as it was stored
  [[nodiscard]] const ItemForm& form() const { return form_; }
  // change gets the form to alter; the field's problem is shown from now on. Nothing happens while saving.
  void edit(ItemField field, const std::function<void(ItemForm&)>& change);
  void discard();

  // Problems of fields that were touched, of all after a try to save.
  [[nodiscard]] const FieldProblem* problem(ItemField field) const;
  [[nodiscard]] std::vector<FieldProblem> shown_problems() const;
  // The item as the form stands (for the margin and the like).
  [[nodiscard]] const catalogue::Item& draft() const { return checked_.item; }
  [[nodiscard]] ZonedTime now() const { return clock_.now(); }

  void save();
  // Nothing was changed since the item was stored here.
  [[nodiscard]] bool just_saved() const { return just_saved_; }
  [[nodiscard]] Saving saving() const { return saving_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::optional<Conflict>& conflict() const { return conflict_; }
  void take_theirs();
  void keep_mine();  // on top of theirs; to be saved then

  // The list has heard of a newer version.
  void refreshed(const protocol::ItemRow& row);

  // A row was stored (added: it is new).
  void on_saved(std::function<void(const protocol::ItemRow& row, bool added)> listener) {
    saved_ = std::move(listener);
  }
  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void start(protocol::ItemRow base);
  void recheck();
  void stored(const protocol::ItemRow& row);
  void answered(Result<protocol::ItemRow> row);
  void refused(const Error& error);
  void refused_code(const Error& error);
  [[nodiscard]] std::size_t row_of_code(const Error& error) const;
  void look_whether_stored(const Error& lost);
  void found_after_loss(const std::optional<protocol::ItemRow>& row, const Error& lost);
  void fetch_theirs();
  void raise_conflict(protocol::ItemRow theirs);

  Transport& transport_;
  const Clock& clock_;
  const StoreModel& store_;
  std::optional<protocol::ItemRow> base_;
  ItemForm base_form_;
  ItemForm form_;
  CheckedForm checked_;
  std::set<ItemField> touched_;
  bool show_all_ = false;
  std::vector<FieldProblem> server_problems_;
  Saving saving_ = Saving::no;
  bool just_saved_ = false;
  catalogue::Item sent_;
  std::optional<Error> error_;
  std::optional<Conflict> conflict_;
  std::function<void(const protocol::ItemRow&, bool)> saved_;
  Lifetime session_;  // of this item in the panel
  Signal changed_;
};

}  // namespace lanekeeper::office
