#include "office_ui/paper_view.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace lanekeeper::office {

using receipt_template::PaperElement;
using receipt_template::PaperLine;
using receipt_template::Run;
using widgets::Align;
using widgets::Area;
using widgets::Painter;
using widgets::theme;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr int largest_em = 14;
constexpr int smallest_em = 10;
constexpr double paper_margin = 16;  // white beside the columns
constexpr double ground_margin = 12;
constexpr double line_gap = 7;  // between lines of text
constexpr double barcode_height = 64;
constexpr double qr_side = 112;
constexpr double picture_height = 56;
constexpr double cut_height = 26;

int height_of(const PaperLine& line) {
  int height = 1;
  for (const auto& run : line.runs) height = std::max(height, run.style.height);
  return height;
}

wxColour ink_of(bool old) {
  return old ? theme().ink_quiet : theme().ink;
}

}  // namespace

PaperView::PaperView(wxWindow* parent, const Words& words)
    : PaintedControl(parent, words("receipts.preview"), widgets::Focus::tab_stop), words_(words) {
  set_ground(theme().off);
  Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
    const double turns = static_cast<double>(event.GetWheelRotation()) / std::max(1, event.GetWheelDelta());
    scroll_by(-60 * turns);
  });
  Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    switch (event.GetKeyCode()) {
      case WXK_DOWN:
        return scroll_by(40);
      case WXK_UP:
        return scroll_by(-40);
      case WXK_PAGEDOWN:
        return scroll_by(design_height() - 40);
      case WXK_PAGEUP:
        return scroll_by(40 - design_height());
      case WXK_HOME:
        return scroll_by(-content_height_);
      case WXK_END:
        return scroll_by(content_height_);
      default:
        event.Skip();
    }
  });
}

void PaperView::set(std::vector<PaperElement> paper, int columns, bool old) {
  if (paper == paper_ && columns == columns_ && old == old_) return;
  paper_ = std::move(paper);
  columns_ = columns;
  old_ = old;
  Refresh();
}

void PaperView::scroll_to_top() {
  offset_ = 0;
  Refresh();
}

void PaperView::scroll_by(double delta) {
  offset_ = std::clamp(offset_ + delta, 0.0, std::max(0.0, content_height_ - design_height()));
  Refresh();
}

double PaperView::element_height(const PaperElement& element) const {
  if (const auto* line = std::get_if<PaperLine>(&element)) return em_ * height_of(*line) + line_gap;
  if (std::holds_alternative<receipt_template::Barcode>(element)) return barcode_height;
  if (std::holds_alternative<receipt_template::QrCode>(element)) return qr_side;
  if (std::holds_alternative<receipt_template::Image>(element)) return picture_height;
  return cut_height;
}

// Stands on the bottom of its line, as in print, whatever the others of the line are.
void PaperView::paint_run(Painter& painter, const Run& run, double x, double bottom) const {
  auto& gc = painter.context();
  const double column = em_ / 2.0;
  const double width = display_width(run.text) * column * run.style.width;
  const double height = em_ * run.style.height + 3.0;
  const wxColour ink = ink_of(old_);
  if (run.style.inverted) painter.fill({x, bottom - height, width, height}, ink);
  wxFont font = widgets::mono_font(em_);
  if (run.style.bold) font.MakeBold();
  gc.SetFont(font, run.style.inverted ? theme().panel : ink);
  double text_width = 0;
  double text_height = 0;
  double descent = 0;
  double leading = 0;
  const wxString text = to_wx(run.text);
  gc.GetTextExtent(text, &text_width, &text_height, &descent, &leading);
  gc.PushState();
  gc.Translate(x, bottom);
  gc.Scale(run.style.width, run.style.height);
  // The font's own box is taller than its letters.
  gc.DrawText(text, 0, -em_ - (text_height - em_) / 2 - 1);
  gc.PopState();
  if (run.style.underlined) painter.rule(x, bottom, width, ink);
}

