// The customer's own copy of a standard: looked through first, then kept beside our words. Lines without a place are listed.
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WordingImport } from './WordingImport';

export function WordingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['standards', 'records']);
  return (
    <Modal opened onClose={onClose} title={t('import.title')} size={640} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <WordingImport onDone={onClose} />
    </Modal>
  );
}
