// Importing official wording or an own standard: check, then apply.
import { Button, FileButton } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useSend } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { Message } from '@/design/States';

interface Answer {
  document: string;
  placed: number;
  unplaced?: { line: string | number; text: string }[];
  warnings?: string[];
}

export function WordingImport({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation(['standards', 'records']);
  const format = useFormat();
  const moment = useAsOf();
  const [file, setFile] = useState<File | null>(null);
  const check = useSend((chosen: File) => api.upload<Answer>('/standards/import', chosen, { mode: 'check' }), []);
  const apply = useSend((chosen: File) => api.upload<Answer>('/standards/import', chosen, { mode: 'apply' }));
  const found = check.data;
  const error = apply.error ?? check.error;
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) check.mutate(chosen);
  };
  const write = () => file && apply.mutate(file, { onSuccess: (answer) => { say(t('import.done', { document: answer.document, count: answer.placed, shown: format.number(answer.placed) })); check.reset(); setFile(null); onDone?.(); } });
  return (
    <div className="stack loose">
      <p className="ink2">{t('import.explain')}</p>
      <div className="row wrap">
        <FileButton onChange={choose} accept=".pdf,.txt,.md,.xlsx,.yaml,.yml,.docx,.html">
          {(props) => <Button {...props} variant={found ? 'default' : 'filled'} disabled={moment !== null} loading={check.isPending} leftSection={<Upload size={15} aria-hidden />}>{t(file ? 'records:otherFile' : 'records:chooseFile')}</Button>}
        </FileButton>
        {file && <span className="ink2 clip">{file.name}</span>}
      </div>
      {error && <Message tone="miss" title={error.message}>{error.errors.slice(0, 6).map((one) => `${one.place} ${one.message}`).join(' ')}</Message>}
      {found && !error && (
        <>
          <Message tone={(found.unplaced ?? []).length > 0 ? 'warn' : 'met'} title={t('import.found', { document: found.document, shown: format.number(found.placed), count: found.placed })}>{(found.unplaced ?? []).length > 0 ? t('import.unplaced', { count: (found.unplaced ?? []).length }) : t('import.all')}</Message>
          {(found.warnings ?? []).map((warning) => <p key={warning} className="hint">{warning}</p>)}
          {(found.unplaced ?? []).length > 0 && (
            <div className="table-wrap wording-lines" tabIndex={0} role="region" aria-label={t('import.unplacedTitle')}>
              <table className="table"><thead><tr><th scope="col">{t('import.line')}</th><th scope="col">{t('import.text')}</th></tr></thead><tbody>{(found.unplaced ?? []).slice(0, 300).map((line, index) => <tr key={index}><th scope="row" className="mono">{line.line}</th><td>{line.text}</td></tr>)}</tbody></table>
            </div>
          )}
          <div className="row dialog-foot"><Button loading={apply.isPending} disabled={found.placed === 0 || moment !== null} onClick={write}>{t('import.apply', { count: found.placed, shown: format.number(found.placed) })}</Button></div>
        </>
      )}
    </div>
  );
}
