// What a file with windows needs on top of the standard library.
#pragma once

#include "pch.h"

#include <wx/wx.h>

#include <wx/dcbuffer.h>
#include <wx/graphics.h>
