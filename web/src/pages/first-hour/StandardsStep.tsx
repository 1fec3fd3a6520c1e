import { Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delta } from '@/api/method';
import { useGet } from '@/api/queries';
import type { Text } from '@/api/types';
import { useFormat } from '@/app/format';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

interface Standard {
  id: string;
  version: string;
  title: Text;
  own: boolean;
  chosen: boolean;
  parts: { id: string; title: Text; counts: Record<string, number> }[];
}

export function StandardsStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation('first-hour');
  const format = useFormat();
  const list = useGet<{ items: Standard[] }>('/standards');
  const [chosen, setChosen] = useState<string[] | null>(
    setup.service?.fields.standards?.length ? setup.service.fields.standards : null,
  );
  const [preview, setPreview] = useState<Delta | null>(null);
  const ids =
    chosen ??
    list.data?.items.map((one) => one.id).filter((id) => id === 'iso27001-2022' || id.startsWith('asp-saas')) ??
    [];
  const key = ids.join();
  const { plan } = setup;
  useEffect(() => {
    if (!key) return setPreview(null);
    let stale = false;
    const timer = window.setTimeout(
      () => void plan(key.split(','), false).then((delta) => !stale && setPreview(delta ?? null)),
      250,
    );
    return () => {
      stale = true;
      window.clearTimeout(timer);
    };
    // The plan is asked for again only when the choice changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  const toggle = (id: string, on: boolean) => setChosen(on ? [...ids, id] : ids.filter((one) => one !== id));
  const go = async () => {
    const done = await setup.plan(ids, true);
    if (done) setup.goTo('plan');
  };
  const count = (one: Standard) =>
    one.parts.reduce(
      (sum, part) => sum + (part.counts.control ?? 0) + (part.counts.item ?? 0) + (part.counts.clause ?? 0),
      0,
    );
  const basic = preview?.added.filter((one) => one.basic).length ?? 0;
  return (
    <StepFrame
      setup={setup}
      over={setup.service?.fields.name}
      title={t('standards.title')}
      sub={t('standards.sub')}
      next={{ label: t('standards.go'), run: go, disabled: ids.length === 0 }}
    >
      <div className="standards-cards">
        {list.data?.items.map((one) => (
          <label key={one.id} className="card standard-card" data-on={ids.includes(one.id) || undefined}>
            <Checkbox
              checked={ids.includes(one.id)}
              onChange={(event) => toggle(one.id, event.currentTarget.checked)}
              aria-label={format.text(one.title)}
            />
            <span className="grow">
              <b>{format.text(one.title)}</b>
              <span className="hint">
                {t(`standards.for.${one.id}`, { defaultValue: one.own ? t('standards.own') : '' })}
              </span>
              <span className="hint">{t('standards.items', { count: count(one) })}</span>
            </span>
          </label>
        ))}
      </div>
      {preview && (
        <p className="first-preview" role="status">
          {t('standards.preview', { added: preview.added.length, basic, kept: preview.kept })}
        </p>
      )}
    </StepFrame>
  );
}
