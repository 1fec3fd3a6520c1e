import { Button } from '@mantine/core';
import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { lookAt } from '@/app/asOf';
import { useFormat } from '@/app/format';

interface Props {
  moment: string;
  /** Times of revisions; each is a tick. Without them the slider walks the last 24 months. */
  ticks?: string[];
}

const MONTH = 30.4375 * 86_400_000;

/** Full width under the top bar: whatever is shown is of that moment, and nothing can be changed. */
export function AsOfBanner({ moment, ticks = [] }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = Date.now();
  const first = Math.min(
    ...ticks.map((tick) => new Date(tick).getTime()),
    new Date(moment).getTime(),
    end - 12 * MONTH,
  );
  const start = first - MONTH / 2;
  const value = new Date(moment).getTime();
  const place = (time: number) => `${((time - start) / (end - start)) * 100}%`;
  return (
    <section className="as-of-banner" aria-label={t('asOf.banner')}>
      <Clock size={17} strokeWidth={1.7} aria-hidden />
      <div className="as-of-text">
        <strong>{t('asOf.sight', { time: format.dateTime(moment) })}</strong>
        <span>{t('asOf.readOnly')}</span>
      </div>
      <div className="as-of-slider">
        {ticks.map((tick) => (
          <i key={tick} style={{ insetInlineStart: place(new Date(tick).getTime()) }} />
        ))}
        <input
          type="range"
          min={start}
          max={end}
          step={86_400_000}
          value={value}
          aria-label={t('asOf.choose')}
          aria-valuetext={format.dateTime(moment)}
          onChange={(event) => {
            const next = Number(event.currentTarget.value);
            lookAt(end - next < 86_400_000 ? null : new Date(next).toISOString());
          }}
        />
        <span className="as-of-scale" aria-hidden>
          <span>{format.month(new Date(start).toISOString())}</span>
          <span>{t('asOf.nowShort')}</span>
        </span>
      </div>
      <Button variant="default" size="xs" onClick={() => lookAt(null)}>
        {t('asOf.back')}
      </Button>
    </section>
  );
}
