// Words for the builders: message texts by code, dates and times as readers write them. One Wording is one reader: a
// language, and in Japanese the choice of calendar (western years or 和暦). Times are shown in Japan Standard Time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/messages.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace genmei::report {

using Arguments = std::map<std::string, std::string>;

enum class Weekday : std::uint8_t { without, with };

// 2026年11月21日（土） / 令和8年11月21日（土） / Sat 21 Nov 2026. Days before 1926-12-25 have no era here and stay
// western.
std::string date_text(Date date, Language language, bool era, Weekday weekday = Weekday::without);
// As date_text, with hour and minute in Japan: 2026年7月1日 0:00 / 1 Jul 2026 00:00 JST.
std::string instant_text(Instant at, Language language, bool era);
// For the date seal: 26.6.30.
std::string seal_date(Date date);

class Wording {
 public:
  // `messages` must outlive the Wording.
  Wording(const Messages& messages, Language language, bool era = false)
      : messages_(&messages), language_(language), era_(era && language == Language::ja) {}

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] bool era() const { return era_; }
  // The message `report.<code>`.
  [[nodiscard]] std::string operator()(std::string_view code, const Arguments& arguments = {}) const;
  [[nodiscard]] std::string date(Date date, Weekday weekday = Weekday::without) const;
  [[nodiscard]] std::string date(const std::optional<Date>& date) const;  // a dash where there is none
  [[nodiscard]] std::string instant(Instant at) const { return instant_text(at, language_, era_); }
  [[nodiscard]] const std::string& of(const Bilingual& text) const;  // falls back to the other language

 private:
  const Messages* messages_;
  Language language_;
  bool era_;
};

}  // namespace genmei::report
