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

std::vector<LevelView> levels() {
  LevelView uptime;
  uptime.item = "サービスの稼働率";
  uptime.reference_text = "99.5％以上";
  uptime.must_reach = true;
  uptime.reference = 99.5;
  uptime.reached = 99.93;
  uptime.contract = 99.7;
  uptime.reached_text = "99.93％";
  uptime.contract_text = "99.7％";
  uptime.measured_on = on(2026, 10, 31);
  uptime.judgement = Judgement::met;
  LevelView patch;
  patch.item = "修正プログラムを入れるまでの時間";
  patch.reference_text = "24時間以内";
  patch.must_reach = true;
  patch.at_least = false;
  patch.reference = 24;
  patch.reached = 31;
  patch.reached_text = "31時間";
  patch.measured_on = on(2026, 11, 13);
  patch.judgement = Judgement::missed;
  LevelView logs;
  logs.item = "操作ログを残す期間";
  logs.reference_text = "3か月以上";
  logs.reference = 3;
  logs.reached = 2;
  logs.reached_text = "2か月";
  logs.measured_on = on(2026, 11, 1);
  logs.judgement = Judgement::to_explain;
  LevelView backup;
  backup.item = "バックアップの世代数";
  backup.free = true;
  backup.reached_text = "7世代";
  backup.judgement = Judgement::free;
  LevelView check;
  check.item = "稼働の確認の間隔";
  check.reference_text = "10分以内";
  check.must_reach = true;
  check.at_least = false;
  check.reference = 10;
  check.judgement = Judgement::not_measured;
  return {uptime, patch, logs, backup, check};
}

CriteriaView criteria(int sections) {
  CriteriaView out;
  out.front = front();
  out.front.number = "CRI-001";
  out.name = "クラウド勤怠管理サービスの管理基準";
  out.subject = "クラウド勤怠管理サービス";
  out.catalogue = "クラウド情報セキュリティ管理基準（平成25年度版）";
  out.purpose = "内部監査、基本言明の確認";
  for (int s = 1; s <= sections; ++s) {
    CriteriaSection section;
    section.ref = "5." + std::to_string(s);
    section.title = "領域を守る";
    section.objective = "情報と設備に、許可なく近づかれないようにする。";
    for (int i = 1; i <= 4; ++i) {
      CriteriaItem item;
      item.ref = "V:" + section.ref + "." + std::to_string(i);
      item.text = i == 2 ? hostile_text : "情報を処理する設備のある領域を、物理的な境界で囲む。";
      item.reworded = i == 2;
      item.added = i == 4;
      item.applicable = i != 3;
      item.reason = i == 3 ? "自社の設備を持たず、すべて委託先の領域にあるため。" : "リスク対応で必要と決めたため。";
      item.commitment = i % 3 + 1;
      item.disclosure = static_cast<char>('A' + i % 4);
      item.owner = "髙﨑";
      for (int d = 1; d <= 3 * i; ++d) {
        item.details.push_back({item.ref + "." + std::to_string(d), "境界は、守るものの価値に見合う強さにする。",
                                d % 4 != 0, d % 4 == 0 ? "貸しビルの管理者が行うため。" : "", d == 2});
      }
      section.items.push_back(std::move(item));
    }
    out.sections.push_back(std::move(section));
  }
  out.compared_edition = 3;
  out.changes = {{"V:5.1.1", "取組み", "1 基本", "2 管理", "前回の内部監査の指摘による。"}};
  return out;
}

