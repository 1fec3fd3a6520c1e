// Settings: the organisation, accounts and roles, keys for machines, rules for passwords and sessions, the notice.
import { useTranslation } from 'react-i18next';
import { useRecords } from '@/api/queries';
import { useSearch, A, recordPath } from '@/app/navigation';
import { useSession } from '@/app/session';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { PageTabs } from '@/design/PageTabs';
import { Accounts } from './Accounts';
import { Rules } from './Rules';
import { Tokens } from './Tokens';
import './settings.css';

export default function SettingsPage() {
  const { t } = useTranslation(['settings', 'records']);
  const { session, can } = useSession();
  const [search] = useSearch();
  useTitle(t('nav.settings'));
  const organisation = useRecords('organisation', { limit: 1 });
  const tabs = ['organisation', ...(can('@users') ? ['accounts'] : []), 'tokens', ...(can('@settings') ? ['rules'] : [])];
  const tab = tabs.includes(search.tab ?? '') ? (search.tab ?? '') : 'organisation';
  const own = organisation.data?.items[0];
  return (
    <div className="page settings">
      <h1>{t('nav.settings')}</h1>
      <PageTabs label={t('tabs')} value={tab} tabs={tabs.map((id) => ({ id, label: t(`tab.${id}`), to: `/settings${id === 'organisation' ? '' : `?tab=${id}`}` }))} />
      {tab === 'organisation' && (
        <Card title={t('organisation.title')}>
          <dl className="facts">
            <dt>{t('organisation.name')}</dt><dd>{session.organisation.name}</dd>
            <dt>{t('organisation.nameEn')}</dt><dd>{session.organisation.name_en || '–'}</dd>
            <dt>{t('organisation.year')}</dt><dd>{t('organisation.month', { month: session.organisation.fiscal_year_start })}</dd>
          </dl>
          <ul className="settings-links">
            {own && <li><A to={recordPath('organisation', own.id)}>{t('organisation.record')}</A></li>}
            <li><A to="/records/org-unit">{t('organisation.units')}</A></li>
            <li><A to="/records/person">{t('organisation.people')}</A></li>
            <li><A to="/password">{t('organisation.password')}</A></li>
          </ul>
        </Card>
      )}
      {tab === 'accounts' && <Accounts />}
      {tab === 'tokens' && <Tokens />}
      {tab === 'rules' && <Rules />}
    </div>
  );
}