void PaperView::paint_line(Painter& painter, const PaperLine& line, double x, double y) const {
  const double column = em_ / 2.0;
  const double bottom = y + em_ * height_of(line) + line_gap / 2;
  if (line.align == receipt_template::Align::centre) x += (columns_ - width_of(line)) * column / 2;
  for (const auto& run : line.runs) {
    paint_run(painter, run, x, bottom);
    x += display_width(run.text) * column * run.style.width;
  }
}

void PaperView::paint_place(Painter& painter, const Area& area, const wxString& what, const wxString& data) const {
  painter.box(area, {theme().quiet_fill, theme().edge, 1, 2, true});
  Area text = area.inset(6, 4);
  const double line = 20;
  text = text.centred(text.w, data.empty() ? line : 2 * line);
  painter.text(what, text.take_top(line), {13, Weight::regular, theme().ink_secondary}, Align::centre);
  if (!data.empty()) painter.text(data, text, {13, Weight::regular, ink_of(old_)}, Align::centre);
}

void PaperView::paint_element(Painter& painter, const PaperElement& element, const Area& area) const {
  if (const auto* line = std::get_if<PaperLine>(&element)) return paint_line(painter, *line, area.x, area.y);
  if (const auto* code = std::get_if<receipt_template::Barcode>(&element)) {
    return paint_place(painter, area.centred(area.w * 0.8, area.h - 8), words_("receipts.barcode"), to_wx(code->data));
  }
  if (const auto* code = std::get_if<receipt_template::QrCode>(&element)) {
    return paint_place(painter, area.centred(area.h - 8, area.h - 8), words_("receipts.qr"), to_wx(code->data));
  }
  if (const auto* image = std::get_if<receipt_template::Image>(&element)) {
    return paint_place(painter, area.centred(area.w / 2, area.h - 8), words_("receipts.image", {{"name", image->name}}),
                       wxString());
  }
  constexpr double dash = 6;
  const wxString cut = words_("receipts.cut");
  const widgets::TextStyle style{12, Weight::regular, theme().ink_quiet};
  const double gap = painter.text_width(cut, style) / 2 + 8;
  const double middle = area.x + area.w / 2;
  for (double x = area.x; x < area.right(); x += 2 * dash) {
    if (std::abs(x + dash / 2 - middle) > gap) painter.rule(x, area.centre_y(), dash, theme().edge);
  }
  painter.text(cut, area, style, Align::centre);
}

void PaperView::paint(Painter& painter) {
  const double room = painter.width() - 2 * (ground_margin + paper_margin);
  em_ = std::clamp(static_cast<int>(room * 2 / columns_) / 2 * 2, smallest_em, largest_em);
  const double width = columns_ * em_ / 2.0;
  double height = 2 * paper_margin;
  for (const auto& element : paper_) height += element_height(element);
  content_height_ = height + 2 * ground_margin;
  offset_ = std::clamp(offset_, 0.0, std::max(0.0, content_height_ - painter.height()));
  Area sheet{(painter.width() - width) / 2 - paper_margin, ground_margin - offset_, width + 2 * paper_margin, height};
  painter.box(sheet, {theme().panel, theme().line, 1, 2});
  Area rest = sheet.inset(paper_margin, paper_margin);
  for (const auto& element : paper_) {
    const Area area = rest.take_top(element_height(element));
    if (area.bottom() >= 0 && area.y <= painter.height()) paint_element(painter, element, area);
  }
  if (has_focus_ring()) painter.box(painter.area(), {std::nullopt, theme().accent, 2, 0});
  if (content_height_ <= painter.height()) return;
  const double thumb = std::max(30.0, painter.height() * painter.height() / content_height_);
  const double top = (painter.height() - thumb) * offset_ / (content_height_ - painter.height());
  painter.box({painter.width() - 7, top + 2, 5, thumb - 4}, {theme().off_edge, std::nullopt, 1, 2.5});
}

}  // namespace lanekeeper::office
