#include "widgets/native_look.h"

#include <dlfcn.h>

namespace lanekeeper::widgets {

namespace {

// wx has no call for this and its packages bring no GTK headers, so the five functions are looked up in the library
// that is loaded anyway. Where one is missing (another port of wx), the native frame stays.
struct Gtk {
  using NewProvider = void* (*)();
  using LoadCss = int (*)(void* provider, const char* css, long length, void* error);
  using StyleContext = void* (*)(void* widget);
  using AddProvider = void (*)(void* context, void* provider, unsigned priority);

  NewProvider new_provider = find<NewProvider>("gtk_css_provider_new");
  LoadCss load_css = find<LoadCss>("gtk_css_provider_load_from_data");
  StyleContext style_context = find<StyleContext>("gtk_widget_get_style_context");
  AddProvider add_provider = find<AddProvider>("gtk_style_context_add_provider");

  [[nodiscard]] bool complete() const { return new_provider && load_css && style_context && add_provider; }

 private:
  template <class Function>
  static Function find(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_DEFAULT, name));
  }
};

constexpr unsigned application_priority = 600;  // GTK_STYLE_PROVIDER_PRIORITY_APPLICATION
constexpr const char* css =
    "entry, entry:focus, textview, textview text { border: none; box-shadow: none; outline: none; border-radius: 0; "
    "min-height: 0; padding: 0 1px; background-image: none; }"
    "entry selection, textview text selection { background-color: #0B57A4; color: #FFFFFF; }";

}  // namespace

void take_native_frame_off(wxWindow& text_control) {
  static const Gtk gtk;
  if (!gtk.complete() || text_control.GetHandle() == nullptr) return;
  static void* const provider = [] {
    void* made = gtk.new_provider();
    gtk.load_css(made, css, -1, nullptr);
    return made;
  }();
  gtk.add_provider(gtk.style_context(text_control.GetHandle()), provider, application_priority);
}

}  // namespace lanekeeper::widgets
