// A figure with its name and a note: the cards above tables and on the first page.
#pragma once

#include <optional>

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class StatCard : public PaintedControl {
 public:
  enum class Tone { normal, attention, stop };
  struct Content {
    wxString label{};
    wxString figure{};
    wxString note{};
    std::optional<Icon> note_icon{};
    Tone tone = Tone::normal;
    bool operator==(const Content&) const = default;
  };

  // Without a note it is lower.
  explicit StatCard(wxWindow* parent, bool has_note = true);
  void set(Content content);

 protected:
  void paint(Painter& painter) override;

 private:
  Content content_;
};

}  // namespace lanekeeper::widgets
