import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { LevelRow, LevelValue } from '@/api/method';
import { useFormat } from '@/app/format';
import { LevelMeter } from '@/design/LevelMeter';
import { Provenance } from '@/design/Provenance';
import { Term } from '@/design/Term';
import { StateBadge } from '@/design/StateBadge';
import { gapText, levelText, rowTone, valueText } from '@/design/level';

/** The standard and part of an item, as people call them. */
export function useSource(): (item: string) => string {
  const { t } = useTranslation('services');
  return (item) => {
    const [standard = '', part = ''] = item.split('/');
    return t(`source.${standard}/${part}`, {
      defaultValue: t(`source.${standard}`, { defaultValue: [standard, part].filter(Boolean).join(' ') }),
    });
  };
}

export function Reference({ level }: { level: LevelValue | null }) {
  const { t } = useTranslation('services');
  return (
    <span className={level?.must_reach ? 'strong nowrap' : 'nowrap'}>
      {levelText(level, t)}
      {level?.must_reach && (
        <span className="must">
          <span aria-hidden>＊</span>
          <span className="visually-hidden">{t('level.must')}</span>
        </span>
      )}
    </span>
  );
}

export function LevelTable({
  rows,
  chosen,
  onChoose,
}: {
  rows: LevelRow[];
  chosen: string | null;
  onChoose: (row: LevelRow) => void;
}) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const source = useSource();
  let group = '';
  return (
    <div className="card table-wrap levels-table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('levels.item')}</th>
            <th scope="col">
              <Term name="reference">{t('level.reference')}</Term>
            </th>
            <th scope="col">
              <Term name="contract">{t('level.contract')}</Term>
            </th>
            <th scope="col" className="num">
              <Term name="measured">{t('level.measured')}</Term>
            </th>
            <th scope="col" className="levels-meter">
              {t('levels.meter')}
            </th>
            <th scope="col">{t('levels.verdict')}</th>
            <th scope="col" className="num">
              {t('levels.gap')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const name = format.text(row.group);
            const head = name && name !== group ? name : '';
            group = name;
            const tone = rowTone(row);
            return (
              <Fragment key={row.item}>
                {head && (
                  <tr className="group-row">
                    <th colSpan={7} scope="colgroup">
                      {head}
                    </th>
                  </tr>
                )}
                <tr data-open aria-selected={row.item === chosen} onClick={() => onChoose(row)} className="levels-row">
                  <th scope="row">
                    <button
                      type="button"
                      className="plain-button strong"
                      onClick={(event) => {
                        event.stopPropagation();
                        onChoose(row);
                      }}
                    >
                      {format.text(row.label)}
                    </button>
                    <div className="hint">{source(row.item)}</div>
                  </th>
                  <td>
                    <Reference level={row.reference} />
                  </td>
                  <td className="tone-info nowrap">{row.sla ? levelText(row.sla, t) : ''}</td>
                  <td className="num">
                    <b className={row.measured?.stale ? 'ink3' : undefined}>
                      {valueText(row.measured?.value, row.measured?.unit ?? row.reference?.unit ?? row.sla?.unit, t)}
                    </b>
                    {row.measured && (
                      <div>
                        <Provenance kind={row.measured.provenance} at={row.measured.at} bare />
                      </div>
                    )}
                  </td>
                  <td className="levels-meter">
                    <LevelMeter row={row} />
                  </td>
                  <td>
                    <StateBadge tone={tone}>{t(`verdict.${tone === 'stale' ? 'stale' : row.verdict}`)}</StateBadge>
                  </td>
                  <td
                    className={`num nowrap ${row.verdict === 'not_met' ? 'tone-miss strong' : row.verdict === 'shortfall' ? 'tone-warn strong' : 'ink2'}`}
                  >
                    {gapText(row, t)}
                  </td>
                </tr>
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
