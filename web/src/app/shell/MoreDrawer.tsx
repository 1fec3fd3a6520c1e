import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AsOfPicker } from './AsOfPicker';

/** The places that do not fit into the bar at the bottom, and the moment to look at. */
export default function MoreDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="auto"
      title={t('shell.more')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      classNames={{ content: 'bottom-drawer' }}
    >
      <div className="stack">
        {children}
        <AsOfPicker onDone={onClose} />
      </div>
    </Drawer>
  );
}
