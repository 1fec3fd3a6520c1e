import { useTranslation } from 'react-i18next';
import type { Labels } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { Mark } from '@/design/Mark';
import { useDue } from '@/design/due';
import { GROUPS, groupOf, type Task } from './tasks';

interface Props {
  tasks: Task[];
  labels: Labels;
  chosen: string | null;
  onOpen: (task: Task) => void;
}

export const itemRef = (item: string | undefined): string => item?.split('/').at(-1) ?? '';

export function TaskList({ tasks, labels, chosen, onOpen }: Props) {
  const { t } = useTranslation('work');
  const due = useDue();
  const groups = GROUPS.map((group) => ({ group, own: tasks.filter((task) => groupOf(task) === group) })).filter(
    ({ own }) => own.length > 0,
  );
  return (
    <>
      {groups.map(({ group, own }) => (
        <section key={group} className="work-group" aria-label={t(`group.${group}`)}>
          <h2 className={group === 'overdue' ? 'tone-miss' : undefined}>
            {t(`group.${group}`)} <span>{own.length}</span>
          </h2>
          <ul className="card list">
            {own.map((task) => {
              const when = due(task.fields.due_on);
              const owner = labels[`person/${task.fields.owner ?? ''}`]?.label;
              const service = labels[`service/${task.fields.service ?? ''}`]?.label;
              return (
                <li key={task.id} data-selected={task.id === chosen || undefined} className="work-item">
                  <Mark tone={when.late ? 'miss' : when.now ? 'info' : 'none'} size={15} />
                  <button
                    type="button"
                    className="plain-button grow work-open"
                    aria-current={task.id === chosen ? 'true' : undefined}
                    onClick={() => onOpen(task)}
                  >
                    <span className={when.late || when.now ? 'strong clip' : 'clip'}>{task.fields.title}</span>
                    <span className="hint clip">
                      {[itemRef(task.fields.item), service, task.fields.why].filter(Boolean).join('・')}
                    </span>
                  </button>
                  <span className={`nowrap ${when.late ? 'tone-miss strong' : 'ink2'}`}>
                    {when.text}
                    {when.lateText && <span className="visually-hidden">{when.lateText}</span>}
                  </span>
                  {owner && <Avatar name={owner} label />}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}
