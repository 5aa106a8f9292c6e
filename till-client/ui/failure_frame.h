// Shown instead of the till when it could not be opened: what is wrong and what to do, nothing to sell with.
#pragma once

#include <wx/frame.h>

#include "lane/host.h"

namespace lanekeeper::till::ui {

class FailureFrame : public wxFrame {
 public:
  FailureFrame(const FaceOptions& options, const Error& error);
};

}  // namespace lanekeeper::till::ui
