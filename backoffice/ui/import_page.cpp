#include "office_ui/import_page.h"

#include <wx/dnd.h>
#include <wx/ffile.h>
#include <wx/filedlg.h>

#include "model/import_report.h"
#include "model/item_form.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Button;
using widgets::FactSheet;
using widgets::Icon;
using widgets::NoteBox;
using widgets::StatCard;
using widgets::Surface;
using widgets::TableCell;
using widgets::TagKind;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {

class FileDrop : public wxFileDropTarget {
 public:
  explicit FileDrop(ImportPage& page) : page_(page) {}
  bool OnDropFiles(wxCoord, wxCoord, const wxArrayString& files) override {
    if (files.size() != 1) return false;
    page_.start(files.front());
    return true;
  }

 private:
  ImportPage& page_;
};

Error error_of(const protocol::ImportProblem& problem) {
  return protocol::from_body({problem.code, problem.message, problem.details});
}

}  // namespace

ImportPage::ImportPage(wxWindow* parent, Shell& around) : Watcher(parent, around) {
  chooser_ = build_chooser();
  progress_ = static_cast<wxPanel*>(build_progress());
  problems_ = static_cast<wxPanel*>(build_problems());
  wxWindow* guide = build_guide();
  auto left = column_of(this, 12);
  left.add(chooser_, 1).add(progress_).add(problems_, 1);
  auto all = row_of(this, 16);
  all.add(left, 1).add(guide);
  SetSizer(all.sizer());
  watch(office().import());
  watch(office());
  update();
}

wxWindow* ImportPage::build_chooser() {
  auto* panel = new Surface(this);
  panel->SetDropTarget(new FileDrop(*this));
  auto* title =
      new widgets::Label(panel, words()("import.choose_title"), {20, Weight::bold, theme().ink}, Align::centre);
  auto* note = new widgets::Label(panel, words()("import.choose_note"), {15, Weight::regular, theme().ink_secondary},
                                  Align::centre);
  note->set_max_lines(2);
  note->SetMinSize(wxSize(px(420), px(46)));
  Button::Content content;
  content.label = words()("import.choose");
  content.icon = Icon::upload;
  content.look = Button::Look::primary;
  choose_ = new Button(panel, content);
  choose_->set_ground(theme().panel);
  choose_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { choose_file(); });
  auto column = column_of(panel, 14);
  column.add_stretch().add_centred(title).add_centred(note).add_centred(choose_).add_stretch();
  panel->SetSizer(column.padded(20, 20));
  return panel;
}

wxWindow* ImportPage::build_progress() {
  auto* panel = new Surface(this);
  file_ = new widgets::Label(panel, wxString(), {17, Weight::bold, theme().ink});
  state_ = new widgets::Label(panel, wxString(), {15, Weight::regular, theme().ink_secondary}, Align::right);
  file_->SetMinSize(wxSize(px(100), -1));
  bar_ = new widgets::ProgressBar(panel, words()("import.title"));
  bar_->set_ground(theme().panel);
  auto head = row_of(panel, 12);
  head.add(file_, 1).add(state_);
  auto cards = row_of(panel, 12);
  for (int i = 0; i < 4; ++i) {
    cards_.push_back(new StatCard(panel, false));
    cards_.back()->set_ground(theme().panel);
    cards.add(cards_.back(), 1);
  }
  note_ = new NoteBox(panel, NoteBox::Kind::info, wxString());
  buttons_ = new wxPanel(panel);
  buttons_->SetBackgroundColour(theme().panel);
  Button::Content again;
  again.label = words()("import.again");
  again_ = new Button(buttons_, again);
  again_->set_ground(theme().panel);
  again_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { office().import().reset(); });
  Button::Content report;
  report.label = words()("import.save_report");
  report.icon = Icon::download;
  report_ = new Button(buttons_, report);
  report_->set_ground(theme().panel);
  report_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { save_report(); });
  report_saved_ = new widgets::IconLabel(buttons_);
  report_saved_->Hide();
  auto buttons = row_of(buttons_, 8);
  buttons.add_centred(report_saved_).add_stretch().add(report_).add(again_);
  buttons_->SetSizer(buttons.sizer());
  auto column = column_of(panel, 14);
  column.add(head).add(bar_).add(cards).add(note_).add(buttons_);
  panel->SetSizer(column.padded(18, 16));
  return panel;
}

