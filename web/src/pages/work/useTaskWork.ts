// What can be done with a task: attach a proof, finish, take the finish back for ten seconds.
import { useTranslation } from 'react-i18next';
import { api, recordOf } from '@/api/client';
import { useSend } from '@/api/queries';
import type { GenmeiRecord } from '@/api/types';
import { say } from '@/app/notices';
import type { Task } from './tasks';

export function useTaskWork(task: Task | undefined, onFinished: () => void) {
  const { t } = useTranslation('work');
  const attach = useSend(async (file: File) => {
    if (!task) return;
    const stored = await api.upload<{ id: string }>('/files', file);
    const proof = await api.post<GenmeiRecord>('/records/evidence', {
      fields: {
        title: file.name,
        type: 'review',
        source: 'person',
        file: stored.id,
        provenance: 'attested',
        taken_at: new Date().toISOString(),
      },
    });
    await api.patch(
      `/records/task/${task.id}`,
      { fields: { evidence: [...(task.fields.evidence ?? []), proof.id] } },
      task.revision,
    );
  });
  const reopen = useSend((after: GenmeiRecord) =>
    api.post(
      `/records/task/${after.id}/transitions/reopen`,
      { comment: t('reopenComment') },
      { revision: after.revision },
    ),
  );
  const finish = useSend(async (result: string) => {
    if (!task) throw new Error('no task is open');
    let revision = task.revision;
    if (result !== (task.fields.result ?? '')) {
      const saved = recordOf(
        await api.patch<GenmeiRecord>(`/records/task/${task.id}`, { fields: { result } }, revision),
      );
      revision = saved.revision;
    }
    return recordOf(await api.post<GenmeiRecord>(`/records/task/${task.id}/transitions/finish`, {}, { revision }));
  });
  const end = async (result: string) => {
    try {
      const after = await finish.mutateAsync(result);
      say(t('finished', { title: task?.fields.title ?? '' }), { undo: () => reopen.mutate(after) });
      onFinished();
    } catch {
      // The message stands in the pane; what was written is still in the field.
    }
  };
  return {
    attach: (file: File) => attach.mutate(file),
    attaching: attach.isPending,
    finish: end,
    finishing: finish.isPending,
    error: finish.error ?? attach.error ?? reopen.error,
  };
}
