import { CircleHelp, Clock, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { Kbd } from '@/design/Kbd';
import { useAsOf } from '../asOf';
import { useFormat } from '../format';
import { A } from '../navigation';
import { useSession } from '../session';
import { AsOfPicker } from './AsOfPicker';
import { PersonMenu } from './PersonMenu';
import { Tray } from './Tray';

export function TopBar({ onPalette, onHelp }: { onPalette: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const { session } = useSession();
  const format = useFormat();
  const moment = useAsOf();
  const [picking, setPicking] = useState(false);
  const name =
    format.language === 'en' && session.organisation.name_en ? session.organisation.name_en : session.organisation.name;
  return (
    <header className="top-bar">
      <A className="organisation" to="/settings">
        <span className="brand-mark phone-only" aria-hidden>
          {t('brand.mark')}
        </span>
        <span className="clip">{name}</span>
      </A>
      <button type="button" className="search-button" onClick={onPalette}>
        <Search size={16} strokeWidth={1.7} aria-hidden />
        <span className="search-label">{t('shell.search')}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <div className="top-tools">
        <Popover opened={picking} onChange={setPicking} position="bottom-end" trapFocus withinPortal>
          <Popover.Target>
            <UnstyledButton
              className="top-tool wide-only"
              data-lit={moment ? true : undefined}
              onClick={() => setPicking((now) => !now)}
              aria-expanded={picking}
            >
              <Clock size={16} strokeWidth={1.7} aria-hidden />
              <span>{moment ? t('asOf.at', { date: format.date(moment, 'plain') }) : t('asOf.now')}</span>
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('asOf.choose')}>
            <AsOfPicker onDone={() => setPicking(false)} />
          </Popover.Dropdown>
        </Popover>
        <Tray />
        <Tooltip label={t('keys.help')}>
          <UnstyledButton className="top-tool wide-only" onClick={onHelp} aria-label={t('keys.help')}>
            <CircleHelp size={18} strokeWidth={1.6} aria-hidden />
          </UnstyledButton>
        </Tooltip>
        <PersonMenu />
      </div>
    </header>
  );
}
