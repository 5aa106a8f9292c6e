#include "till_ui/scene.h"

namespace lanekeeper::till::ui {

wxString Scene::name_of(const catalogue::ItemSummary& item) const {
  if (english() && !item.name_en.empty()) return widgets::to_wx(item.name_en);
  const bool with_size = item.spec.empty() || item.name.find(item.spec) != std::string::npos;
  return widgets::to_wx(with_size ? item.name : item.name + " " + item.spec);
}

wxString Scene::name_of(const ViewLine& line) const {
  return widgets::to_wx(english() && !line.name_en.empty() ? line.name_en : line.name);
}

ScenePanel::ScenePanel(wxWindow* parent) : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, 0) {
  SetBackgroundColour(widgets::theme().background);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    lay_out_again();
    event.Skip();
  });
}

void ScenePanel::show(const Scene& scene) {
  const bool moved = metrics_ != scene.metrics;
  metrics_ = scene.metrics;
  update(scene);
  if (moved) lay_out_again();
}

void ScenePanel::lay_out_again() {
  const double scale = widgets::px(this, 1000) / 1000.0;
  const wxSize size = GetClientSize();
  lay_out({0, 0, size.x / scale, size.y / scale}, metrics_);
}

void ScenePanel::put(wxWindow& window, const widgets::Area& area) {
  const int left = widgets::px(&window, area.x);
  const int top = widgets::px(&window, area.y);
  const wxRect rect(left, top, std::max(0, widgets::px(&window, area.right()) - left),
                    std::max(0, widgets::px(&window, area.bottom()) - top));
  if (window.GetRect() != rect) window.SetSize(rect);
}

widgets::Area ScenePanel::cell(const widgets::Area& area, std::size_t index, int columns, double width, double height,
                               double gap) {
  const int row = static_cast<int>(index) / columns;
  const int column = static_cast<int>(index) % columns;
  return {area.x + column * (width + gap), area.y + row * (height + gap), width, height};
}

void ScenePanel::show_only(wxWindow* shown, std::initializer_list<wxWindow*> all) {
  for (wxWindow* window : all) {
    if (window->IsShown() != (window == shown)) window->Show(window == shown);
  }
}

}  // namespace lanekeeper::till::ui
