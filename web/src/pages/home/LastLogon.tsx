import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseButton } from '@mantine/core';
import { useFormat } from '@/app/format';
import { useSession } from '@/app/session';

/** The previous log-on and what failed since, shown once a session (V:7.5.1.15-16). */
export function LastLogon() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { session } = useSession();
  const key = `logon-seen-${session.last_logon?.at ?? ''}`;
  const [shown, setShown] = useState(() => Boolean(session.last_logon?.at) && !sessionStorage.getItem(key));
  if (!shown || !session.last_logon?.at) return null;
  const close = () => {
    sessionStorage.setItem(key, '1');
    setShown(false);
  };
  return (
    <div className="last-logon hint" role="status">
      <span>
        {t('lastLogon', { time: format.dateTime(session.last_logon.at), count: session.last_logon.failures_since })}
      </span>
      <CloseButton size="xs" onClick={close} aria-label={t('common:action.close')} />
    </div>
  );
}
