import { useLocation } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { A } from '../navigation';
import { allNavItems, isHere, type NavItem } from '../nav';
import { Badge } from './Badge';

const MoreDrawer = lazy(() => import('./MoreDrawer'));
const FRONT = ['home', 'work', 'services', 'registers'];

/** Below 900 px: four places and the rest. */
export function BottomBar({ overdue }: { overdue: number }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [more, setMore] = useState(false);
  const link = (item: NavItem, className: string) => (
    <A
      key={item.id}
      to={item.to}
      className={className}
      aria-current={isHere(item, pathname) ? 'page' : undefined}
      onClick={() => setMore(false)}
    >
      <span className="bottom-icon">
        <item.icon size={20} strokeWidth={1.7} aria-hidden />
        {item.id === 'work' && overdue > 0 && <Badge count={overdue} label={t('shell.overdue', { count: overdue })} />}
      </span>
      <span>{t(`nav.${item.id}`)}</span>
    </A>
  );
  const front = allNavItems.filter((item) => FRONT.includes(item.id));
  const rest = allNavItems.filter((item) => !FRONT.includes(item.id));
  return (
    <nav className="bottom-bar" aria-label={t('shell.menu')}>
      {front.map((item) => link(item, 'bottom-item'))}
      <button type="button" className="bottom-item" onClick={() => setMore(true)} aria-expanded={more}>
        <MenuIcon size={20} strokeWidth={1.7} aria-hidden />
        <span>{t('shell.more')}</span>
      </button>
      <Suspense>
        {more && (
          <MoreDrawer onClose={() => setMore(false)}>{rest.map((item) => link(item, 'drawer-item'))}</MoreDrawer>
        )}
      </Suspense>
    </nav>
  );
}
