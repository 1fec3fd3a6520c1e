import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type TermName =
  | 'pattern'
  | 'confidentiality'
  | 'integrity'
  | 'availability'
  | 'reference'
  | 'contract'
  | 'measured'
  | 'mustReach'
  | 'soa'
  | 'component'
  | 'asset'
  | 'threat'
  | 'control';

/** A word of the field with its meaning on hover and focus. */
export function Term({ name, children }: { name: TermName; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t(`glossary.${name}`)} events={{ hover: true, focus: true, touch: true }}>
      <span className="term" tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  );
}
