import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyNames } from '@/design/Kbd';
import { useBindings } from '../keys';

export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const bindings = useBindings();
  const seen = new Set<string>();
  const shown = bindings.filter((binding) => binding.label && !seen.has(binding.keys) && seen.add(binding.keys));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.help')}
      size="md"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className="keys-list">
        {shown.map((binding) => (
          <div key={binding.keys}>
            <dt>
              <KeyNames keys={binding.keys} />
            </dt>
            <dd>{binding.label}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{t('keys.note')}</p>
    </Modal>
  );
}
