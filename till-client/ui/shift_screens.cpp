#include "till_ui/shift_screens.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::theme;

namespace {
constexpr double widest_panel = 620;
}

ShiftScreens::ShiftScreens(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  book_ = new wxSimplebook(this);
  open_ = new ShiftOpenScreen(book_, desk, shift_);
  move_ = new CashMoveScreen(book_, desk, shift_);
  report_ = new ShiftReportScreen(book_, desk, shift_);
  count_ = new ShiftCountScreen(book_, desk, shift_);
  check_ = new ShiftCheckScreen(book_, desk, shift_);
  done_ = new ShiftDoneScreen(book_, desk, shift_);
  for (wxWindow* page : std::initializer_list<wxWindow*>{open_, move_, report_, count_, check_, done_}) {
    book_->AddPage(page, wxString());
  }
  part_ = new TaskPanel(this, desk);
  part_->Hide();
  digits_ = new DigitRow(this, desk);
  digits_->Hide();
}

ScenePanel* ShiftScreens::page() const {
  switch (shift_.screen()) {
    case ShiftScreen::open:
      return open_;
    case ShiftScreen::move:
      return move_;
    case ShiftScreen::report:
      return report_;
    case ShiftScreen::count:
      return count_;
    case ShiftScreen::check:
      return check_;
    case ShiftScreen::done:
      return done_;
    case ShiftScreen::none:
      break;
  }
  return nullptr;
}

double ShiftScreens::page_width(const Metrics& m) const {
  if (!part_open_) return m.width;
  return m.narrow ? 0 : m.width - m.right_column - theme().gap;
}

void ShiftScreens::update(const Scene& scene) {
  const DeskPart* part = scene.desk.part();
  const bool open = part != nullptr;
  const bool digits = open && part->holds() && part->panel().credentials.has_value();
  if (open != part_open_ || digits != digits_shown_) {
    part_open_ = open;
    digits_shown_ = digits;
    part_->Show(open);
    digits_->Show(digits);
    lay_out_again();
  }
  if (open) part_->show(scene);
  if (digits) digits_->show(scene);
  ScenePanel* shown = page();
  if (shown == nullptr) return;
  const double width = page_width(scene.metrics);
  const bool room = width > 0;
  if (book_->IsShown() != room) book_->Show(room);
  if (room) shown->show({scene.desk, scene.texts, Metrics::for_size(width, scene.metrics.height)});
  const int index = book_->FindPage(shown);
  if (book_->GetSelection() != index) book_->ChangeSelection(static_cast<std::size_t>(index));
}

void ShiftScreens::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  if (digits_shown_) {
    area.take_bottom(gap);
    put(*digits_, area.take_bottom(theme().function_row_height).inset(gap, 0));
  }
  if (part_open_) {
    Area side = m.narrow ? area.centred(std::min(widest_panel, area.w), area.h) : area.take_right(m.right_column + gap);
    side.take_top(gap);
    side.take_bottom(gap);
    side.take_right(gap);
    put(*part_, side);
  }
  put(*book_, area);
}

}  // namespace lanekeeper::till::ui
