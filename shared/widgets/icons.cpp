#include "widgets/icons.h"

#include <map>

#include "widgets/svg_path.h"

namespace lanekeeper::widgets {

namespace {

struct Shape {
  std::string_view path{};
  bool filled = false;
};
constexpr std::size_t most_shapes = 5;
struct Drawing {
  Icon icon;
  std::array<Shape, most_shapes> shapes;
};

// The drawings of the design, circles and rectangles as paths.
constexpr Drawing drawings[] = {
    {Icon::alert, {{{"M12 4L2.8 20h18.4z"}, {"M12 10v4.5"}, {"M11.4 17.2a0.6 0.6 0 1 0 1.2 0a0.6 0.6 0 1 0 -1.2 0z"}}}},
    {Icon::back, {{{"M10 6l-6 6 6 6"}, {"M4 12h16"}}}},
    {Icon::badge,
     {{{"M6 6h12a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2z"},
       {"M10 3h4v5h-4z"},
       {"M7 13a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z"},
       {"M14 12h3M14 16h3M6.5 17.5c.8-1.5 4.2-1.5 5 0"}}}},
    {Icon::bag, {{{"M5 8h14l1 12H4z"}, {"M9 8V6a3 3 0 0 1 6 0v2"}}}},
    {Icon::goods, {{{"M4 8l8-4 8 4v8l-8 4-8-4z"}, {"M4 8l8 4 8-4M12 12v8"}}}},
    {Icon::calendar,
     {{{"M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1 -1 1h-14a1 1 0 0 1 -1 -1v-13a1 1 0 0 1 1 -1z"},
       {"M4 10h16M8 3v4M16 3v4"}}}},
    {Icon::camera,
     {{{"M4 7h16a1 1 0 0 1 1 1v10a1 1 0 0 1 -1 1h-16a1 1 0 0 1 -1 -1v-10a1 1 0 0 1 1 -1z"},
       {"M8.5 13a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"}}}},
    {Icon::card,
     {{{"M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2z"},
       {"M3 10h18"},
       {"M7 15h4"}}}},
    {Icon::cash,
     {{{"M3 6h18a1 1 0 0 1 1 1v10a1 1 0 0 1 -1 1h-18a1 1 0 0 1 -1 -1v-10a1 1 0 0 1 1 -1z"},
       {"M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z"},
       {"M5.5 9v6M18.5 9v6"}}}},
    {Icon::chart, {{{"M4 4v16h16"}, {"M8 16v-4M12.5 16V8M17 16v-6"}}}},
    {Icon::check, {{{"M5 12.5l4.5 4.5L19 7.5"}}}},
    {Icon::clipboard,
     {{{"M6 5h12a1 1 0 0 1 1 1v14a1 1 0 0 1 -1 1h-12a1 1 0 0 1 -1 -1v-14a1 1 0 0 1 1 -1z"},
       {"M9 3h6v4H9z"},
       {"M8.5 13l2.5 2.5 4.5-4.5"}}}},
    {Icon::clock, {{{"M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"}, {"M12 7.5V12l3 2"}}}},
    {Icon::download, {{{"M12 4v11M7 10l5 5 5-5"}, {"M4 19h16"}}}},
    {Icon::arrow_down, {{{"M12 4v15M6 13l6 6 6-6"}}}},
    {Icon::dot, {{{"M7 12a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", true}}}},
    {Icon::chevron_down, {{{"M6 9l6 6 6-6"}}}},
    {Icon::edit, {{{"M4 20l1-5L16 4l4 4L9 19z"}}}},
    {Icon::eye_off,
     {{{"M3 12c2.5-4 5.5-6 9-6s6.5 2 9 6c-2.5 4-5.5 6-9 6s-6.5-2-9-6z"},
       {"M9.5 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z"},
       {"M4 20L20 4"}}}},
    {Icon::gear,
     {{{"M5 4h14a1 1 0 0 1 1 1v9a1 1 0 0 1 -1 1h-14a1 1 0 0 1 -1 -1v-9a1 1 0 0 1 1 -1z"}, {"M9 20h6M12 15v5"}}}},
    {Icon::home, {{{"M4 11l8-7 8 7"}, {"M6 10v10h12V10"}}}},
    {Icon::info,
     {{{"M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z"},
       {"M12 11v6"},
       {"M11.4 7.5a0.6 0.6 0 1 0 1.2 0a0.6 0.6 0 1 0 -1.2 0z"}}}},
    {Icon::lane, {{{"M5 4v16M19 4v16"}, {"M8.5 13l3.5-4 3.5 4M12 9v9"}}}},
    {Icon::layers, {{{"M12 4l9 4.5-9 4.5-9-4.5z"}, {"M3 13l9 4.5 9-4.5"}}}},
    {Icon::link,
     {{{"M5 12a7 7 0 0 1 14 0"},
       {"M8.5 14.5a3.6 3.6 0 0 1 7 0"},
       {"M10.6 18a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0z"}}}},
    {Icon::lock,
     {{{"M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1 -1 1h-12a1 1 0 0 1 -1 -1v-7a1 1 0 0 1 1 -1z"},
       {"M8 11V8a4 4 0 0 1 8 0v3"}}}},
    {Icon::minus, {{{"M5 12h14"}}}},
    {Icon::number_pad,
     {{{"M5 3h14a1 1 0 0 1 1 1v16a1 1 0 0 1 -1 1h-14a1 1 0 0 1 -1 -1v-16a1 1 0 0 1 1 -1z"},
       {"M8 8h.01M12 8h.01M16 8h.01M8 12h.01M12 12h.01M16 12h.01M8 16h.01M12 16h.01M16 16h.01"}}}},
    {Icon::phone, {{{"M9 3h6a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2z"}, {"M11 18h2"}}}},
    {Icon::plus, {{{"M12 5v14M5 12h14"}}}},
    {Icon::printer,
     {{{"M7 9V4h10v5"},
       {"M5 9h14a1 1 0 0 1 1 1v6a1 1 0 0 1 -1 1h-14a1 1 0 0 1 -1 -1v-6a1 1 0 0 1 1 -1z"},
       {"M7 14h10v6H7z"}}}},
    {Icon::qr, {{{"M4 4h6v6h-6z"}, {"M14 4h6v6h-6z"}, {"M4 14h6v6h-6z"}, {"M14 14h3v3h-3zM20 14v2M20 19v1h-6"}}}},
    {Icon::chevron_right, {{{"M9 6l6 6-6 6"}}}},
    {Icon::scale,
     {{{"M4 8h16"},
       {"M6 8l1 12h10l1-12"},
       {"M8 4h8"},
       {"M12 4v4"},
       {"M9.4 14a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z"}}}},
    {Icon::search, {{{"M5 11a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z"}, {"M15.5 15.5L20 20"}}}},
    {Icon::shield, {{{"M12 3l8 3v6c0 5-3.5 7.5-8 9-4.5-1.5-8-4-8-9V6z"}}}},
    {Icon::star, {{{"M12 4l2.4 5 5.6.8-4 3.9 1 5.5-5-2.7-5 2.7 1-5.5-4-3.9 5.6-.8z"}}}},
    {Icon::stop_sign,
     {{{"M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z"},
       {"M12 7.5v5.5"},
       {"M11.4 16.4a0.6 0.6 0 1 0 1.2 0a0.6 0.6 0 1 0 -1.2 0z"}}}},
    {Icon::store, {{{"M4 10v10h16V10"}, {"M3 10l2-6h14l2 6z"}, {"M10 20v-5h4v5"}}}},
    {Icon::tag, {{{"M4 4h8l8 8-8 8-8-8z"}, {"M7.2 8.5a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0z"}}}},
    {Icon::ticket, {{{"M3 7h18v3.5a1.5 1.5 0 0 0 0 3V17H3v-3.5a1.5 1.5 0 0 0 0-3z"}, {"M14 8v8"}}}},
    {Icon::triangle, {{{"M12 6l7 12H5z", true}}}},
    {Icon::truck,
     {{{"M2 6h12v10H2z"},
       {"M14 10h4l4 3.5V16h-8z"},
       {"M5 18a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z"},
       {"M15.5 18a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z"}}}},
    {Icon::return_arrow, {{{"M8 5L4 9l4 4"}, {"M4 9h10a5 5 0 0 1 0 10H9"}}}},
    {Icon::unlink,
     {{{"M5 12a7 7 0 0 1 14 0"},
       {"M8.5 14.5a3.6 3.6 0 0 1 7 0"},
       {"M10.6 18a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0z"},
       {"M4 4l16 16"}}}},
    {Icon::arrow_up, {{{"M12 20V5M6 11l6-6 6 6"}}}},
    {Icon::upload, {{{"M12 16V5M7 10l5-5 5 5"}, {"M4 19h16"}}}},
    {Icon::user, {{{"M8 8a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"}, {"M4.5 20c1-4 4-6 7.5-6s6.5 2 7.5 6"}}}},
    {Icon::users,
     {{{"M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"},
       {"M2.5 19c.8-3.5 3.4-5 6.5-5s5.7 1.5 6.5 5"},
       {"M15.5 5a3.5 3.5 0 0 1 0 6.5"},
       {"M18 14.5c2 .8 3 2.3 3.5 4.5"}}}},
    {Icon::waiting, {{{"M12 4a8 8 0 1 1-8 8"}}}},
    {Icon::wallet,
     {{{"M4 7h15a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1z"},
       {"M4 7l11-3v3"},
       {"M14.7 13a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0z"}}}},
    {Icon::cross, {{{"M6 6l12 12M18 6L6 18"}}}},
};

struct Prepared {
  std::vector<std::pair<SvgPath, bool>> shapes;
};

const Prepared& prepared(Icon icon) {
  static const std::map<Icon, Prepared> all = [] {
    std::map<Icon, Prepared> made;
    for (const Drawing& drawing : drawings) {
      Prepared& one = made[drawing.icon];
      for (const Shape& shape : drawing.shapes) {
        if (!shape.path.empty()) one.shapes.emplace_back(SvgPath::parse(shape.path), shape.filled);
      }
    }
    return made;
  }();
  return all.at(icon);
}

}  // namespace

void draw_icon(wxGraphicsContext& gc, Icon icon, double x, double y, double size, const wxColour& colour,
               double stroke) {
  const double scale = size / 24;
  gc.PushState();
  gc.Translate(x, y);
  gc.Scale(scale, scale);
  gc.SetPen(gc.CreatePen(wxGraphicsPenInfo(colour, stroke).Cap(wxCAP_ROUND).Join(wxJOIN_ROUND)));
  for (const auto& [path, filled] : prepared(icon).shapes) {
    const wxGraphicsPath drawn = path.on(gc);
    if (filled) {
      gc.SetBrush(wxBrush(colour));
      gc.FillPath(drawn);
    }
    gc.StrokePath(drawn);
  }
  gc.PopState();
}

}  // namespace lanekeeper::widgets
