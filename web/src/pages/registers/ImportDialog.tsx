// Rows from Excel or CSV: looked through first, with the cell of every fault; written all or not at all.
import { Button, FileButton, Modal } from '@mantine/core';
import { FileSpreadsheet, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useSend } from '@/api/queries';
import type { Kind } from '@/api/types';
import { useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { Message } from '@/design/States';

interface Answer {
  rows: number;
  create: number;
  update: number;
  unchanged: number;
  errors: { place: string; code: string; message: string }[];
  columns?: { header: string; field: string | null }[];
}

export function ImportDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const [file, setFile] = useState<File | null>(null);
  const path = `/records/${kind.id}`;
  const check = useSend((chosen: File) => api.upload<Answer>(`${path}/import`, chosen, { mode: 'check' }), []);
  const apply = useSend((chosen: File) => api.upload<Answer>(`${path}/import`, chosen, { mode: 'apply' }), [path]);
  const found = check.data;
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) check.mutate(chosen);
  };
  const write = () => file && apply.mutate(file, { onSuccess: (answer) => { say(t('import.done', { create: answer.create, update: answer.update })); onClose(); } });
  const unknown = (found?.columns ?? []).filter((column) => !column.field);
  const error = apply.error ?? check.error;
  return (
    <Modal opened onClose={onClose} title={t('import.title', { kind: format.text(kind.plural) })} size={620} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="stack loose">
        <p className="ink2">{t('import.explain')}</p>
        <div className="row wrap">
          <FileButton onChange={choose} accept=".xlsx,.csv">
            {(props) => <Button {...props} leftSection={<Upload size={15} aria-hidden />} loading={check.isPending} variant={found ? 'default' : 'filled'}>{t(file ? 'otherFile' : 'chooseFile')}</Button>}
          </FileButton>
          <Button component="a" variant="default" href={`/api/v1${path}/template.xlsx?lang=${format.language}`} download leftSection={<FileSpreadsheet size={15} aria-hidden />}>{t('import.template')}</Button>
          {file && <span className="ink2 clip">{file.name}</span>}
        </div>
        {error && <Message tone="miss" title={error.message}>{error.errors.slice(0, 8).map((one) => `${one.place} ${one.message}`).join(' ')}</Message>}
        {found && (
          <>
            <dl className="import-counts">
              {(['rows', 'create', 'update', 'unchanged'] as const).map((key) => <div key={key}><dt>{t(`import.${key}`)}</dt><dd>{format.number(found[key] ?? 0)}</dd></div>)}
            </dl>
            {unknown.length > 0 && <Message tone="warn" title={t('import.unknown', { columns: unknown.map((column) => column.header).join(t('comma')) })} />}
            {found.errors.length > 0 ? (
              <>
                <Message tone="miss" title={t('import.faults', { count: found.errors.length })}>{t('import.faultsHow')}</Message>
                <div className="table-wrap import-errors" tabIndex={0} role="region" aria-label={t('import.faultList')}>
                  <table className="table">
                    <thead><tr><th scope="col">{t('import.place')}</th><th scope="col">{t('import.what')}</th></tr></thead>
                    <tbody>{found.errors.map((one, index) => <tr key={index}><th scope="row" className="mono">{one.place}</th><td>{one.message}</td></tr>)}</tbody>
                  </table>
                </div>
              </>
            ) : <Message tone="met" title={t('import.fine')} />}
          </>
        )}
        <div className="row dialog-foot">
          <Button variant="default" onClick={onClose}>{t('action.cancel')}</Button>
          <Button disabled={!found || found.errors.length > 0 || found.create + found.update === 0} loading={apply.isPending} onClick={write}>{t('import.apply', { count: found ? found.create + found.update : 0 })}</Button>
        </div>
      </div>
    </Modal>
  );
}
