import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeTask } from '@/api/method';
import { useKeys } from '@/app/keys';
import { A, useGo } from '@/app/navigation';
import { Avatar } from '@/design/Avatar';
import { Card } from '@/design/Card';
import { KeyHints } from '@/design/Kbd';
import { Mark } from '@/design/Mark';
import { EmptyState } from '@/design/States';
import { useDue } from '@/design/due';

export function NextTasks({ tasks, total }: { tasks: HomeTask[]; total: number }) {
  const { t } = useTranslation('home');
  const go = useGo();
  const due = useDue();
  const [at, setAt] = useState(0);
  const open = (task: HomeTask | undefined) => task && go(`/work?task=${task.id}`);
  useKeys([
    { keys: 'j', label: t('common:keys.next'), run: () => setAt((now) => Math.min(now + 1, tasks.length - 1)) },
    { keys: 'k', label: t('common:keys.previous'), run: () => setAt((now) => Math.max(now - 1, 0)) },
    { keys: 'Enter', label: t('common:keys.open'), run: () => open(tasks[at]) },
  ]);
  const hints = [
    { keys: 'j k', label: t('common:keys.choose') },
    { keys: 'Enter', label: t('common:keys.open') },
  ];
  return (
    <Card
      flush
      title={t('next.title')}
      hint={t('next.whose')}
      side={
        <>
          <span className="wide-only">
            <KeyHints hints={hints} />
          </span>
          <A to="/work">{t('next.all', { count: total })}</A>
        </>
      }
    >
      {tasks.length === 0 ? (
        <EmptyState title={t('next.done')} example={t('next.doneHint')} />
      ) : (
        <ul className="list">
          {tasks.map((task, index) => {
            const when = due(task.due_on, task.late_days);
            return (
              <li
                key={task.id}
                data-selected={index === at || undefined}
                className="home-task"
                onMouseEnter={() => setAt(index)}
              >
                <span className={`home-due ${when.late ? 'tone-miss strong' : when.now ? 'strong' : ''}`}>
                  <Mark
                    tone={
                      when.late
                        ? 'miss'
                        : task.state === 'doing' || task.state === 'in-progress'
                          ? 'info'
                          : when.now
                            ? 'info'
                            : 'none'
                    }
                    size={14}
                  />
                  {when.text}
                </span>
                <A to={`/work?task=${task.id}`} className="home-task-title grow">
                  <b className="clip">{task.title}</b>
                  <span className="hint clip">
                    {when.lateText && <span className="tone-miss home-late">{when.lateText}</span>}
                    {[(task.serves ?? []).join(' / '), task.why].filter(Boolean).join('・')}
                  </span>
                </A>
                {task.owner_name && (
                  <span className="row home-owner">
                    <Avatar name={task.owner_name} />
                    <span className="wide-only">{task.owner_name}</span>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
