import { Popover, UnstyledButton } from '@mantine/core';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useGet, useSend } from '@/api/queries';
import type { Job } from '@/api/types';
import { ProgressTray } from '@/design/ProgressTray';
import { Badge } from './Badge';

/** Long work goes on here; it survives a reload because the server keeps it. */
export function Tray() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [running, setRunning] = useState(false);
  const jobs = useGet<{ items: Job[] } | Job[]>('/jobs', {}, { refetchInterval: running || opened ? 1500 : 60_000 });
  const list = Array.isArray(jobs.data) ? jobs.data : (jobs.data?.items ?? []);
  const open = list.filter((job) => job.state === 'waiting' || job.state === 'running').length;
  if (running !== open > 0) setRunning(open > 0);
  const stop = useSend((id: string) => api.delete(`/jobs/${id}`), ['/jobs']);
  const waiting = list.filter((job) => job.state !== 'cancelled').length;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={400}>
      <Popover.Target>
        <UnstyledButton
          className="top-tool tray-button"
          onClick={() => setOpened((now) => !now)}
          aria-expanded={opened}
        >
          <span className="visually-hidden">{t('tray.title')}</span>
          <Inbox size={18} strokeWidth={1.6} aria-hidden />
          {waiting > 0 && <Badge count={waiting} tone="ai" label={t('tray.count', { count: waiting })} />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <ProgressTray jobs={list} onStop={(id) => stop.mutate(id)} />
      </Popover.Dropdown>
    </Popover>
  );
}