GapView gap() {
  GapView out;
  out.front = front();
  out.front.number.clear();
  out.front.edition.reset();
  out.front.state = EditionState::working;
  out.front.digest.clear();
  out.front.ledger_index.reset();
  out.front.seals.clear();
  out.front.effective.reset();
  out.subject = "クラウド勤怠管理サービス";
  out.pattern = PatternFacts{3, PatternFacts::Level::high, PatternFacts::Level::high, PatternFacts::Level::low};
  out.judged = 128;
  out.today = on(2026, 11, 21);
  const auto all = levels();
  const std::string guideline = "ASP・SaaSガイドライン";
  const std::string iso = "ISO/IEC 27001:2022";
  out.items = {{GapItem::Class::recommended,
                GapItem::State::partly,
                guideline,
                "II.4.3.1",
                {"点検の記録", "Records"},
                "記録の様式が部署ごとに違う。",
                {},
                "",
                "中村",
                on(2027, 1, 29)},
               {GapItem::Class::basic,
                GapItem::State::not_done,
                iso,
                "A.5.7",
                {"受入れの試験", "Acceptance tests"},
                hostile_text,
                {},
                "様式を決めて試す",
                "",
                {}},
               {GapItem::Class::basic,
                GapItem::State::stale,
                iso,
                "A.8.9",
                {"構成の管理", "Configuration"},
                "構成の一覧の証拠が、半年前のもの。",
                {},
                "",
                "𠮷田",
                on(2026, 11, 16)},
               {GapItem::Class::must_reach,
                GapItem::State::not_judged,
                guideline,
                "III.2.1",
                {"稼働の確認の間隔", "Interval"},
                "",
                all[4],
                "",
                "髙﨑",
                on(2026, 12, 11)},
               {GapItem::Class::must_reach,
                GapItem::State::missed,
                guideline,
                "III.2.2",
                {"修正プログラムを入れるまでの時間", "Patching"},
                "",
                all[1],
                "夜間の当番を置く",
                "システム管理者",
                on(2026, 11, 27)}};
  return out;
}

PatternView pattern() {
  PatternView out;
  out.front = gap().front;
  out.service = "クラウド勤怠管理サービス";
  out.provider_unit = "サービス運用部";
  out.service_type = "人事・給与・勤怠管理";
  out.description = "中小企業の勤怠の記録と集計を、ブラウザから行うサービス。";
  out.configuration = "構成2（アプリケーションは自社、基盤は委託先）";
  out.facts = *gap().pattern;
  out.basis = {{"個人情報を扱う：はい", "機密性は高い", "R 3.2.3 [1]"},
               {"止まったときの影響：業務の一部が遅れる", "可用性は低い", "R 3.2.3 [1]"},
               {hostile_text, "完全性は高い", ""}};
  out.judge = "髙﨑 花子";
  out.judged_on = on(2026, 4, 6);
  out.judgement_reason = "種別の表に載っているとおり。";
  out.assets = {{"アプリケーション", "勤怠の記録", "情報", "自社", false},
                {"アプリケーション", "操作ログ", "ログ", "自社", false},
                {"ネットワーク", "通信の設定", "情報", "委託先", true}};
  out.threats = {{"勤怠の記録", "機密性", "不正なアクセスによる漏えい", 7},
                 {"勤怠の記録", "完全性", "誤った操作による改ざん", 3},
                 {"操作ログ", "可用性", "容量不足による欠落", 0}};
  out.levels = levels();
  return out;
}

DisclosureView disclosure() {
  DisclosureView out;
  out.front = front();
  out.front.number = "DIS-002";
  out.front.secrecy = {};
  out.service = "クラウド勤怠管理サービス";
  out.description = "中小企業の勤怠の記録と集計を、ブラウザから行うサービス。";
  out.audience = "お客様と、利用を検討される方";
  out.contact = "security@example.jp";
  out.facts = *gap().pattern;
  for (const auto& level : levels()) out.levels.push_back({level, level.item != "操作ログを残す期間"});
  out.statements = {{"データ、法令、契約", "データを置く国・地域", "日本", true},
                    {"データ、法令、契約", "準拠法", "日本法", true},
                    {"ログ、バックアップ、証拠", "提供するログ", hostile_text, true},
                    {"ログ、バックアップ、証拠", "社内の監査の所見", "非公開の内容", false}};
  return out;
}

}  // namespace genmei::report::sample
