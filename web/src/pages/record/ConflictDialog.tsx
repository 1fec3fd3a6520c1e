// Somebody else saved first: both versions side by side, and a choice for every field that both changed.
import { Button, Modal, Radio } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GenmeiRecord, Kind, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { FieldValue } from './FieldValue';

export interface Conflict {
  yours: Record<string, unknown>;
  theirs: GenmeiRecord;
  base?: GenmeiRecord;
}

interface Props {
  kind: Kind;
  conflict: Conflict;
  labels: Labels;
  onClose: () => void;
  onSave: (fields: Record<string, unknown>, revision: number) => void;
}

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

export function ConflictDialog({ kind, conflict, labels, onClose, onSave }: Props) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { yours, theirs, base } = conflict;
  const both = useMemo(() => Object.keys(yours).filter((name) => !same(yours[name], theirs.fields[name]) && (!base || !same(base.fields[name], theirs.fields[name]))), [yours, theirs, base]);
  const [choice, setChoice] = useState<Record<string, 'mine' | 'theirs'>>({});
  const open = both.filter((name) => !choice[name]);
  const save = () => onSave(Object.fromEntries(Object.entries(yours).filter(([name]) => choice[name] !== 'theirs')), theirs.revision);
  return (
    <Modal opened onClose={onClose} title={t('conflict.title')} size={760} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <p className="conflict-lead">{t('conflict.lead', { time: format.dateTime(theirs.updated_at), revision: theirs.revision })}</p>
      {both.length === 0 ? <p>{t('conflict.apart')}</p> : (
        <div className="table-wrap">
          <table className="table">
            <thead><tr><th scope="col">{t('conflict.field')}</th><th scope="col">{t('conflict.mine')}</th><th scope="col">{t('conflict.theirs')}</th></tr></thead>
            <tbody>
              {both.map((name) => {
                const field = kind.fields.find((one) => one.name === name);
                if (!field) return null;
                const title = format.text(field.title);
                const cell = (which: 'mine' | 'theirs', value: unknown) => (
                  <td><Radio name={`conflict-${name}`} checked={choice[name] === which} onChange={() => setChoice({ ...choice, [name]: which })} aria-label={t(which === 'mine' ? 'conflict.takeMine' : 'conflict.takeTheirs', { field: title })} label={<FieldValue field={field} value={value} labels={labels} plain />} /></td>
                );
                return <tr key={name}><th scope="row">{title}</th>{cell('mine', yours[name])}{cell('theirs', theirs.fields[name])}</tr>;
              })}
            </tbody>
          </table>
        </div>
      )}
      <div className="row dialog-foot">
        <Button variant="default" onClick={onClose}>{t('conflict.later')}</Button>
        <Button disabled={open.length > 0} onClick={save}>{t('conflict.save')}</Button>
      </div>
    </Modal>
  );
}
