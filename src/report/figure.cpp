#include "report/figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "report/wording.hpp"

namespace genmei::report {
namespace {

// Print colours of the design language (light theme); the vermilion is for must-reach and for the seal only.
constexpr std::string_view shu = "#B0361B";
constexpr std::string_view ai = "#23478B";
constexpr std::string_view line = "#85868B";
constexpr std::string_view sunken = "#EFEDE7";

// Fixed two decimals without trailing zeros: the same text on every machine, whatever its locale.
std::string fixed(double value) {
  const auto hundredths = std::llround(value * 100);
  std::string text = std::to_string(hundredths / 100);
  if (hundredths < 0 && hundredths > -100) text = "-0";
  const auto rest = std::abs(hundredths % 100);
  if (rest == 0) return text;
  text += rest % 10 == 0 ? "." + std::to_string(rest / 10) : (rest < 10 ? ".0" : ".") + std::to_string(rest);
  return text;
}

class Drawing {
 public:
  Drawing(double width, double height, std::string_view css_class, std::string_view label = {}) {
    text_ = "<svg class=\"" + std::string(css_class) + "\" width=\"" + fixed(width) + "\" height=\"" + fixed(height) +
            "\" viewBox=\"0 0 " + fixed(width) + " " + fixed(height) + "\"";
    if (css_class == "bar") text_ += " preserveAspectRatio=\"none\"";  // as wide as the paper, its parts in proportion
    text_ += label.empty() ? " aria-hidden=\"true\">" : " role=\"img\" aria-label=\"" + escaped(label) + "\">";
  }
  Drawing& path(std::string_view d, std::string_view attributes) {
    text_ += "<path d=\"" + std::string(d) + "\" " + std::string(attributes) + "/>";
    return *this;
  }
  Drawing& rect(double x, double y, double width, double height, std::string_view fill, std::string_view stroke = {}) {
    text_ += "<rect x=\"" + fixed(x) + "\" y=\"" + fixed(y) + "\" width=\"" + fixed(width) + "\" height=\"" +
             fixed(height) + "\" fill=\"" + std::string(fill) + "\"";
    if (!stroke.empty()) text_ += " stroke=\"" + std::string(stroke) + "\"";
    text_ += "/>";
    return *this;
  }
  Drawing& stroke(double x1, double y1, double x2, double y2, std::string_view color, double width,
                  std::string_view more = {}) {
    text_ += "<line x1=\"" + fixed(x1) + "\" y1=\"" + fixed(y1) + "\" x2=\"" + fixed(x2) + "\" y2=\"" + fixed(y2) +
             "\" stroke=\"" + std::string(color) + "\" stroke-width=\"" + fixed(width) + "\" " + std::string(more) +
             "/>";
    return *this;
  }
  Drawing& raw(std::string_view svg) {
    text_ += svg;
    return *this;
  }
  std::string end() { return std::move(text_) + "</svg>"; }

