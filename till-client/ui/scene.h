// What a panel is shown: the desk, the words, the room there is. And the base of all panels, which lay themselves out
// in design pixels.
#pragma once

#include <functional>
#include <initializer_list>

#include <wx/panel.h>

#include "till_ui/desk.h"
#include "till_ui/metrics.h"
#include "widgets/painted.h"
#include "widgets/text.h"

namespace lanekeeper::till::ui {

struct Scene {
  const Desk& desk;
  const i18n::Texts& texts;
  Metrics metrics;

  [[nodiscard]] wxString text(std::string_view key, const i18n::Texts::Parameters& parameters = {}) const {
    return widgets::to_wx(texts.text(key, parameters));
  }
  [[nodiscard]] wxString say(const Words& words) const { return widgets::to_wx(words.in(texts)); }
  [[nodiscard]] bool english() const { return texts.language() == i18n::Language::en; }
  // The name in the language of the screen.
  [[nodiscard]] wxString name_of(const catalogue::ItemSummary& item) const;
  [[nodiscard]] wxString name_of(const ViewLine& line) const;
};

class ScenePanel : public wxPanel {
 public:
  explicit ScenePanel(wxWindow* parent);
  // Shows the scene; only what differs is painted again.
  void show(const Scene& scene);

 protected:
  virtual void update(const Scene& scene) = 0;
  virtual void lay_out(widgets::Area area, const Metrics& metrics) = 0;
  static void put(wxWindow& window, const widgets::Area& area);
  // The place of a key in a grid, row by row.
  [[nodiscard]] static widgets::Area cell(const widgets::Area& area, std::size_t index, int columns, double width,
                                          double height, double gap);
  // Lays out again at once, after something in update() changed its room.
  void lay_out_again();
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }
  // Of several windows in one place, the one to be seen.
  static void show_only(wxWindow* shown, std::initializer_list<wxWindow*> all);

 private:
  Metrics metrics_;
};

}  // namespace lanekeeper::till::ui
