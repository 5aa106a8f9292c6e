// The lines of a trial basket: goods with why they are cheaper, minus and plus, price, saving, what is to pay.
// Tab stop: Up/Down choose a line, + and - change it, Del takes it out.
#pragma once

#include <functional>
#include <vector>

#include "office_ui/flow_control.h"

namespace lanekeeper::office {

class TrialLines : public FlowControl {
 public:
  struct Heads {
    wxString goods, quantity, price, saving, net;
    bool operator==(const Heads&) const = default;
  };
  struct Row {
    wxString name;
    wxString note;
    wxString quantity;
    wxString price;
    wxString saving;  // empty: nothing
    wxString net;
    bool operator==(const Row&) const = default;
  };
  TrialLines(wxWindow* parent, Heads heads);
  void set(std::vector<Row> rows);
  void on_step(std::function<void(std::size_t row, int steps)> handler) { step_ = std::move(handler); }
  void on_remove(std::function<void(std::size_t row)> handler) { remove_ = std::move(handler); }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] double height_for(double width) const override;

 private:
  struct Places {
    widgets::Area goods, minus, quantity, plus, price, saving, net;
  };
  [[nodiscard]] Places place(widgets::Area line) const;
  void paint_row(widgets::Painter& painter, std::size_t index, const widgets::Area& line) const;
  void on_left_down(wxMouseEvent& event);
  void on_key(wxKeyEvent& event);

  Heads heads_;
  std::vector<Row> rows_;
  std::size_t selected_ = 0;
  std::function<void(std::size_t, int)> step_;
  std::function<void(std::size_t)> remove_;
};

}  // namespace lanekeeper::office
