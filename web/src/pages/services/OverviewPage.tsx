import { Button, Menu } from '@mantine/core';
import { Download, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { url } from '@/api/client';
import type { LevelRow, ServiceProfile } from '@/api/method';
import { useKind, useRecord } from '@/api/queries';
import { useAsOf } from '@/app/asOf';
import { useFormat } from '@/app/format';
import { A, recordPath } from '@/app/navigation';
import { Card } from '@/design/Card';
import { Mark } from '@/design/Mark';
import { Message } from '@/design/States';
import { PatternSquare } from '@/design/PatternSquare';
import { verdictTone } from '@/design/level';
import { FactsDialog } from './FactsDialog';
import { Reasons } from './Reasons';
import { ServiceFrame } from './ServiceFrame';

export default function OverviewPage() {
  const { t } = useTranslation('services');
  const [editing, setEditing] = useState(false);
  const moment = useAsOf();
  return (
    <ServiceFrame
      tab="overview"
      actions={(profile) => (
        <>
          <Reports id={profile.service.id} />
          <Button
            leftSection={<Pencil size={15} aria-hidden />}
            disabled={moment !== null}
            onClick={() => setEditing(true)}
          >
            {t('changeFacts')}
          </Button>
        </>
      )}
    >
      {(profile, levels) => (
        <>
          <Overview profile={profile} levels={levels} />
          {editing && <FactsDialog profile={profile} onClose={() => setEditing(false)} />}
        </>
      )}
    </ServiceFrame>
  );
}

function Reports({ id }: { id: string }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={15} aria-hidden />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['pattern', 'disclosure', 'gap'] as const).map((report) => (
          <Menu.Item
            key={report}
            component="a"
            href={url(`/reports/${report}`, { service: id, format: 'pdf', lang: format.language })}
            download
          >
            {t(`report.${report}`)}
          </Menu.Item>
        ))}
        <Menu.Item
          component="a"
          href={url('/reports/gap', { service: id, format: 'xlsx', lang: format.language })}
          download
        >
          {t('report.gapXlsx')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Overview({ profile, levels }: { profile: ServiceProfile; levels: LevelRow[] }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const { service, classification, counts } = profile;
  const kind = useKind('service');
  const page = useRecord('service', service.id);
  const counted = (['not_met', 'shortfall', 'not_measured', 'met', 'free'] as const).map((verdict) => ({
    verdict,
    count: levels.filter((row) => row.verdict === verdict).length,
  }));
  const shown = [
    'service_owner',
    'section',
    'delivery_model',
    'operating_hours',
    'service_type',
    'data_regions',
    'support_window',
  ];
  const value = (name: string): string => {
    const field = kind?.fields.find((one) => one.name === name);
    const raw = page.data?.record.fields[name] ?? service.fields[name];
    if (!field || raw === undefined || raw === null || raw === '') return '';
    if (field.type === 'enum') return format.text(field.values?.find((one) => one.id === raw)?.title) || String(raw);
    if (field.type === 'ref') return page.data?.labels[`${field.to}/${String(raw)}`]?.label ?? '';
    if (field.type === 'catalogue') return page.data?.labels[`${field.catalogue}/${String(raw)}`]?.label ?? String(raw);
    return String(raw);
  };
  return (
    <div className="overview">
      <Card title={t('patternTitle')} hint={t('patternHint')}>
        <PatternSquare
          pattern={classification.pattern}
          name={String(service.fields.name)}
          candidates={classification.candidates}
        />
        {!classification.pattern && (
          <Message tone="warn" title={t('toJudge')}>
            {t('toJudgeHow')}
          </Message>
        )}
      </Card>
      <Card title={t('whyTitle')}>
        <Reasons classification={classification} />
      </Card>
      <Card title={t('countsTitle')} hint={t('countsHint')}>
        <ul className="counts">
          {(['assets', 'threats', 'controls', 'requirements'] as const).map((name) => (
            <li key={name}>
              <A to={`/services/${service.id}/chain`}>
                <b>{format.number(counts[name])}</b>
                <span>{t(`count.${name}`)}</span>
              </A>
            </li>
          ))}
        </ul>
        {counts.uncovered !== undefined && (
          <p className={`row counts-uncovered tone-${counts.uncovered > 0 ? 'miss' : 'met'}`}>
            <Mark tone={counts.uncovered > 0 ? 'miss' : 'met'} />
            <A to={`/services/${service.id}/chain?show=uncovered`}>
              {counts.uncovered > 0 ? t('uncovered', { count: counts.uncovered }) : t('allCovered')}
            </A>
          </p>
        )}
        <ul className="counts-levels">
          {counted
            .filter((one) => one.count > 0)
            .map(({ verdict, count }) => (
              <li key={verdict}>
                <A to={`/services/${service.id}/levels?show=${verdict}`} className={`row tone-${verdictTone[verdict]}`}>
                  <Mark tone={verdictTone[verdict]} />
                  {t(`verdict.${verdict}`)} <b>{count}</b>
                </A>
              </li>
            ))}
        </ul>
      </Card>
      <Card title={t('factsTitle')} side={<A to={recordPath('service', service.id)}>{t('openRecord')}</A>}>
        <p className="service-about">{String(service.fields.description ?? '')}</p>
        <dl className="facts">
          {shown.map(
            (name) =>
              value(name) && (
                <div key={name} className="facts-row">
                  <dt>{format.text(kind?.fields.find((one) => one.name === name)?.title)}</dt>
                  <dd>{value(name)}</dd>
                </div>
              ),
          )}
        </dl>
      </Card>
    </div>
  );
}
