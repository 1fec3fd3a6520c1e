import { Button } from '@mantine/core';
import { RotateCw, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/api/problem';
import { Mark } from './Mark';

interface EmptyProps {
  icon?: LucideIcon;
  title: ReactNode;
  example?: ReactNode;
  action?: { label: string; run: () => void };
  second?: { label: string; run: () => void };
  heading?: 'h1' | 'h2' | 'p';
}

/** What this is for, one example, one button. Never just "no data". */
export function EmptyState({ icon: Icon, title, example, action, second, heading: Heading = 'p' }: EmptyProps) {
  return (
    <div className="empty">
      {Icon && <Icon size={26} strokeWidth={1.4} aria-hidden />}
      <Heading className="empty-title palt">{title}</Heading>
      {example && <p className="empty-example">{example}</p>}
      {(action || second) && (
        <div className="row wrap">
          {action && <Button onClick={action.run}>{action.label}</Button>}
          {second && (
            <Button variant="default" onClick={second.run}>
              {second.label}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** What happened, that nothing was lost, what to do, one button. */
export function ErrorState({
  error,
  onRetry,
  page = false,
}: {
  error: ApiError;
  onRetry?: () => void;
  page?: boolean;
}) {
  const { t } = useTranslation();
  const words = error.code.startsWith('http.') || error.code === 'ui.crash' || error.message === error.code;
  const Heading = page ? 'h1' : 'p';
  return (
    <div className={`error-state${page ? ' error-page' : ''}`} role="alert">
      <Mark tone="miss" size={18} />
      <div className="grow">
        <Heading className="strong error-title">{t(error.code === 'ui.crash' ? 'error.crash' : 'error.load')}</Heading>
        <p>{words ? t('error.again') : error.message}</p>
        {error.errors.length > 0 && (
          <ul className="error-list">
            {error.errors.map((e) => (
              <li key={`${e.place}${e.code}`}>{e.message}</li>
            ))}
          </ul>
        )}
      </div>
      {onRetry && (
        <Button variant="default" leftSection={<RotateCw size={15} aria-hidden />} onClick={onRetry}>
          {t('action.again')}
        </Button>
      )}
    </div>
  );
}

/** A line in a form or card: mark, bold first sentence, second sentence, one action at the right. */
export function Message({
  tone,
  title,
  children,
  action,
}: {
  tone: 'miss' | 'warn' | 'info' | 'met';
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`message message-${tone}`} role={tone === 'miss' ? 'alert' : 'status'}>
      <Mark tone={tone} size={16} />
      <div className="grow">
        <div className="strong">{title}</div>
        {children && <div className="message-text">{children}</div>}
      </div>
      {action}
    </div>
  );
}
