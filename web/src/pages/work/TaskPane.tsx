// One task: why, what it serves, the work itself (result and proof), what remains. "Done" says what is missing.
import { Button, FileButton, Textarea } from '@mantine/core';
import { Paperclip } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { useKeys } from '@/app/keys';
import { A, itemPath, recordPath } from '@/app/navigation';
import { Skeleton } from '@/design/Skeleton';
import { ErrorState, Message } from '@/design/States';
import { StateBadge } from '@/design/StateBadge';
import { RescheduleDialog } from './RescheduleDialog';
import { TaskHead } from './TaskHead';
import { itemRef } from './TaskList';
import type { TaskFields } from './tasks';
import { useTaskWork } from './useTaskWork';

interface Props {
  id: string;
  position: number;
  count: number;
  onMove: (step: number) => void;
  onFinished: () => void;
  onBack?: () => void;
}

export function TaskPane({ id, position, count, onMove, onFinished, onBack }: Props) {
  const { t } = useTranslation('work');
  const moment = useAsOf();
  const page = useRecord<TaskFields>('task', id);
  const record = page.data?.record;
  const fields = record?.fields ?? {};
  const [result, setResult] = useState<string | null>(null);
  const [moving, setMoving] = useState(false);
  const picker = useRef<HTMLButtonElement>(null);
  const draft = `task-result-${id}`;
  useEffect(() => setResult(sessionStorage.getItem(draft)), [draft]);
  const work = useTaskWork(record, () => {
    sessionStorage.removeItem(draft);
    onFinished();
  });
  const text = result ?? fields.result ?? '';
  const write = (next: string) => {
    setResult(next);
    sessionStorage.setItem(draft, next);
  };
  const finish = page.data?.actions.find((action) => action.transition === 'finish');
  const proofs = fields.evidence ?? [];
  const missing = fields.requires_evidence && proofs.length === 0;
  const may = record?.state === 'open' && moment === null && finish?.allowed !== false;
  const done = () => may && !missing && work.finish(text);
  useKeys([
    { keys: 'e', label: t('done'), run: () => void done() },
    { keys: 's', label: t('reschedule'), run: () => setMoving(true) },
    { keys: 'a', label: t('attach'), run: () => picker.current?.click() },
  ]);
  if (page.error && !page.data)
    return (
      <section className="work-pane">
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      </section>
    );
  if (!record)
    return (
      <section className="work-pane">
        <Skeleton rows={6} title />
      </section>
    );
  const labels = page.data?.labels ?? {};
  const label = (kind: string, key: string | undefined) => (key ? labels[`${kind}/${key}`]?.label : undefined);
  return (
    <section className="work-pane" id="task-pane" tabIndex={-1} aria-label={fields.title}>
      <TaskHead record={record} labels={labels} position={position} count={count} onMove={onMove} onBack={onBack} />
      <div className="work-pane-body">
        {record.state !== 'open' && (
          <StateBadge tone={record.state === 'done' ? 'met' : 'free'}>
            {t(`state.${record.state}`, { defaultValue: record.state })}
          </StateBadge>
        )}
        {fields.item && (
          <p className="work-step">
            <A to={itemPath(fields.item)}>{label('standard-item', fields.item) ?? itemRef(fields.item)}</A>
          </p>
        )}
        <Textarea
          label={t('result')}
          description={t('resultHint')}
          autosize
          minRows={5}
          maxRows={18}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          disabled={!may}
        />
        <div className="work-proof">
          <Paperclip size={16} strokeWidth={1.7} aria-hidden className="ink2" />
          <div className="grow">
            <b>{t('proof')}</b>{' '}
            <span className="ink2">
              {proofs.length > 0
                ? t('proofCount', { count: proofs.length })
                : fields.requires_evidence
                  ? t('proofNeeded')
                  : t('proofOptional')}
            </span>
            <ul>
              {proofs.map((proof) => (
                <li key={proof}>
                  <A to={recordPath('evidence', proof)}>{label('evidence', proof) ?? proof}</A>
                </li>
              ))}
            </ul>
          </div>
          <FileButton onChange={(file) => file && work.attach(file)} disabled={!may}>
            {(props) => (
              <Button {...props} ref={picker} variant="default" loading={work.attaching} disabled={!may}>
                {t('chooseFile')}
              </Button>
            )}
          </FileButton>
        </div>
        {work.error && (
          <Message tone="miss" title={work.error.message}>
            {work.error.errors.map((one) => one.message).join(' ')}
          </Message>
        )}
        {finish && !finish.allowed && (
          <Message tone="info" title={t('cannot')}>
            {finish.reason}
          </Message>
        )}
      </div>
      <footer className="work-pane-foot">
        <span className="hint grow">
          {result !== null && result !== (fields.result ?? '') ? (
            t('kept')
          ) : (
            <A to={recordPath('task', record.id)}>{t('openRecord')}</A>
          )}
        </span>
        {record.state === 'open' && (
          <>
            <Button variant="default" onClick={() => setMoving(true)} disabled={!may}>
              {t('reschedule')}
            </Button>
            <Button onClick={() => void done()} disabled={!may || Boolean(missing)} loading={work.finishing}>
              {missing ? t('doneMissing') : t('done')}
            </Button>
          </>
        )}
      </footer>
      {moving && <RescheduleDialog record={record} onClose={() => setMoving(false)} />}
    </section>
  );
}
