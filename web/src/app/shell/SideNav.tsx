import { Badge } from './Badge';
import { useLocation } from '@tanstack/react-router';
import { BadgeCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import { A } from '../navigation';
import { isHere, navGroups, settingsItem, type NavItem } from '../nav';

interface Props {
  overdue: number;
  services: number | undefined;
  ledger: { entries: number; verified_at: string | null } | undefined;
}

export function SideNav({ overdue, services, ledger }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pathname } = useLocation();
  const entry = (item: NavItem) => (
    <li key={item.id}>
      <A
        to={item.to}
        className="nav-item"
        aria-current={isHere(item, pathname) ? 'page' : undefined}
        title={t(`nav.${item.id}`)}
      >
        <item.icon size={17} strokeWidth={1.7} aria-hidden />
        <span className="nav-label">{t(`nav.${item.id}`)}</span>
        {item.id === 'work' && overdue > 0 && <Badge count={overdue} label={t('shell.overdue', { count: overdue })} />}
        {item.id === 'services' && services !== undefined && services > 0 && (
          <span className="nav-count">{services}</span>
        )}
      </A>
    </li>
  );
  return (
    <nav className="side-nav" aria-label={t('shell.menu')}>
      <div className="brand">
        <span className="brand-mark" aria-hidden>
          {t('brand.mark')}
        </span>
        <span className="brand-name">{t('brand.name')}</span>
      </div>
      <div className="nav-scroll">
        {navGroups.map((group) => (
          <section key={group.id} aria-label={t(`nav.group.${group.id}`)}>
            <div className="nav-group" aria-hidden>
              {t(`nav.group.${group.id}`)}
            </div>
            <ul>{group.items.map(entry)}</ul>
          </section>
        ))}
      </div>
      <ul className="nav-foot">
        {entry(settingsItem)}
        {ledger && (
          <li className="nav-ledger">
            <BadgeCheck size={17} strokeWidth={1.7} aria-hidden />
            <span className="nav-label">
              {t('shell.ledgerEntries', { count: ledger.entries, shown: format.number(ledger.entries) })}
              {ledger.verified_at && (
                <>
                  <br />
                  {t('shell.verified', { time: format.time(ledger.verified_at) })}
                </>
              )}
            </span>
          </li>
        )}
      </ul>
    </nav>
  );
}
