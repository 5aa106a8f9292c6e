// A message in the banner's place, never a dialog: what happened, what it means for this sale, which key is next.
#pragma once

#include <functional>
#include <vector>

#include "widgets/touch_key.h"

namespace lanekeeper::widgets {

class MessagePanel : public PaintedControl {
 public:
  enum class Kind { notice, attention, stop };
  struct Key {
    int id = 0;  // given back when it is pressed
    wxString cap{};
    wxString label{};
    bool danger = false;
    bool primary = false;
    bool operator==(const Key&) const = default;
  };
  struct Content {
    Kind kind = Kind::attention;
    Icon icon = Icon::alert;
    wxString caption{};
    wxString title{};
    wxString note{};
    wxString figure{};  // a price, large, before the keys; may be empty
    std::vector<Key> keys{};
    bool compact = false;  // narrow screens
    bool operator==(const Content&) const = default;
  };

  explicit MessagePanel(wxWindow* parent);
  void set(Content content);
  [[nodiscard]] const Content& content() const { return content_; }
  void on_key(std::function<void(int id)> handler) { handler_ = std::move(handler); }

 protected:
  void paint(Painter& painter) override;

 private:
  void place_keys();
  [[nodiscard]] double key_width() const;
  [[nodiscard]] double keys_width() const;
  void paint_words(Painter& painter, Area area) const;

  Content content_;
  std::vector<TouchKey*> keys_;
  std::function<void(int)> handler_;
};

}  // namespace lanekeeper::widgets
