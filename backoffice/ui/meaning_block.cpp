#include "office_ui/meaning_block.h"

namespace lanekeeper::office {

using widgets::Area;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::Weight;

namespace {

constexpr double padding = 16;
constexpr double caption_height = 22;
constexpr double sentence_line = 28;
constexpr double terms_line = 22;
constexpr double number_size = 22;
constexpr double number_room = number_size + 12;
constexpr double step_line = 22;
constexpr double step_gap = 6;
constexpr int many_lines = 40;

TextStyle sentence_style() {
  return {18, Weight::bold, theme().on_ink};
}
TextStyle terms_style() {
  return {15, Weight::regular, theme().on_ink_quiet};
}
TextStyle step_style() {
  return {14, Weight::regular, theme().ink};
}

double lines_of(const wxString& text, const TextStyle& style, double width) {
  if (text.empty()) return 0;
  double lines = 0;
  widgets::with_measuring_painter([&](Painter& painter) {
    lines = static_cast<double>(painter.wrap(text, style, std::max(60.0, width), many_lines).size());
  });
  return lines;
}

}  // namespace

MeaningBlock::MeaningBlock(wxWindow* parent) : FlowControl(parent, wxString()) {}

void MeaningBlock::set(const wxString& caption, const wxString& sentence, const wxString& terms) {
  if (caption == caption_ && sentence == sentence_ && terms == terms_) return;
  caption_ = caption;
  sentence_ = sentence;
  terms_ = terms;
  SetLabel(caption + " " + sentence + " " + terms);
  content_changed();
}

double MeaningBlock::height_for(double width) const {
  const double room = width - 2 * padding;
  return 2 * 12 + caption_height + lines_of(sentence_, sentence_style(), room) * sentence_line +
         lines_of(terms_, terms_style(), room) * terms_line;
}

void MeaningBlock::paint(Painter& painter) {
  painter.box(painter.area(), {theme().ink, std::nullopt, 1, theme().radius});
  Area area = painter.area().inset(padding, 12);
  painter.text(caption_, area.take_top(caption_height), {14, Weight::regular, theme().on_ink_quiet});
  area.take_top(painter.paragraph(sentence_, area, sentence_style(), sentence_line));
  painter.paragraph(terms_, area, terms_style(), terms_line);
}

NumberedSentences::NumberedSentences(wxWindow* parent, const wxString& label) : FlowControl(parent, label) {
  set_ground(theme().panel);
}

void NumberedSentences::set(std::vector<wxString> sentences) {
  if (sentences == sentences_) return;
  sentences_ = std::move(sentences);
  wxString all;
  for (const auto& sentence : sentences_) all += sentence + "\n";
  SetLabel(all);
  content_changed();
}

double NumberedSentences::height_for(double width) const {
  double height = 0;
  for (const auto& sentence : sentences_) {
    height += lines_of(sentence, step_style(), width - number_room) * step_line + step_gap;
  }
  return height;
}

void NumberedSentences::paint(Painter& painter) {
  Area area = painter.area();
  int number = 0;
  for (const auto& sentence : sentences_) {
    ++number;
    const double radius = number_size / 2;
    painter.disc(area.x + radius, area.y + radius, radius, theme().panel, theme().ink_secondary);
    painter.text(wxString::Format("%d", number), {area.x, area.y, number_size, number_size},
                 {13, Weight::bold, theme().ink}, widgets::Align::centre);
    const Area words{area.x + number_room, area.y, area.w - number_room, area.h};
    area.take_top(painter.paragraph(sentence, words, step_style(), step_line) + step_gap);
  }
}

}  // namespace lanekeeper::office
