#include "widgets/table_cells.h"

#include <wx/graphics.h>

namespace lanekeeper::widgets {

void paint_on(wxDC& dc, const wxRect& rect, const std::function<void(Painter&)>& paint) {
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::CreateFromUnknownDC(dc));
  if (!gc) return;
  gc->DisableOffset();
  const double scale = theme().scale;
  gc->PushState();
  gc->Clip(rect.x, rect.y, rect.width, rect.height);
  gc->Translate(rect.x, rect.y);
  gc->Scale(scale, scale);
  Painter painter(*gc, rect.width / scale, rect.height / scale);
  paint(painter);
  gc->PopState();
}

void paint_check_box(Painter& painter, double x, double centre_y, bool checked) {
  const Theme& t = theme();
  const Area box{x, centre_y - 9, 18, 18};
  painter.box(box, {checked ? t.accent : t.panel, checked ? t.accent : t.ink_secondary, 2, 3});
  if (checked) painter.icon(Icon::check, box.x + 2, box.y + 2, 14, t.on_ink, 3);
}

void paint_highlighted(Painter& painter, const wxString& text, const wxString& part, const Area& area,
                       const TextStyle& style) {
  const int at = part.empty() ? wxNOT_FOUND : text.Lower().Find(part.Lower());
  if (at == wxNOT_FOUND) {
    painter.text(text, area, style);
    return;
  }
  const auto start = static_cast<std::size_t>(at);
  Area rest = area;
  const auto piece = [&](const wxString& words, const TextStyle& how) {
    if (words.empty() || rest.w <= 0) return;
    rest.take_left(painter.text(words, rest, how));
  };
  piece(text.Left(start), style);
  piece(text.Mid(start, part.length()), style.bold().in(theme().accent));
  piece(text.Mid(start + part.length()), style);
}

}  // namespace lanekeeper::widgets
