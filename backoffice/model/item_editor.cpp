#include "model/item_editor.h"

#include "base/text.h"

namespace lanekeeper::office {
namespace {

// Equal in everything that a person can change.
bool same_content(catalogue::Item a, catalogue::Item b) {
  a.id = b.id = 0;
  a.version = b.version = 0;
  return a == b;
}

std::string detail(const Error& error, std::string_view wanted) {
  for (const auto& [name, value] : error.details) {
    if (name == wanted) return value;
  }
  return {};
}

std::string item_path(catalogue::ItemId id) {
  return "/v1/items/" + std::to_string(id);
}

}  // namespace

void ItemEditor::open(const protocol::ItemRow& row) {
  start(row);
}

void ItemEditor::open_new(catalogue::CategoryId category) {
  protocol::ItemRow blank;
  blank.item.category = category;
  const auto& taxes = store_.profile().taxes;
  if (!taxes.empty()) blank.item.tax_category = taxes.front().id;
  start(std::move(blank));
}

void ItemEditor::start(protocol::ItemRow base) {
  session_.renew();
  base_ = std::move(base);
  base_form_ = form_ = form_of(base_->item, clock_.now().instant);
  touched_.clear();
  show_all_ = false;
  server_problems_.clear();
  saving_ = Saving::no;
  just_saved_ = false;
  error_.reset();
  conflict_.reset();
  recheck();
  changed_.notify();
}

void ItemEditor::close() {
  if (!base_) return;
  session_.renew();
  base_.reset();
  saving_ = Saving::no;
  error_.reset();
  conflict_.reset();
  changed_.notify();
}

void ItemEditor::recheck() {
  checked_ = check(form_, base_->item, FormContext{clock_.now(), store_.profile().layouts});
}

void ItemEditor::edit(ItemField field, const std::function<void(ItemForm&)>& change) {
  if (!base_ || saving_ != Saving::no) return;
  const bool automatic = field != ItemField::mnemonic && follows_name(form_);
  change(form_);
  just_saved_ = false;
  if (automatic && field == ItemField::name) form_.mnemonic = catalogue::pinyin_initials(form_.name);
  if (form_ == base_form_) {
    touched_.clear();
    show_all_ = false;
  } else {
    touched_.insert(field);
  }
  std::erase_if(server_problems_, [field](const auto& problem) { return problem.field == field; });
  recheck();
  changed_.notify();
}

void ItemEditor::discard() {
  if (!base_) return;
  if (conflict_) return take_theirs();
  start(*base_);
}

const FieldProblem* ItemEditor::problem(ItemField field) const {
  for (const auto& problem : server_problems_) {
    if (problem.field == field) return &problem;
  }
  if (!show_all_ && !touched_.contains(field)) return nullptr;
  for (const auto& problem : checked_.problems) {
    if (problem.field == field) return &problem;
  }
  return nullptr;
}

std::vector<FieldProblem> ItemEditor::shown_problems() const {
  std::vector<FieldProblem> result = server_problems_;
  for (const auto& problem : checked_.problems) {
    if (show_all_ || touched_.contains(problem.field)) result.push_back(problem);
  }
  return result;
}

void ItemEditor::save() {
  if (!base_ || saving_ != Saving::no || conflict_) return;
  if (!is_new() && !dirty()) return;
  error_.reset();
  server_problems_.clear();
  show_all_ = true;
  recheck();
  if (checked_.problems.empty()) {
    sent_ = checked_.item;
    saving_ = Saving::sending;
    auto request = is_new() ? with_body("POST", "/v1/items", sent_) : with_body("PUT", item_path(sent_.id), sent_);
    transport_.send(std::move(request),
                    decoded<protocol::ItemRow>(session_, [this](auto row) { answered(std::move(row)); }));
  }
  changed_.notify();
}

void ItemEditor::answered(Result<protocol::ItemRow> row) {
  if (row) return stored(*row);
  if (row.error().code == "item.changed_meanwhile") return fetch_theirs();
  if (is_network_error(row.error()) && row.error().code != "net.unreachable") return look_whether_stored(row.error());
  if (row.error().code == "item.code_taken") return refused_code(row.error());
  refused(row.error());
}

// Says whose the barcode is by name: the server tells it by id and number.
void ItemEditor::refused_code(const Error& error) {
  const std::string owner = detail(error, "item");
  if (owner.empty() || !is_ascii_digits(owner)) return refused(error);
  transport_.send(get("/v1/items/" + owner), decoded<protocol::ItemRow>(session_, [this, error](auto row) {
                    Error named = error;
                    for (auto& [name, value] : named.details) {
                      if (name == "item") value = row ? row->item.name : detail(error, "number");
                      if (name == "code") value = shown_code(value);
                    }
                    refused(named);
                  }));
}

std::size_t ItemEditor::row_of_code(const Error& error) const {
  const std::string code = shown_code(detail(error, "code"));
  auto known = checked_.item.codes.begin();  // rows that are still empty are left out there
  for (std::size_t row = 0; row < form_.codes.size() && known != checked_.item.codes.end(); ++row) {
    if (trim(form_.codes[row].code).empty()) continue;
    if (shown_code(known->code) == code) return row;
    ++known;
  }
  return 0;
}

void ItemEditor::stored(const protocol::ItemRow& row) {
  const bool added = is_new();
  start(row);
  just_saved_ = true;
  changed_.notify();
  if (saved_) saved_(row, added);
}

void ItemEditor::refused(const Error& error) {
  saving_ = Saving::no;
  const ItemField field = field_of(error);
  if (field == ItemField::other) {
    error_ = error;
  } else {
    server_problems_.push_back({field, field == ItemField::codes ? row_of_code(error) : 0, error});
  }
  changed_.notify();
}

void ItemEditor::look_whether_stored(const Error& lost) {
  saving_ = Saving::checking;
  changed_.notify();
  if (!is_new()) {
    transport_.send(get(item_path(sent_.id)), decoded<protocol::ItemRow>(session_, [this, lost](auto row) {
                      found_after_loss(row ? std::optional(*row) : std::nullopt, lost);
                    }));
    return;
  }
  transport_.send(get("/v1/items?limit=20&query=" + net::percent_encode(sent_.number)),
                  decoded<protocol::ItemPage>(session_, [this, lost](auto page) {
                    std::optional<protocol::ItemRow> found;
                    if (page) {
                      for (const auto& row : page->rows) {
                        if (row.item.number == sent_.number) found = row;
                      }
                    }
                    found_after_loss(found, lost);
                  }));
}

void ItemEditor::found_after_loss(const std::optional<protocol::ItemRow>& row, const Error& lost) {
  if (row && same_content(row->item, sent_)) return stored(*row);
  if (row && !is_new() && row->item.version != base_->item.version) return raise_conflict(*row);
  refused(lost);
}

void ItemEditor::fetch_theirs() {
  transport_.send(get(item_path(base_->item.id)), decoded<protocol::ItemRow>(session_, [this](auto row) {
                    if (!row) return refused(row.error());
                    raise_conflict(std::move(*row));
                  }));
}

void ItemEditor::raise_conflict(protocol::ItemRow theirs) {
  saving_ = Saving::no;
  const auto merged = merge(base_form_, form_, form_of(theirs.item, clock_.now().instant));
  conflict_ = Conflict{std::move(theirs), merged.contested};
  changed_.notify();
}

void ItemEditor::take_theirs() {
  if (!conflict_) return;
  const auto theirs = conflict_->theirs;
  start(theirs);
}

void ItemEditor::keep_mine() {
  if (!conflict_) return;
  const ItemForm theirs = form_of(conflict_->theirs.item, clock_.now().instant);
  form_ = merge(base_form_, form_, theirs).form;
  base_form_ = theirs;
  base_ = std::move(conflict_->theirs);
  conflict_.reset();
  recheck();
  changed_.notify();
}

void ItemEditor::refreshed(const protocol::ItemRow& row) {
  if (!base_ || base_->item.id != row.item.id || saving_ != Saving::no) return;
  if (row.item.version <= base_->item.version) {
    if (base_->stock == row.stock) return;
    base_->stock = row.stock;
    changed_.notify();
  } else if (dirty()) {
    raise_conflict(row);
  } else {
    start(row);
  }
}

}  // namespace lanekeeper::office
