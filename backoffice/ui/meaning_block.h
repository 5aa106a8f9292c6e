// What a promotion means, in white on ink; and numbered sentences.
#pragma once

#include <vector>

#include "office_ui/flow_control.h"

namespace lanekeeper::office {

class MeaningBlock : public FlowControl {
 public:
  explicit MeaningBlock(wxWindow* parent);
  void set(const wxString& caption, const wxString& sentence, const wxString& terms);
  [[nodiscard]] const wxString& sentence() const { return sentence_; }

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] double height_for(double width) const override;

 private:
  wxString caption_;
  wxString sentence_;
  wxString terms_;
};

class NumberedSentences : public FlowControl {
 public:
  NumberedSentences(wxWindow* parent, const wxString& label);
  void set(std::vector<wxString> sentences);
  [[nodiscard]] const std::vector<wxString>& sentences() const { return sentences_; }

 protected:
  void paint(widgets::Painter& painter) override;
  [[nodiscard]] double height_for(double width) const override;

 private:
  std::vector<wxString> sentences_;
};

}  // namespace lanekeeper::office
