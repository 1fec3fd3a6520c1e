// Papers that can be made at any time, for now or for a past day.
import { Button, Select } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { url } from '@/api/client';
import { useRecords } from '@/api/queries';
import { useFormat } from '@/app/format';
import { useTitle } from '@/app/title';
import { Card } from '@/design/Card';
import { Verdict } from '@/design/Verdict';

const PAPERS = [
  { id: 'soa', of: 'assessment', purpose: 'soa' },
  { id: 'criteria', of: 'assessment', purpose: 'criteria' },
  { id: 'gap', of: 'assessment', purpose: '' },
  { id: 'pattern', of: 'service', purpose: '' },
  { id: 'disclosure', of: 'service', purpose: '' },
] as const;

export default function ReportsPage() {
  const { t } = useTranslation(['settings', 'records', 'assessment']);
  const format = useFormat();
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const assessments = useRecords<{ title: string; purpose?: string }>('assessment', { sort: '-started_on', limit: 100 });
  const services = useRecords<{ name: string }>('service', { limit: 100 });
  useTitle(t('papers.title'));
  return (
    <div className="page">
      <Verdict text={t('papers.title')} sub={t('papers.sub')} />
      <div className="stack loose">
        {PAPERS.map((paper) => {
          const choices = paper.of === 'service'
            ? (services.data?.items ?? []).map((item) => ({ value: item.id, label: String(item.fields.name) }))
            : (assessments.data?.items ?? []).filter((item) => !paper.purpose || item.fields.purpose === paper.purpose).map((item) => ({ value: item.id, label: String(item.fields.title) }));
          const value = chosen[paper.id] ?? choices[0]?.value ?? null;
          const link = (type: string) => url(`/reports/${paper.id}`, { [paper.of]: value, format: type, lang: format.language });
          return (
            <Card key={paper.id} title={t(`papers.${paper.id}`)} hint={t(`papers.${paper.id}Hint`)}>
              {choices.length === 0 ? <p className="ink2">{t('papers.none')}</p> : (
                <div className="row wrap paper-row">
                  <Select aria-label={t('papers.of', { paper: t(`papers.${paper.id}`) })} data={choices} value={value} allowDeselect={false} onChange={(next) => next && setChosen({ ...chosen, [paper.id]: next })} w={340} maw="100%" />
                  {['html', 'pdf', 'xlsx'].map((type) => <Button key={type} component="a" variant="default" href={link(type)} target={type === 'html' ? '_blank' : undefined} download={type === 'html' ? undefined : true} leftSection={type === 'html' ? undefined : <FileDown size={15} aria-hidden />} aria-label={`${t(`papers.${paper.id}`)} ${t(`assessment:format.${type}`)}`}>{t(`assessment:format.${type}`)}</Button>)}
                </div>
              )}
            </Card>
          );
        })}
      </div>
    </div>
  );
}
