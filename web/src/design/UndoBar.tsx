import { UnstyledButton } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Kbd } from './Kbd';

interface Props {
  text: string;
  tone?: 'plain' | 'miss';
  seconds?: number;
  onUndo?: () => void;
  onClose?: () => void;
}

/** Ink bar with what just happened; ten seconds to take it back (z). */
export function UndoBar({ text, tone = 'plain', seconds, onUndo, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <div className={`undo-bar${tone === 'miss' ? ' undo-miss' : ''}`}>
      <span className="grow">{text}</span>
      {onUndo && (
        <UnstyledButton onClick={onUndo}>
          {t('action.undo')} <Kbd>z</Kbd>
        </UnstyledButton>
      )}
      {seconds !== undefined && <span aria-hidden>{t('shell.seconds', { count: seconds })}</span>}
      {onClose && (
        <UnstyledButton onClick={onClose} aria-label={t('action.close')}>
          <X size={15} aria-hidden />
        </UnstyledButton>
      )}
    </div>
  );
}