wxWindow* ImportPage::build_problems() {
  auto* panel = new wxPanel(this);
  panel->SetBackgroundColour(GetBackgroundColour());
  auto filters = row_of(panel, 8);
  for (const Show show : {Show::all, Show::refused, Show::warnings}) {
    auto* chip = new widgets::Chip(panel, {wxString()});
    chip->Bind(wxEVT_BUTTON, [this, show](wxCommandEvent&) {
      show_ = show;
      update_soon();
    });
    chips_.push_back(chip);
    filters.add(chip);
  }
  shown_note_ = new widgets::Label(panel, wxString(), {14, Weight::regular, theme().ink_quiet}, Align::right);
  filters.add_space(8, 1).add_centred(shown_note_);
  table_ = new widgets::TableView(panel, words()("import.problems"),
                                  {{words()("import.line"), 70, 0, Align::right, 0},
                                   {words()("import.kind"), 96, 0, Align::left, 0},
                                   {words()("import.column"), 92, 0.2, Align::left, 1},
                                   {words()("import.value"), 130, 0.6, Align::left, 0},
                                   {words()("import.problem"), 230, 1.6, Align::left, 0}},
                                  {[this](std::size_t row, std::size_t column) { return cell(row, column); }, nullptr});
  table_->set_row_height(46);
  auto column = column_of(panel, 12);
  column.add(filters).add(table_, 1);
  panel->SetSizer(column.sizer());
  return panel;
}

wxWindow* ImportPage::build_guide() {
  auto* panel = new Surface(this);
  panel->SetMinSize(wxSize(px(shell().narrow() ? 300 : 340), -1));
  auto* sheet = new FactSheet(panel, words()("import.guide"));
  std::vector<FactSheet::Row> rows;
  const auto add = [&rows](FactSheet::Kind kind, const wxString& label, const wxString& note = wxString()) {
    FactSheet::Row row;
    row.kind = kind;
    row.label = label;
    row.note = note;
    rows.push_back(row);
  };
  add(FactSheet::Kind::heading, words()("import.guide"));
  add(FactSheet::Kind::text, words()("import.guide_files"));
  add(FactSheet::Kind::rule, wxString());
  for (const char* column : {"number", "name", "barcode", "price", "more"}) {
    add(FactSheet::Kind::item, words()(std::string("import.guide_") + column),
        words()(std::string("import.guide_") + column + "_note"));
  }
  add(FactSheet::Kind::rule, wxString());
  add(FactSheet::Kind::text, words()("import.guide_repeat"));
  sheet->set(rows);
  auto column = column_of(panel, 0);
  column.add(sheet, 1);
  panel->SetSizer(column.padded(1, 8));
  return panel;
}

void ImportPage::focus_first() {
  if (choose_->IsShownOnScreen()) return choose_->SetFocus();
  if (again_->IsShownOnScreen()) return again_->SetFocus();
  table_->SetFocus();
}

void ImportPage::start(const wxString& file) {
  show_ = Show::all;
  report_saved_->Hide();
  office().import().start(std::filesystem::path(to_utf8(file)));
}

