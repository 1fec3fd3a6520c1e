import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceType } from '@/api/method';
import { useGet } from '@/api/queries';
import { useFormat } from '@/app/format';
import { PatternGlyph } from '@/design/PatternGlyph';
import { Message } from '@/design/States';
import { TypeSelect } from '@/pages/services/Questions';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

export function ServiceStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation('first-hour');
  const format = useFormat();
  const known = setup.service?.fields ?? {};
  const [name, setName] = useState(known.name ?? '');
  const [about, setAbout] = useState(known.description ?? '');
  const [type, setType] = useState<string | null>(known.service_type ?? null);
  const types = useGet<{ items: ServiceType[] }>('/method/service-types', {}, { staleTime: 600_000 });
  const chosen = types.data?.items.find((one) => one.id === type);
  const go = async () => {
    const same = known.name === name && (known.description ?? '') === about && (known.service_type ?? null) === type;
    const saved = same
      ? setup.service
      : await setup.saveService({
          name: name.trim(),
          description: about || undefined,
          service_type: type ?? undefined,
        });
    if (saved) setup.goTo('data', saved.id);
  };
  return (
    <StepFrame
      setup={setup}
      over={setup.organisation?.fields.name}
      title={t('service.title')}
      sub={t('service.sub')}
      next={{ label: t('next'), run: go, disabled: !name.trim() }}
    >
      <div className="card first-form">
        <TextInput
          label={t('service.name')}
          placeholder={t('service.nameExample')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          error={setup.error?.forField('name')}
        />
        <TypeSelect value={type} onChange={setType} />
        {chosen && (
          <Message
            tone={chosen.pattern ? 'info' : 'warn'}
            title={
              chosen.pattern ? (
                <span className="row">
                  {format.text(chosen.name)} <PatternGlyph pattern={chosen.pattern} />
                </span>
              ) : (
                t('service.open', { type: format.text(chosen.name) })
              )
            }
          >
            {chosen.conflict ? t('service.conflict') : chosen.pattern ? t('service.known') : t('service.asked')}
          </Message>
        )}
        <Textarea
          label={t('service.about')}
          description={t('service.aboutHint')}
          autosize
          minRows={3}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
      </div>
    </StepFrame>
  );
}
