import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UndoBar } from '@/design/UndoBar';
import { useKeys } from '../keys';
import { closeNotice, undoNow, useNotice } from '../notices';

export function NoticeBar() {
  const { t } = useTranslation();
  const notice = useNotice();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!notice) return;
    setNow(Date.now());
    const timer = window.setInterval(() => {
      if (Date.now() >= notice.until) closeNotice();
      else setNow(Date.now());
    }, 250);
    return () => window.clearInterval(timer);
  }, [notice]);
  useKeys(notice?.undo ? [{ keys: 'z', label: t('action.undo'), run: undoNow }] : []);
  return (
    <div className="notice-place" role="status" aria-live="polite">
      {notice && (
        <UndoBar
          text={notice.text}
          tone={notice.tone}
          seconds={notice.undo ? Math.max(0, Math.ceil((notice.until - now) / 1000)) : undefined}
          onUndo={notice.undo ? undoNow : undefined}
          onClose={closeNotice}
        />
      )}
    </div>
  );
}
