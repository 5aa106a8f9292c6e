// Prices and promotions: the list, one promotion in the editor, the versions, and publishing, one in place of another.
#pragma once

#include <wx/simplebook.h>

#include "office_ui/page.h"
#include "office_ui/promotion_editor_view.h"
#include "office_ui/promotion_list.h"
#include "office_ui/promotion_publish.h"
#include "office_ui/promotion_versions.h"

namespace lanekeeper::office {

class PromotionsPage : public Page {
 public:
  enum class View { list, editor, versions, publish };

  PromotionsPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override;
  [[nodiscard]] wxString subtitle() const override;
  [[nodiscard]] std::vector<Action> actions() override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_search() override;
  void focus_first() override;

  void show(View view);
  void add();
  [[nodiscard]] View view() const { return view_; }
  // For tests.
  [[nodiscard]] PromotionList& list() { return *list_; }
  [[nodiscard]] PromotionVersions& versions() { return *versions_; }
  [[nodiscard]] PromotionEditorView& editor() { return *editor_; }
  [[nodiscard]] PromotionPublish& publish() { return *publish_; }

 protected:
  void update() override;

 private:
  [[nodiscard]] PromotionDesk& desk() const { return office().promotions(); }
  void open(const std::string& id);
  void remove_or_take_back();
  void to_publish();
  bool may_leave();
  bool escape();
  [[nodiscard]] bool is_removed() const;
  void add_list_actions(std::vector<Action>& result);
  void add_editor_actions(std::vector<Action>& result);

  PromotionWords promotions_;
  wxSimplebook* book_;
  PromotionList* list_;
  PromotionEditorView* editor_;
  PromotionVersions* versions_;
  PromotionPublish* publish_;
  View view_ = View::list;
};

}  // namespace lanekeeper::office
