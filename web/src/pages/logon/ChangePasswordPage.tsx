import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordForm } from './PasswordForm';
import './logon.css';

/** After the one-time password, before anything else. */
export default function ChangePasswordPage({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useTranslation('logon');
  useEffect(() => {
    document.title = t('firstTitle');
  }, [t]);
  return (
    <main className="logon">
      <div className="logon-card">
        <h1>{t('firstTitle')}</h1>
        <p className="ink2">{t('firstWhy')}</p>
        <PasswordForm onDone={onDone} />
      </div>
    </main>
  );
}
