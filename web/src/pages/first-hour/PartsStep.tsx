import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '@/api/queries';
import type { Text } from '@/api/types';
import { useFormat } from '@/app/format';
import { Card } from '@/design/Card';
import { Choice } from '@/pages/services/Questions';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

interface Named {
  id: string;
  name?: Text;
  title?: Text;
  label?: Text;
}

interface Components {
  classes: (Named & { no?: number })[];
  components: (Named & { class?: number | string; assets?: Named[]; parties?: Record<string, string | string[]> })[];
}

const nameOf = (one: Named): Text | undefined => one.name ?? one.title ?? one.label;

/** Where it runs and what it is linked with; the parts and assets that follow are shown with who looks after them. */
export function PartsStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation('first-hour');
  const format = useFormat();
  const known = setup.service?.fields ?? {};
  const first = known.configuration_case ?? null;
  const [where, setWhere] = useState<string | null>(first === null ? null : first === 2 ? 'own' : 'centre');
  const [link, setLink] = useState<string | null>(
    first === null ? null : first === 3 ? 'loose' : first === 4 ? 'server' : 'none',
  );
  const [linked, setLinked] = useState<string[]>(known.linked_services ?? []);
  const parts = useGet<Components>('/method/components', {}, { staleTime: 600_000 });
  const number = link === 'server' ? 4 : link === 'loose' ? 3 : where === 'own' ? 2 : where ? 1 : null;
  const go = async () => {
    const same = known.configuration_case === number && (known.linked_services ?? []).join() === linked.join();
    const saved =
      same || (await setup.saveService({ configuration_case: number, linked_services: link === 'none' ? [] : linked }));
    if (saved) setup.goTo('pattern');
  };
  const components = parts.data?.components ?? [];
  const assets = components.reduce((sum, one) => sum + (one.assets?.length ?? 0), 0);
  const party = (one: Components['components'][number]): string => {
    const found = one.parties?.[String(number ?? 1)];
    return [found]
      .flat()
      .filter((id): id is string => Boolean(id))
      .map((id) => t(`party.${id}`, { defaultValue: id }))
      .join('、');
  };
  return (
    <StepFrame
      setup={setup}
      over={known.name}
      title={t('parts.title')}
      sub={t('parts.sub')}
      next={{ label: t('next'), run: go, disabled: number === null || link === null }}
    >
      <div className="first-two">
        <Card title={t('parts.questions')}>
          <div className="stack first-questions">
            <Choice
              question={t('parts.where')}
              options={[
                { value: 'centre', label: t('parts.centre') },
                { value: 'own', label: t('parts.own') },
              ]}
              value={where}
              onChange={setWhere}
            />
            <Choice
              question={t('parts.link')}
              options={[
                { value: 'none', label: t('parts.none') },
                { value: 'loose', label: t('parts.loose') },
                { value: 'server', label: t('parts.server') },
              ]}
              value={link}
              onChange={setLink}
            />
            {link && link !== 'none' && (
              <TagsInput
                label={t('parts.linked')}
                description={t('parts.linkedHint')}
                value={linked}
                onChange={setLinked}
              />
            )}
          </div>
        </Card>
        <Card flush title={t('parts.list')} hint={t('parts.counts', { components: components.length, assets })}>
          <ul className="parts-list" tabIndex={0} aria-label={t('parts.list')}>
            {components.map((one) => (
              <li key={one.id}>
                <div className="grow">
                  <b>{format.text(nameOf(one))}</b>
                  <div className="hint">{one.assets?.map((asset) => format.text(nameOf(asset))).join('、')}</div>
                </div>
                <span className="hint nowrap">{party(one)}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </StepFrame>
  );
}
