// Line icons as vector paths on a 24 px box: 2 px stroke, round caps. Drawn at any size in any colour.
#pragma once

#include <wx/colour.h>
#include <wx/graphics.h>

namespace lanekeeper::widgets {

enum class Icon {
  alert,
  back,
  badge,
  bag,
  goods,
  calendar,
  camera,
  card,
  cash,
  chart,
  check,
  clipboard,
  clock,
  download,
  arrow_down,
  dot,
  chevron_down,
  edit,
  eye_off,
  gear,
  home,
  info,
  lane,
  layers,
  link,
  lock,
  minus,
  number_pad,
  phone,
  plus,
  printer,
  qr,
  chevron_right,
  scale,
  search,
  shield,
  star,
  stop_sign,
  store,
  tag,
  ticket,
  triangle,
  truck,
  return_arrow,
  unlink,
  arrow_up,
  upload,
  user,
  users,
  waiting,
  wallet,
  cross,
};

// stroke in units of the 24 px box; filled shapes take the same colour.
void draw_icon(wxGraphicsContext& gc, Icon icon, double x, double y, double size, const wxColour& colour,
               double stroke = 2);

}  // namespace lanekeeper::widgets
