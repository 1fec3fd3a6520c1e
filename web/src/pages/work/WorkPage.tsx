// Do the next thing and prove it: the list at the left, the open task at the right; the next one opens by itself.
import { ClipboardCheck } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMediaQuery } from '@mantine/hooks';
import { formatDate, today, useFormat } from '@/app/format';
import { useKeys } from '@/app/keys';
import { useSearch } from '@/app/navigation';
import { useSession } from '@/app/session';
import { useTitle } from '@/app/title';
import { Chips } from '@/design/Chips';
import { KeyHints } from '@/design/Kbd';
import { Skeleton } from '@/design/Skeleton';
import { EmptyState, ErrorState } from '@/design/States';
import { TaskList } from './TaskList';
import { TaskPane } from './TaskPane';
import { WorkTabs } from './WorkTabs';
import { groupOf, useTasks, type Task, type Whose } from './tasks';
import './work.css';

export default function WorkPage() {
  const { t } = useTranslation('work');
  const format = useFormat();
  const { session } = useSession();
  const [search, setSearch] = useSearch();
  const narrow = useMediaQuery('(max-width: 1199px)', false, { getInitialValueInEffect: false });
  const whose: Whose = search.whose === 'mine' && session.person ? 'mine' : 'all';
  const { tasks: every, labels, query } = useTasks(whose, session.person);
  useTitle(t('common:nav.work'));
  const tasks = useMemo(
    () =>
      search.show === 'overdue'
        ? every.filter((task) => groupOf(task) === 'overdue')
        : search.show === 'today'
          ? every.filter((task) => groupOf(task) === 'today')
          : every,
    [every, search.show],
  );
  const chosen = tasks.find((task) => task.id === search.task) ?? (narrow || search.task ? undefined : tasks[0]);
  const at = chosen ? tasks.indexOf(chosen) : -1;
  const open = useCallback((task: Task | undefined) => setSearch({ task: task?.id ?? null }), [setSearch]);
  const next = useCallback(() => open(tasks[at + 1] ?? tasks[at - 1]), [open, tasks, at]);
  useKeys([
    { keys: 'j', label: t('common:keys.next'), run: () => open(tasks[Math.min(at + 1, tasks.length - 1)]) },
    { keys: 'k', label: t('common:keys.previous'), run: () => open(tasks[Math.max(at - 1, 0)]) },
    {
      keys: 'Enter',
      label: t('common:keys.open'),
      run: () => document.querySelector<HTMLElement>('#task-pane')?.focus(),
    },
  ]);
  const hints = [
    { keys: 'j k', label: t('keys.move') },
    { keys: 'e', label: t('done') },
    { keys: 's', label: t('reschedule') },
    { keys: 'a', label: t('attach') },
  ];
  const showList = !narrow || !chosen;
  const showPane = Boolean(chosen) || (!narrow && Boolean(search.task));
  return (
    <div className={`work${narrow ? ' work-narrow' : ''}`}>
      {showList && (
        <section className="work-list" aria-label={t('title')}>
          <header className="work-head">
            <div className="row between">
              <h1>{t('title')}</h1>
              <span className="ink2">{formatDate(today(), format.language, 'tight')}</span>
            </div>
            <WorkTabs value="today" />
            <div className="row wrap between">
              {session.person ? (
                <Chips
                  label={t('whose')}
                  value={whose}
                  onChange={(id) => setSearch({ whose: id === 'all' ? null : id, task: null })}
                  chips={[
                    { id: 'all', label: t('everyone') },
                    { id: 'mine', label: t('mine') },
                  ]}
                />
              ) : (
                <span />
              )}
              {search.show && (
                <button type="button" className="chip" aria-pressed onClick={() => setSearch({ show: null })}>
                  {t(`group.${search.show === 'overdue' ? 'overdue' : 'today'}`)} ×
                </button>
              )}
            </div>
          </header>
          <div className="work-scroll">
            {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
            {query.isPending && <Skeleton rows={7} />}
            {query.data && tasks.length === 0 && (
              <EmptyState icon={ClipboardCheck} title={t('empty')} example={t('emptyHint')} />
            )}
            <TaskList tasks={tasks} labels={labels} chosen={chosen?.id ?? null} onOpen={open} />
          </div>
          <footer className="work-keys wide-only">
            <KeyHints hints={hints} />
          </footer>
        </section>
      )}
      {showPane && (
        <TaskPane
          key={chosen?.id ?? search.task}
          id={chosen?.id ?? search.task ?? ''}
          position={at}
          count={tasks.length}
          onMove={(step) => open(tasks[at + step])}
          onFinished={next}
          onBack={narrow ? () => open(undefined) : undefined}
        />
      )}
    </div>
  );
}
