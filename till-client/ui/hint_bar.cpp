#include "till_ui/hint_bar.h"

#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::theme;
using widgets::Weight;

HintWords hint_words(const Scene& scene, const Notice& notice) {
  const auto message = message_content(scene, notice);
  return {message.title, message.note, message.kind, message.icon};
}

void HintBar::paint(widgets::Painter& painter) {
  const auto& t = theme();
  using Kind = widgets::MessagePanel::Kind;
  const bool quiet = content_.title.empty();
  const bool plain = quiet && content_.kind == Kind::notice;
  const wxColour frame = plain                              ? t.line
                         : content_.kind == Kind::stop      ? t.red
                         : content_.kind == Kind::attention ? t.amber
                                                            : t.accent;
  painter.box(painter.area(), {t.panel, frame, plain ? 1.0 : 3.0, t.radius});
  Area area = painter.area().inset(16, 6);
  const Area sign = area.take_left(26, 12);
  painter.icon(content_.icon, sign.x, sign.centre_y() - 13, 26,
               content_.kind == Kind::stop ? t.red
               : quiet                     ? t.ink_secondary
                                           : t.ink);
  int note_px = 16;
  while (note_px > 13 && painter.wrap(content_.note, {note_px}, area.w, 9).size() > (quiet ? 2U : 1U)) --note_px;
  const auto notes = painter.wrap(content_.note, {note_px}, area.w, 2);
  const double title_height = quiet ? 0 : 25;
  const double line = note_px * 1.35;
  Area block = area.centred(area.w, title_height + line * static_cast<double>(notes.size()));
  if (!quiet) painter.text(content_.title, block.take_top(title_height), {18, Weight::bold, t.ink});
  painter.paragraph(content_.note, {block.x, block.y, block.w, area.bottom() + 6 - block.y},
                    {note_px, Weight::regular, t.ink_secondary}, line, widgets::Align::left, 2);
}

}  // namespace lanekeeper::till::ui
