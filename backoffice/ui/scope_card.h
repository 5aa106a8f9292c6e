// The goods of a promotion: found one by one, by category, by brand, or all of them, less some.
#pragma once

#include "office_ui/goods_picker.h"
#include "office_ui/promotion_card.h"

namespace lanekeeper::office {

// What a scope lists, a row each, with a cross that takes it out.
class ScopeList : public FlowControl {
 public:
  struct Row {
    wxString code;
    wxString name;
    wxString price;
    wxString tag;  // what is wrong with it
    bool quiet = false;
    bool operator==(const Row&) const = default;
  };
  explicit ScopeList(wxWindow* parent);
  // more: a last line that says what is not listed; may be empty.
  void set(std::vector<Row> rows, const wxString& more, bool editable);
  void on_remove(std::function<void(std::size_t row)> handler) { remove_ = std::move(handler); }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] double height_for(double width) const override;

 private:
  std::vector<Row> rows_;
  wxString more_;
  bool editable_ = false;
  std::function<void(std::size_t)> remove_;
};

class ScopeCard : public PromotionCard {
 public:
  ScopeCard(wxWindow* parent, Shell& shell, const PromotionWords& promotions);
  bool take_key(const wxKeyEvent& event) override;
  [[nodiscard]] GoodsPicker& picker() { return *picker_; }  // for tests

 protected:
  void show_fields() override;

 private:
  static constexpr std::size_t most_rows = 30;
  using Part = std::vector<std::string> pricing::Scope::*;

  void add_to(Part part, const std::string& value);
  void remove(std::size_t row);
  void show_list();
  [[nodiscard]] ScopeList::Row item_row(const std::string& number) const;

  const PromotionWords& promotions_;
  GoodsPicker* picker_;
  widgets::SelectField* category_;
  std::vector<std::string> category_ids_;
  widgets::TextField* brand_;
  widgets::Chip* all_;
  ScopeList* list_;
  widgets::NoteBox* problem_;
  widgets::Label* empty_;
  std::vector<std::pair<Part, std::string>> shown_;  // what the rows of the list stand for
};

}  // namespace lanekeeper::office
