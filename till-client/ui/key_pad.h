// A pad of keys: digits with a column of commands, or letters for pinyin. What a key types or does is told to a
// handler.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "till_ui/scene.h"
#include "widgets/touch_key.h"

namespace lanekeeper::till::ui {

class KeyPad : public ScenePanel {
 public:
  struct Spec {
    std::string text_key{};  // label from the catalogue; empty: what it types is its label
    std::string types{};
    std::optional<Action> action{};
    std::string cap{};
    widgets::TouchKey::Look look = widgets::TouchKey::Look::plain;
    int label_px = 28;
  };
  struct Side {  // the column of commands at the right
    Spec spec;
    int share = 1;  // of the column's height
  };
  struct Layout {
    int columns = 3;
    std::vector<Spec> grid{};
    std::vector<Side> side{};
    double side_width = 0;
    double gap = 6;
  };
  struct Handler {
    std::function<void(std::string_view)> type;
    std::function<void(Action)> act;
  };

  KeyPad(wxWindow* parent, Layout layout, Handler handler);
  // Another width of the side column (narrow screens).
  void set_side_width(double width);

  // 7 8 9 / 4 5 6 / 1 2 3 / 00 0 .
  [[nodiscard]] static std::vector<Spec> digits_and_point();
  // The letters a to z for pinyin, with a point of return.
  [[nodiscard]] static Layout letters();

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  widgets::TouchKey* make(const Spec& spec);

  Layout layout_;
  Handler handler_;
  std::vector<widgets::TouchKey*> grid_;
  std::vector<widgets::TouchKey*> side_;
};

}  // namespace lanekeeper::till::ui
