import { useTranslation } from 'react-i18next';
import { useGo } from '@/app/navigation';
import { say } from '@/app/notices';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { PasswordForm } from './PasswordForm';
import './logon.css';

export default function OwnPasswordPage() {
  const { t } = useTranslation('logon');
  const go = useGo();
  useTitle(t('ownTitle'));
  return (
    <div className="page stack loose">
      <h1>{t('ownTitle')}</h1>
      <Card className="password-card">
        <PasswordForm
          onDone={() => {
            say(t('changed'));
            go('/');
          }}
        />
      </Card>
    </div>
  );
}
