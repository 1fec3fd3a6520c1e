// A secret that is shown once, to be copied now.
import { Button, Modal } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function Secret({ title, text, hint, onClose }: { title: string; text: string; hint: string; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'records']);
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(text).then(() => setCopied(true), () => setCopied(false));
  return (
    <Modal opened onClose={onClose} title={title} size={480} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <div className="stack loose">
        <p>{hint}</p>
        <output className="secret mono">{text}</output>
        <div className="row dialog-foot"><Button variant="default" leftSection={<Copy size={15} aria-hidden />} onClick={() => void copy()}>{t(copied ? 'copied' : 'action.copy')}</Button><Button onClick={onClose}>{t('kept')}</Button></div>
      </div>
    </Modal>
  );
}
