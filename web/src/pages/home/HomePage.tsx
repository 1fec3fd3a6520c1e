// Are we all right, and what do I do next? A verdict, five figures, six duties, the services, coverage, the year.
import { Button } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useHome } from '@/api/queries';
import { formatDate, toDate, today, useFormat } from '@/app/format';
import { useGo } from '@/app/navigation';
import { useSession } from '@/app/session';
import { useTitle } from '@/app/title';
import { FigureCard, FigureRow } from '@/design/FigureCard';
import { ErrorState } from '@/design/States';
import { PageLoading } from '@/app/shell/Frame';
import { Verdict } from '@/design/Verdict';
import { CoverageCard } from './CoverageCard';
import { LastLogon } from './LastLogon';
import { NextTasks } from './NextTasks';
import { ServiceLevels } from './ServiceLevels';
import { YearCard } from './YearCard';
import './home.css';

export default function HomePage() {
  const { t } = useTranslation(['home', 'work']);
  const format = useFormat();
  const go = useGo();
  const { session } = useSession();
  const home = useHome();
  useTitle(t('common:nav.home'));

  const empty = home.data && !home.data.setup.done && home.data.services.length === 0;
  useEffect(() => {
    if (empty && !sessionStorage.getItem('first-hour-closed')) go('/first-hour', { replace: true });
  }, [empty, go]);

  if (home.error && !home.data)
    return (
      <div className="page">
        <ErrorState error={home.error} onRetry={() => void home.refetch()} page />
      </div>
    );
  if (!home.data) return <PageLoading />;
  const data = home.data;
  const now = today();
  const start = session.organisation.fiscal_year_start || 4;
  const month = toDate(now).getMonth() + 1;
  const year = toDate(now).getFullYear() - (month < start ? 1 : 0);
  const quarter = Math.floor(((month - start + 12) % 12) / 3) + 1;
  const side: ReactNode = data.setup.done ? (
    <>
      {data.ledger.verified_at && (
        <span>
          {t(data.posture.evidence.total > 0 ? 'checked' : 'verified', {
            time: format.time(data.ledger.verified_at),
            count: data.posture.evidence.total,
            shown: format.number(data.posture.evidence.total),
          })}
        </span>
      )}
    </>
  ) : (
    <Button onClick={() => go('/first-hour')}>{t('continueSetup')}</Button>
  );

  return (
    <div className="page home">
      <LastLogon />
      <Verdict
        over={t('date', { date: formatDate(now, format.language), year, quarter: t(`quarter.${quarter}`) })}
        text={format.text(data.verdict.text)}
        sub={format.text(data.verdict.sub)}
        side={side}
      />
      <FigureRow>
        {data.figures.map((figure) => (
          <FigureCard
            key={figure.id}
            tone={figure.tone}
            label={format.text(figure.label)}
            value={format.number(figure.value)}
            unit={format.text(figure.unit)}
            note={format.text(figure.note)}
            to={figure.path}
          />
        ))}
      </FigureRow>
      <div className="home-grid">
        <NextTasks tasks={data.tasks} total={data.tasksTotal} />
        <ServiceLevels services={data.services} />
        <CoverageCard posture={data.posture} />
        <YearCard calendar={data.calendar} />
      </div>
    </div>
  );
}