void ImportPage::choose_file() {
  wxFileDialog dialog(this, words()("import.choose"), wxString(), wxString(), words()("import.file_types"),
                      wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  if (dialog.ShowModal() == wxID_OK) start(dialog.GetPath());
}

void ImportPage::save_report() {
  const auto& status = office().import().status();
  if (!status) return;
  wxFileDialog dialog(this, words()("import.save_report"), wxString(),
                      words()("import.report_name", {{"file", office().import().file_name()}}), "CSV (*.csv)|*.csv",
                      wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
  if (dialog.ShowModal() != wxID_OK) return;
  const ReportWords report_words{
      to_utf8(words()("import.line")),
      to_utf8(words()("import.column")),
      to_utf8(words()("import.value")),
      to_utf8(words()("import.kind")),
      to_utf8(words()("import.problem")),
      to_utf8(words()("import.refused")),
      to_utf8(words()("import.warning")),
      [this](const protocol::ImportProblem& problem) { return to_utf8(words().error(error_of(problem))); }};
  wxFFile file;
  const std::string content = import_report(*status, report_words);
  const wxLogNull silent;  // the words below say it
  const bool written =
      file.Open(dialog.GetPath(), "wb") && file.Write(content.data(), content.size()) == content.size() && file.Close();
  const wxColour colour = written ? theme().ink_secondary : theme().red;
  report_saved_->set(
      {written ? Icon::check : Icon::stop_sign,
       words()(written ? "import.report_saved" : "import.report_failed", {{"file", to_utf8(dialog.GetFilename())}}),
       {14, Weight::regular, colour},
       wxString()});
  report_saved_->Show();
  progress_->Layout();
}

void ImportPage::update_progress() {
  const auto& import = office().import();
  const auto& status = import.status();
  file_->set(to_wx(import.file_name()));
  wxString state = words()("import.sending");
  if (import.step() == ImportStep::running && status) {
    state = words()("import.rows", {{"done", to_utf8(words().count(status->rows_done))},
                                    {"total", to_utf8(words().count(status->rows_total))}});
  } else if (import.step() == ImportStep::done) {
    state = words()("import.done");
  } else if (import.step() == ImportStep::failed) {
    state = words()("import.failed");
  }
  state_->set(state);
  bar_->set(import.progress_per_mille() / 1000.0);
  const auto count = [&](std::int64_t protocol::ImportStatus::*member) {
    return status ? words().count((*status).*member) : to_wx("—");
  };
  cards_[0]->set({words()("import.added"), count(&protocol::ImportStatus::added), wxString()});
  cards_[1]->set({words()("import.changed"), count(&protocol::ImportStatus::changed), wxString()});
  cards_[2]->set({words()("import.unchanged"), count(&protocol::ImportStatus::unchanged), wxString()});
  const bool refused = status && status->refused > 0;
  cards_[3]->set({words()("import.refused"), count(&protocol::ImportStatus::refused), wxString(), std::nullopt,
                  refused ? StatCard::Tone::attention : StatCard::Tone::normal});
  wxString note;
  NoteBox::Kind kind = NoteBox::Kind::info;
  if (import.step() == ImportStep::failed) {
    kind = NoteBox::Kind::stop;
    note = words().error(*import.error());
  } else if (import.out_of_contact()) {
    kind = NoteBox::Kind::warning;
    note = words()("import.out_of_contact");
  } else if (import.busy()) {
    note = words()("import.may_leave");
  } else if (status && status->problem_count == 0) {
    note = words()("import.all_good");
  } else if (status) {
    note = words()(status->refused > 0 ? "import.some_bad" : "import.only_warnings");
  }
  note_->set(kind, note);
  set_shown(note_, !note.empty());
  set_shown(report_, status && !status->problems.empty() && !import.busy());
  set_shown(buttons_, !import.busy());
  progress_->Layout();
}

void ImportPage::update_problems() {
  const auto& status = office().import().status();
  shown_.clear();
  std::size_t warnings = 0;
  if (status) {
    for (std::size_t i = 0; i < status->problems.size(); ++i) {
      const bool warning = status->problems[i].warning;
      warnings += warning ? 1 : 0;
      if (show_ == Show::all || (show_ == Show::warnings) == warning) shown_.push_back(i);
    }
    const std::size_t count = status->problems.size();
    const auto chip = [&](std::size_t index, std::string_view label, std::size_t number, Show show) {
      const auto shown = static_cast<std::int64_t>(number);
      chips_[index]->set({words()(label, {{"count", to_utf8(words().count(shown))}}), show_ == show});
    };
    chip(0, "import.chip_all", count, Show::all);
    chip(1, "import.chip_refused", count - warnings, Show::refused);
    chip(2, "import.chip_warnings", warnings, Show::warnings);
    shown_note_->set(
        status->problem_count > static_cast<std::int64_t>(count)
            ? words()("import.first_problems", {{"shown", to_utf8(words().count(static_cast<std::int64_t>(count)))},
                                                {"total", to_utf8(words().count(status->problem_count))}})
            : wxString());
  }
  table_->set_rows(shown_.size(), std::nullopt);
  problems_->Layout();
}

TableCell ImportPage::cell(std::size_t row, std::size_t column) const {
  const auto& problem = office().import().status()->problems[shown_[row]];
  switch (column) {
    case 0:
      return {words().count(problem.line), TableCell::Tone::secondary};
    case 1:
      return {words()(problem.warning ? "import.warning" : "import.refused_tag"), TableCell::Tone::normal,
              Weight::regular, 14, problem.warning ? TagKind::neutral : TagKind::attention};
    case 2:
      return {to_wx(problem.column), TableCell::Tone::secondary};
    case 3:
      return {to_wx(shown_code(problem.value))};
    default: {
      TableCell cell{words().error(error_of(problem))};
      cell.max_lines = 2;
      return cell;
    }
  }
}

void ImportPage::update() {
  const auto& import = office().import();
  const bool choosing = import.step() == ImportStep::choosing;
  bool changed = set_shown(chooser_, choosing);
  changed = set_shown(progress_, !choosing) || changed;
  const bool has_problems = import.status() && !import.status()->problems.empty();
  changed = set_shown(problems_, has_problems) || changed;
  if (!choosing) update_progress();
  update_problems();
  // The box of notes may have become higher.
  if (changed || !choosing) Layout();
}

}  // namespace lanekeeper::office
