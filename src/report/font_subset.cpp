#include "report/font_subset.hpp"

#include <dlfcn.h>
#include <sys/stat.h>

#include <array>
#include <fstream>
#include <memory>

namespace genmei::report {
namespace {

// The few functions of HarfBuzz we call, by its documented C interface (hb.h, hb-subset.h since 2.9).
struct HarfBuzz {
  void* (*blob_create_from_file)(const char* path);
  unsigned (*blob_get_length)(void* blob);
  const char* (*blob_get_data)(void* blob, unsigned* length);
  void (*blob_destroy)(void* blob);
  void* (*face_create)(void* blob, unsigned index);
  void* (*face_reference_blob)(void* face);
  void (*face_collect_unicodes)(void* face, void* set);
  void (*face_destroy)(void* face);
  void* (*set_create)();
  void (*set_add)(void* set, unsigned value);
  int (*set_has)(const void* set, unsigned value);
  void (*set_destroy)(void* set);
  void* (*input_create)();
  void* (*input_unicode_set)(void* input);
  void* (*input_set)(void* input, unsigned type);
  void (*input_set_flags)(void* input, unsigned flags);
  void (*input_destroy)(void* input);
  void* (*subset)(void* face, void* input);
};

constexpr unsigned layout_features = 6;  // HB_SUBSET_SETS_LAYOUT_FEATURE_TAG

constexpr unsigned dropped_tables = 3;  // HB_SUBSET_SETS_DROP_TABLE_TAG
constexpr unsigned plain_outlines = 5;  // HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE

constexpr unsigned tag(const char (&name)[5]) {
  return static_cast<unsigned>(name[0]) << 24U | static_cast<unsigned>(name[1]) << 16U |
         static_cast<unsigned>(name[2]) << 8U | static_cast<unsigned>(name[3]);
}

template <class F>
bool find(void* library, const char* name, F& function) {
  function = reinterpret_cast<F>(dlsym(library, name));
  return function != nullptr;
}

// Loaded once and kept for the life of the process; nullptr where the library is not installed.
const HarfBuzz* harfbuzz() {
  static const std::unique_ptr<HarfBuzz> loaded = []() -> std::unique_ptr<HarfBuzz> {
    void* base = dlopen("libharfbuzz.so.0", RTLD_NOW | RTLD_LOCAL);
    void* cutter = dlopen("libharfbuzz-subset.so.0", RTLD_NOW | RTLD_LOCAL);
    if (base == nullptr || cutter == nullptr) return nullptr;
    auto hb = std::make_unique<HarfBuzz>();
    const bool all =
        find(base, "hb_blob_create_from_file", hb->blob_create_from_file) &&
        find(base, "hb_blob_get_length", hb->blob_get_length) && find(base, "hb_blob_get_data", hb->blob_get_data) &&
        find(base, "hb_blob_destroy", hb->blob_destroy) && find(base, "hb_face_create", hb->face_create) &&
        find(base, "hb_face_reference_blob", hb->face_reference_blob) &&
        find(base, "hb_face_collect_unicodes", hb->face_collect_unicodes) &&
        find(base, "hb_face_destroy", hb->face_destroy) && find(base, "hb_set_create", hb->set_create) &&
        find(base, "hb_set_add", hb->set_add) && find(base, "hb_set_has", hb->set_has) &&
        find(base, "hb_set_destroy", hb->set_destroy) &&
        find(cutter, "hb_subset_input_create_or_fail", hb->input_create) &&
        find(cutter, "hb_subset_input_unicode_set", hb->input_unicode_set) &&
        find(cutter, "hb_subset_input_set", hb->input_set) &&
        find(cutter, "hb_subset_input_set_flags", hb->input_set_flags) &&
        find(cutter, "hb_subset_input_destroy", hb->input_destroy) && find(cutter, "hb_subset_or_fail", hb->subset);
    return all ? std::move(hb) : nullptr;
  }();
  return loaded.get();
}

using Handle = std::unique_ptr<void, void (*)(void*)>;

bool selects_glyph(char32_t character) {
  const bool control = character < 0x20;
  const bool selector = (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
  const bool joiner = character == 0x200B || character == 0x200C || character == 0x200D || character == 0xFEFF;
  return !control && !selector && !joiner;
}

Problem unusable(const std::string& file) {
  return problem(Failure::internal, "report.font", file, {}, "font cannot be cut: " + file);
}

Result<void> cut(const HarfBuzz& hb, const FontSource& font, const std::set<char32_t>& characters,
                 const std::string& folder, std::set<char32_t>* missing) {
  const Handle blob(hb.blob_create_from_file(font.file.c_str()), hb.blob_destroy);
  if (hb.blob_get_length(blob.get()) == 0) return unusable(font.file);
  const Handle face(hb.face_create(blob.get(), font.face), hb.face_destroy);
  if (missing != nullptr) {
    const Handle known(hb.set_create(), hb.set_destroy);
    hb.face_collect_unicodes(face.get(), known.get());
    for (const char32_t character : characters) {
      if (selects_glyph(character) && hb.set_has(known.get(), character) == 0) missing->insert(character);
    }
  }
  const Handle input(hb.input_create(), hb.input_destroy);
  if (!input) return unusable(font.file);
  void* wanted = hb.input_unicode_set(input.get());
  for (const char32_t character : characters) {
    if (!font.latin_only || character < 0x2100) hb.set_add(wanted, character);
  }
  // Proportional kana of headings is no default feature of the cutter.
  hb.set_add(hb.input_set(input.get(), layout_features), tag("palt"));
  // WeasyPrint strips hints and subroutines by itself, in Python; done here it costs nothing. Nothing of ours is
  // vertical.
  hb.input_set_flags(input.get(), plain_outlines);
  for (const auto table : {tag("vhea"), tag("vmtx"), tag("VORG")}) {
    hb.set_add(hb.input_set(input.get(), dropped_tables), table);
  }
  const Handle small(hb.subset(face.get(), input.get()), hb.face_destroy);
  if (!small) return unusable(font.file);
  const Handle bytes(hb.face_reference_blob(small.get()), hb.blob_destroy);
  unsigned size = 0;
  const char* data = hb.blob_get_data(bytes.get(), &size);
  std::ofstream out(folder + "/" + font.output, std::ios::binary);
  out.write(data, size);
  out.close();
  if (!out || size == 0) return unusable(folder + "/" + font.output);
  return {};
}

bool is_file(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

}  // namespace

std::vector<FontSource> installed_fonts() {
  // Debian and Ubuntu; Fedora; Arch. In these collections face 0 is the Japanese one and face 5 its fixed-width sister.
  for (const std::string folder :
       {"/usr/share/fonts/opentype/noto", "/usr/share/fonts/google-noto-sans-cjk-fonts", "/usr/share/fonts/noto-cjk"}) {
    const std::string regular = folder + "/NotoSansCJK-Regular.ttc";
    const std::string bold = folder + "/NotoSansCJK-Bold.ttc";
    if (is_file(regular) && is_file(bold)) {
      return {{regular, 0, "regular.otf"}, {bold, 0, "bold.otf"}, {regular, 5, "fixed.otf", true}};
    }
  }
  return {};
}

Result<SubsetReport> subset_fonts(const std::vector<FontSource>& fonts, const std::set<char32_t>& characters,
                                  const std::string& folder) {
  SubsetReport report;
  const HarfBuzz* hb = harfbuzz();
  if (hb == nullptr || fonts.empty()) return report;
  for (const auto& font : fonts) {
    GENMEI_TRY(cut(*hb, font, characters, folder, &font == &fonts.front() ? &report.missing : nullptr));
  }
  report.cut = true;
  return report;
}

std::set<char32_t> characters_of(std::string_view text) {
  std::set<char32_t> out;
  for (char32_t c = 0x20; c < 0x7F; ++c) out.insert(c);
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + size > text.size()) break;
    char32_t c = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t k = 1; k < size; ++k) c = c << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    if (c >= 0x20) out.insert(c);
    i += size;
  }
  return out;
}

}  // namespace genmei::report
