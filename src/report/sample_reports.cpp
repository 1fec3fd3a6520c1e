#include "report/sample_reports.hpp"

#include <array>
#include <utility>

namespace genmei::report::sample {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

Date on(int y, unsigned m, unsigned d) { return Date{year(y), month(m), day(d)}; }

}  // namespace

const char* const hostile_text =
    "<script>alert(1)</script> & \"引用\" =SUM(A1:A9) 髙﨑𠮷 ① ｱｸｾｽ制御 葛\xF3\xA0\x84\x80城市 _x0041_ {{title}}";

FrontView front() {
  FrontView out;
  out.organisation = "サンプルクラウド株式会社";
  out.number = "SOA-001";
  out.edition = 4;
  out.state = EditionState::approved;
  out.secrecy = {"社外秘", "Confidential"};
  out.effective = on(2026, 7, 1);
  out.as_of = Instant(sys_days(on(2026, 6, 30)) + std::chrono::hours(15));
  out.seals = {{SealView::Box::approved, {"代表", "CEO"}, "佐藤 一郎", "", on(2026, 6, 30)},
               {SealView::Box::checked, {"管理", "ISMS"}, "髙﨑 花子", "", on(2026, 6, 29)},
               {SealView::Box::prepared, {"事務局", "Office"}, "中村 次郎", "", on(2026, 6, 25)}};
  out.digest = "7c1e90b45fd2a1b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081aa83e";
  out.ledger_index = 15904;
  return out;
}

SoaView soa(int count) {
  SoaView out;
  out.front = front();
  out.catalogue = {"ISO/IEC 27001:2022 附属書A", "ISO/IEC 27001:2022 Annex A"};
  out.scope = "クラウド勤怠管理サービスの開発、運用及びお客様窓口";
  out.assessment = "リスクアセスメント 2026年度（2026年5月20日 承認）";
  const std::array<std::pair<std::string, Bilingual>, 4> themes = {{{"5", {"組織的管理策", "Organizational controls"}},
                                                                    {"6", {"人的管理策", "People controls"}},
                                                                    {"7", {"物理的管理策", "Physical controls"}},
                                                                    {"8", {"技術的管理策", "Technological controls"}}}};
  const std::array<int, 4> shares = {37, 8, 14, 34};
  const std::array<Bilingual, 6> titles = {
      {{"供給者との合意における取扱い", "Handling in supplier agreements"},
       {"情報のラベル付け", "Labelling of information"},
       {"アクセス権の点検", "Review of access rights"},
       {"クラウドサービスを選び、使い、終えるまでの管理", "Choosing, using and leaving cloud services"},
       {"ログの取得と保護", "Taking and protecting logs"},
       {"受入れの試験", "Acceptance tests"}}};
  const std::array<std::string, 6> practices = {
      "契約に必須条項11項目を入れる。",
      "紙・データ・媒体に区分の印を付ける。",
      "四半期に1回、全員分を点検する。対象は管理画面、クラウド基盤、社内の共有フォルダーとする。",
      "一覧表と選定基準により、承認を得て使う。",
      "書き換えできない場所に1年分を置く。",
      "受け入れの前に試験し、合格を確かめる。"};
  const std::array<std::string, 4> owners = {"中村", "髙﨑", "システム管理者", "𠮷田"};
  int made = 0;
  for (std::size_t t = 0; t < themes.size() && made < count; ++t) {
    SoaTheme theme{themes[t].first, themes[t].second, {}};
    for (int i = 1; i <= shares[t] && made < count; ++i, ++made) {
      const auto n = static_cast<std::size_t>(made);
      SoaControl control;
      control.ref = "A." + themes[t].first + "." + std::to_string(i);
      control.title = titles[n % titles.size()];
      control.applicable = made % 23 != 22;
      control.reasons = {{SoaReason::Kind::risk, made % 6 + 1, ""}};
      if (made % 3 == 1) control.reasons.push_back({SoaReason::Kind::contract, 0, ""});
      if (made % 5 == 2) control.reasons.push_back({SoaReason::Kind::law, 0, "個人情報保護法"});
      control.practice = practices[n % practices.size()];
      control.status = made % 11 == 7 ? SoaControl::Status::partly : SoaControl::Status::implemented;
      if (made % 31 == 13) control.status = SoaControl::Status::not_started;
      control.stale_evidence = made % 17 == 9;
      control.evidence = "委託先管理規程 第" + std::to_string(i) + "条";
      control.owner = owners[n % owners.size()];
      if (!*control.applicable) {
        control.reasons.clear();
        control.justification = "外に委託していないため。委託を始めるときに見直す。";
      }
      theme.controls.push_back(std::move(control));
    }
    out.themes.push_back(std::move(theme));
  }
  if (!out.themes.empty()) out.themes.front().controls.front().practice = hostile_text;
  out.compared_edition = 3;
  out.differences = {
      {"A.5.7", {"受入れの試験", "Acceptance tests"}, "実施状況", "一部", "実施"},
      {"A.5.12", {"クラウドサービスを選び、使い、終えるまでの管理", "Cloud services"}, "担当", "", "𠮷田"}};
  return out;
}

}  // namespace genmei::report::sample
