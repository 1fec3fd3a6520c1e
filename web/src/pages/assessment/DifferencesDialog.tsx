// What changed since the edition in force.
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useGet, useKind } from '@/api/queries';
import type { Change, Labels, Text } from '@/api/types';
import { useFormat } from '@/app/format';
import { Diff } from '@/design/Diff';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { textOf } from '@/pages/record/values';

interface Answer {
  edition: { edition: number } | null;
  items: { item: string; ref?: string; title?: Text; changes: Change[] }[];
  labels: Labels;
}

export function DifferencesDialog({ assessment, onClose, onOpen }: { assessment: string; onClose: () => void; onOpen: (item: string) => void }) {
  const { t } = useTranslation(['assessment', 'records']);
  const format = useFormat();
  const kind = useKind('requirement');
  const answer = useGet<Answer>(`/assessments/${assessment}/differences`);
  const field = (name: string) => kind?.fields.find((one) => one.name === name);
  const valueOf = (name: string, value: unknown) => {
    const declared = field(name);
    return declared ? textOf(declared, value, answer.data?.labels ?? {}, format, t) : String(value ?? '');
  };
  return (
    <Modal opened onClose={onClose} title={t('differencesTitle', { edition: answer.data?.edition?.edition ?? '' })} size={820} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {answer.isPending && <Skeleton rows={6} />}
      {answer.error && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.data && answer.data.items.length === 0 && <EmptyState title={t('noDifferences')} />}
      {answer.data && answer.data.items.length > 0 && (
        <ul className="difference-list">
          {answer.data.items.map((one) => (
            <li key={one.item}>
              <button type="button" className="plain-button" onClick={() => onOpen(one.item)}><code>{one.ref}</code> {format.text(one.title)}</button>
              <dl>
                {one.changes.map((change) => <div key={change.field}><dt>{format.text(field(change.field)?.title) || change.field}</dt><dd><Diff before={valueOf(change.field, change.before)} after={valueOf(change.field, change.after)} /></dd></div>)}
              </dl>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
