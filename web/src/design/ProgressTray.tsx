import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job, Tone } from '@/api/types';
import { useFormat } from '@/app/format';
import { Mark } from './Mark';

const tones: Record<Job['state'], Tone> = {
  waiting: 'none',
  running: 'info',
  done: 'met',
  failed: 'warn',
  cancelled: 'free',
};

/** Each job: mark, name, one sentence, bar, one action. */
export function ProgressTray({ jobs, onStop }: { jobs: Job[]; onStop: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (jobs.length === 0) return <p className="hint tray-empty">{t('tray.empty')}</p>;
  return (
    <ul className="tray" aria-label={t('tray.title')}>
      {jobs.map((job) => (
        <li key={job.id} className={`tone-${tones[job.state]}`}>
          <Mark tone={tones[job.state]} size={15} />
          <div className="grow">
            <div className="strong ink clip">{format.text(job.title)}</div>
            <div className="hint">{job.note || t(`tray.${job.state}`, { percent: job.percent })}</div>
            {job.state === 'running' && (
              <div
                className="bar"
                role="progressbar"
                aria-valuenow={job.percent}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-label={format.text(job.title)}
              >
                <i style={{ inlineSize: `${job.percent}%` }} />
              </div>
            )}
          </div>
          {(job.state === 'running' || job.state === 'waiting') && (
            <UnstyledButton className="text-link" onClick={() => onStop(job.id)}>
              {t('tray.stop')}
            </UnstyledButton>
          )}
          {job.state === 'done' && job.result && (
            <a href={job.result} download>
              {t('tray.take')}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
