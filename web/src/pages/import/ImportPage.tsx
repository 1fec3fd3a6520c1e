// Bringing things in: official wording and own standards, and rows of registers from Excel.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKinds } from '@/api/queries';
import type { Kind } from '@/api/types';
import { useFormat } from '@/app/format';
import { useSession } from '@/app/session';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { Verdict } from '@/design/Verdict';
import { ImportDialog } from '@/pages/registers/ImportDialog';
import { WordingImport } from '@/pages/standards/WordingImport';
import '@/pages/registers/registers.css';

export default function ImportPage() {
  const { t } = useTranslation(['settings', 'records', 'standards']);
  const format = useFormat();
  const { can } = useSession();
  const kinds = (useKinds().data?.kinds ?? []).filter((kind) => kind.may.create && kind.menu !== false);
  const [chosen, setChosen] = useState<Kind | null>(null);
  useTitle(t('bring.title'));
  return (
    <div className="page">
      <Verdict text={t('bring.title')} sub={t('bring.sub')} />
      <div className="stack loose">
        {can('@standards') && <Card title={t('standards:import.title')}><WordingImport /></Card>}
        <Card title={t('bring.registers')} hint={t('bring.registersHint')} flush>
          <ul className="list">
            {kinds.map((kind) => (
              <li key={kind.id}>
                <span className="grow strong">{format.text(kind.plural)}</span>
                <a href={`/api/v1/records/${kind.id}/template.xlsx?lang=${format.language}`} download>{t('records:import.template')}</a>
                <Button size="xs" variant="default" onClick={() => setChosen(kind)}><span className="visually-hidden">{format.text(kind.plural)}{' '}</span>{t('records:import.open')}</Button>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      {chosen && <ImportDialog kind={chosen} onClose={() => setChosen(null)} />}
    </div>
  );
}
