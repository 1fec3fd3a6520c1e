import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LevelRow } from '@/api/method';
import type { Tone } from '@/api/types';
import { useFormat } from '@/app/format';
import { Card } from '@/design/Card';
import { Chips } from '@/design/Chips';
import { KeyHints } from '@/design/Kbd';
import { LevelMeter } from '@/design/LevelMeter';
import { PatternGlyph } from '@/design/PatternGlyph';
import { Provenance } from '@/design/Provenance';
import { RecordHeader } from '@/design/RecordHeader';
import { StateBadge } from '@/design/StateBadge';
import { levelText, rowTone, valueText } from '@/design/level';

const TONES: Tone[] = ['met', 'miss', 'warn', 'stale', 'info', 'none', 'draft', 'free'];
const AT = '2026-11-20T00:30:00.000Z';
const level = (part: Partial<LevelRow>): LevelRow => ({
  item: 'example/x/1',
  label: '',
  reference: null,
  sla: null,
  required: null,
  measured: null,
  verdict: 'not_measured',
  gap: null,
  ...part,
});
const LEVELS: LevelRow[] = [
  level({
    reference: { value: 99.5, operator: '>=', unit: '%', must_reach: true },
    sla: { value: 99.9, operator: '>=', unit: '%' },
    measured: { value: 99.98, unit: '%', at: AT, provenance: 'measured', age_days: 0, stale: false },
    verdict: 'met',
    gap: '+0.08',
  }),
  level({
    reference: { value: 24, operator: '<=', unit: 'hours', must_reach: true },
    measured: { value: 31, unit: 'hours', at: AT, provenance: 'attested', age_days: 9, stale: false },
    verdict: 'not_met',
    gap: '+7',
  }),
  level({
    reference: { value: 6, operator: '<=', unit: 'months', must_reach: false },
    measured: { value: 8, unit: 'months', at: AT, provenance: 'attested', age_days: 240, stale: false },
    verdict: 'shortfall',
    gap: '+2',
  }),
  level({
    reference: { value: 24, operator: '<=', unit: 'hours', must_reach: true },
    measured: { value: 12, unit: 'hours', at: AT, provenance: 'attested', age_days: 90, stale: true },
    verdict: 'met',
  }),
  level({ reference: { value: 5, operator: '>=', unit: 'years', must_reach: false } }),
];

/** Marks of state, level meters, buttons, a record head. */
export function SheetMarks() {
  const { t } = useTranslation('sheet');
  const format = useFormat();
  return (
    <div className="stack loose">
      <Card title={t('states')}>
        <div className="row wrap">
          {TONES.map((tone) => (
            <StateBadge key={tone} tone={tone}>
              {t(`tone.${tone}`)}
            </StateBadge>
          ))}
        </div>
        <div className="row wrap sheet-line">
          {TONES.map((tone) => (
            <StateBadge key={tone} tone={tone} plain>
              {t(`tone.${tone}`)}
            </StateBadge>
          ))}
        </div>
        <div className="row wrap sheet-line">
          <Provenance kind="measured" at={AT} />
          <Provenance kind="attested" at={AT} />
          <span>
            <span className="must" aria-hidden>
              ＊
            </span>
            {t('common:level.must')}
          </span>
        </div>
        <div className="row wrap sheet-line">
          {[1, 2, 3, 4, 5, 6].map((n) => (
            <PatternGlyph key={n} pattern={n} />
          ))}
        </div>
      </Card>
      <Card title={t('meters')}>
        {LEVELS.map((row, index) => (
          <div key={index} className="sheet-meter">
            <b>{valueText(row.measured?.value, row.measured?.unit, t)}</b>
            <span>
              {levelText(row.reference, t)}
              {row.reference?.must_reach && (
                <span className="must" aria-hidden>
                  ＊
                </span>
              )}
            </span>
            <LevelMeter row={row} />
            <StateBadge tone={rowTone(row)}>
              {t(`verdict.${rowTone(row) === 'stale' ? 'stale' : row.verdict}`)}
            </StateBadge>
          </div>
        ))}
      </Card>
      <Card title={t('buttons')}>
        <div className="row wrap">
          <Button>{t('action.save')}</Button>
          <Button variant="default">{t('action.open')}</Button>
          <Button variant="subtle">{t('action.all')}</Button>
          <Button disabled>{t('action.save')}</Button>
          <Button data-danger variant="default">
            {t('action.cancel')}
          </Button>
        </div>
        <div className="sheet-line">
          <Chips
            label={t('buttons')}
            value="a"
            onChange={() => undefined}
            chips={[
              { id: 'a', label: t('tone.met'), count: 11 },
              { id: 'b', label: t('tone.miss'), count: 1 },
            ]}
          />
        </div>
        <div className="sheet-line">
          <KeyHints
            hints={[
              { keys: 'j k', label: t('keys.choose') },
              { keys: 'mod+k', label: t('palette.title') },
            ]}
          />
        </div>
      </Card>
      <RecordHeader
        crumbs={[{ label: t('nav.registers'), to: '/registers' }]}
        number="SUP-2026-0004"
        title={t('example.supplier')}
        state={<StateBadge tone="met">{t('tone.met')}</StateBadge>}
        facts={[
          { label: t('example.owner'), value: t('example.person') },
          { label: t('example.next'), value: format.date('2026-11-18', 'tight'), tone: 'miss' },
        ]}
      />
    </div>
  );
}