 private:
  std::string text_;
};

std::string_view fill_of(Tone tone) {
  switch (tone) {
    case Tone::met:
      return "#14806A";
    case Tone::warn:
    case Tone::stale:
      return "#C48600";
    case Tone::miss:
      return "#A92A1E";
    case Tone::info:
      return "#2F5199";
    case Tone::none:
      return "#FFFFFF";
    default:
      return "#B9B7AF";
  }
}

// The shapes of the marks alone, in a 12×12 box.
std::string_view shape_of(Tone tone) {
  switch (tone) {
    case Tone::met:
      return R"(<circle cx="6" cy="6" r="5.5" fill="#0A604E"/><path d="M3.4 6.2l1.9 1.9 3.4-3.9" fill="none" stroke="#fff" stroke-width="1.5"/>)";
    case Tone::warn:
      return R"(<path d="M6 .8L11.8 11.2H.2z" fill="#764B00"/><path d="M6 4.4v3.4M6 8.9v1.1" stroke="#fff" stroke-width="1.3"/>)";
    case Tone::miss:
      return R"(<path d="M6 .2L11.8 6 6 11.8 .2 6z" fill="#A3221A"/><path d="M4.2 4.2l3.6 3.6M7.8 4.2L4.2 7.8" stroke="#fff" stroke-width="1.3"/>)";
    case Tone::stale:
      return R"(<circle cx="6" cy="6" r="5" fill="none" stroke="#764B00" stroke-width="1.3"/><path d="M6 3.2V6l2 1.4" fill="none" stroke="#764B00" stroke-width="1.3"/>)";
    case Tone::info:
      return R"(<circle cx="6" cy="6" r="5" fill="none" stroke="#23478B" stroke-width="1.3"/><path d="M6 1a5 5 0 0 1 0 10z" fill="#23478B"/>)";
    case Tone::none:
      return R"(<circle cx="6" cy="6" r="5" fill="none" stroke="#555B69" stroke-width="1.2" stroke-dasharray="2 1.6"/>)";
    case Tone::draft:
      return R"(<rect x="1" y="1" width="10" height="10" fill="none" stroke="#555B69" stroke-width="1.2" stroke-dasharray="2 1.5"/>)";
    case Tone::free:
    case Tone::excluded:
      return R"(<path d="M2 6h8" stroke="#555B69" stroke-width="1.6"/>)";
    case Tone::plain:
      break;
  }
  return {};
}

void hatch(Drawing& drawing, double x, double y, double width, double height) {
  drawing.rect(x, y, width, height, "#FFFFFF");
  for (double at = x - height; at < x + width; at += 4) {
    const double from = std::max(at, x);
    const double to = std::min(at + height, x + width);
    if (to > from) drawing.stroke(from, y + height - (from - at), to, y + height - (to - at), line, 1);
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
          if (c != '\r') out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::string state_mark(Tone tone) {
  if (tone == Tone::plain) return {};
  return Drawing(12, 12, "mark").raw(shape_of(tone)).end();
}

std::string pattern_square(const PatternGlyph& glyph) {
  constexpr double side = 18;
  constexpr double gap = 3;
  Drawing drawing(side * 3 + gap * 2, side * 2 + gap, "square", glyph.text);
  for (int cell = 0; cell < 6; ++cell) {
    const double x = (cell % 3) * (side + gap);
    const double y = cell < 3 ? 0 : side + gap;
    const bool filled = glyph.pattern && *glyph.pattern == cell + 1;
    drawing.rect(x + 0.5, y + 0.5, side - 1, side - 1, filled ? ai : "#FFFFFF", filled ? ai : line);
  }
  return drawing.end();
}

std::string level_meter(const LevelRow& row) {
  if (!row.scale || row.scale->high <= row.scale->low) return {};
  constexpr double width = 150;
  constexpr double height = 20;
  constexpr double track = 12;
  const auto& scale = *row.scale;
  const auto place = [&](double value) {
    const double share = (std::clamp(value, scale.low, scale.high) - scale.low) / (scale.high - scale.low);
    return 6 + share * (width - 12);
  };
  Drawing drawing(width, height, "meter", row.sentence.empty() ? row.item : row.sentence);
  drawing.rect(6, track - 2, width - 12, 4, sunken);
  if (scale.reference) {
    const double post = place(*scale.reference);
    if (scale.at_least) {
      drawing.rect(post, track - 2, width - 6 - post, 4, "#B7C8E6");
    } else {
      drawing.rect(6, track - 2, post - 6, 4, "#B7C8E6");
    }
    // The flag points to the acceptable side; a guide has a dashed post and no flag.
    if (row.reference.must_reach) {
      drawing.stroke(post, 2, post, height - 2, shu, 1.6);
      const std::string flag = "M" + fixed(post) + " 1.5l" + (scale.at_least ? "6 2.5" : "-6 2.5") + "l" +
                               (scale.at_least ? "-6 2.5" : "6 2.5") + "z";
      drawing.path(flag, "fill=\"#B0361B\"");
    } else {
      drawing.stroke(post, 2, post, height - 2, line, 1.4, "stroke-dasharray=\"2 2\"");
    }
  }
  if (scale.contract) drawing.stroke(place(*scale.contract), 7, place(*scale.contract), 17, ai, 2);
  if (scale.reached && row.reached.tone != Tone::none) {
    drawing.raw("<g transform=\"translate(" + fixed(place(*scale.reached) - 4.8) + " " + fixed(track - 4.8) +
                ") scale(.8)\">");
    drawing.raw(shape_of(row.state.tone == Tone::plain ? Tone::met : row.state.tone)).raw("</g>");
  }
  return drawing.end();
}

std::string coverage_bar(const Coverage& coverage) {
  constexpr double width = 460;
  constexpr double height = 12;
  const auto total = std::accumulate(coverage.parts.begin(), coverage.parts.end(), std::int64_t{0},
                                     [](std::int64_t sum, const CoveragePart& part) { return sum + part.count; });
  if (total <= 0) return {};
  Drawing drawing(width, height, "bar", coverage.title);
  double x = 0;
  for (const auto& part : coverage.parts) {
    const double share = width * static_cast<double>(part.count) / static_cast<double>(total);
    if (part.count <= 0) continue;
    if (part.tone == Tone::none) {
      hatch(drawing, x, 0, share, height);
    } else {
      drawing.rect(x, 0, share, height, fill_of(part.tone));
    }
    x += share;
    if (x < width - 0.5) drawing.stroke(x, 0, x, height, "#FFFFFF", 1.2);
  }
  drawing.raw(
      R"(<rect x="0.25" y="0.25" width="459.5" height="11.5" fill="none" stroke="#85868B" stroke-width="0.5"/>)");
  return drawing.end();
}

std::string date_seal(const Approval& approval) {
  if (!approval.date) return {};
  const std::string date = seal_date(*approval.date);
  constexpr double side = 62;
  const std::string label = approval.box + " " + approval.office + " " + approval.name + " " + approval.date_text;
  Drawing drawing(side, side, "seal", label);
  drawing.raw("<g transform=\"rotate(-4 31 31)\" fill=\"#B0361B\" text-anchor=\"middle\" font-weight=\"700\">");
  drawing.raw(R"svg(<circle cx="31" cy="31" r="28.5" fill="none" stroke="#B0361B" stroke-width="1.2"/>)svg");
  drawing.raw(R"svg(<path d="M4.2 22.5H57.8M4.2 39.5H57.8" stroke="#B0361B" stroke-width="1"/>)svg");
  const auto words = [&](double y, std::string_view text, double size) {
    const auto letters = static_cast<double>(length(text));
    // Long names shrink instead of leaving the circle.
    const double fitted = std::min(size, 46.0 / std::max(1.0, letters));
    drawing.raw("<text x=\"31\" y=\"" + fixed(y) + "\" font-size=\"" + fixed(fitted) + "\">" + escaped(text) +
                "</text>");
  };
  words(18, approval.office, 10);
  drawing.raw("<text x=\"31\" y=\"34.8\" font-size=\"11\">" + escaped(date) + "</text>");
  words(51.5, approval.surname, 10.5);
  drawing.raw("</g>");
  return drawing.end();
}

}  // namespace genmei::report
