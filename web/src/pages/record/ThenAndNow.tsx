// A record as it was at the moment looked at, beside what it is now; changed fields carry an amber bar.
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { GenmeiRecord, Kind, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { DiffRow } from '@/design/Diff';
import { useSections } from './RecordForm';
import { textOf } from './values';

interface Props {
  kind: Kind;
  then: GenmeiRecord;
  now: GenmeiRecord;
  labels: Labels;
  moment: string;
}

export function differing(kind: Kind, then: GenmeiRecord, now: GenmeiRecord): number {
  return kind.fields.filter((field) => JSON.stringify(then.fields[field.name] ?? null) !== JSON.stringify(now.fields[field.name] ?? null)).length;
}

export function ThenAndNow({ kind, then, now, labels, moment }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const sections = useSections(kind);
  const [only, setOnly] = useState(false);
  useKeys([{ keys: 'd', label: t('compare.only'), run: () => setOnly((before) => !before) }]);
  return (
    <div className="card">
      <div className="card-head"><Switch label={t('compare.only')} checked={only} onChange={(event) => setOnly(event.currentTarget.checked)} /></div>
      <div className="table-wrap">
        <table className="table compare">
          <thead><tr><th scope="col">{t('conflict.field')}</th><th scope="col">{format.date(moment, 'plain')}</th><th scope="col">{t('compare.now')}</th></tr></thead>
          {sections.map((section) => {
            const rows = section.fields.map((field) => {
              const [before, after] = [then.fields[field.name], now.fields[field.name]];
              return { field, changed: JSON.stringify(before ?? null) !== JSON.stringify(after ?? null), before: textOf(field, before, labels, format, t), after: textOf(field, after, labels, format, t) };
            }).filter((row) => row.changed || (!only && row.before !== ''));
            if (rows.length === 0) return null;
            return (
              <tbody key={section.id}>
                <tr className="group-row"><th colSpan={3} scope="colgroup">{section.title}</th></tr>
                {rows.map((row) => <DiffRow key={row.field.name} label={format.text(row.field.title)} before={row.before} after={row.after} changed={row.changed} />)}
              </tbody>
            );
          })}
        </table>
      </div>
    </div>
  );
}
