import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/app/session';
import { StepFrame } from './StepFrame';
import type { Setup } from './useSetup';

export function OrganisationStep({ setup }: { setup: Setup }) {
  const { t } = useTranslation('first-hour');
  const { session, reload } = useSession();
  const known = setup.organisation?.fields ?? {};
  const [name, setName] = useState(known.name ?? session.organisation.name ?? '');
  const [english, setEnglish] = useState(known.name_en ?? session.organisation.name_en ?? '');
  const [business, setBusiness] = useState(known.business ?? '');
  const [month, setMonth] = useState(String(known.fiscal_year_start ?? session.organisation.fiscal_year_start ?? 4));
  const go = async () => {
    const same =
      known.name === name &&
      (known.name_en ?? '') === english &&
      (known.business ?? '') === business &&
      known.fiscal_year_start === Number(month);
    const saved =
      same ||
      (await setup.saveOrganisation({
        name,
        name_en: english || undefined,
        business: business || undefined,
        fiscal_year_start: Number(month),
      }));
    if (!saved) return;
    if (!same) await reload();
    setup.goTo('service');
  };
  return (
    <StepFrame
      setup={setup}
      over={t('title')}
      title={t('organisation.title')}
      sub={t('organisation.sub')}
      next={{ label: t('next'), run: go, disabled: !name.trim() }}
    >
      <div className="card first-form">
        <TextInput
          label={t('organisation.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          autoComplete="organization"
          error={setup.error?.forField('name')}
        />
        <TextInput
          label={t('organisation.english')}
          description={t('organisation.englishHint')}
          value={english}
          onChange={(event) => setEnglish(event.currentTarget.value)}
          lang="en"
        />
        <Select
          label={t('organisation.month')}
          description={t('organisation.monthHint')}
          value={month}
          onChange={(value) => value && setMonth(value)}
          data={Array.from({ length: 12 }, (_, index) => ({
            value: String(index + 1),
            label: t(`month.${index + 1}`),
          }))}
          allowDeselect={false}
          w={200}
        />
        <Textarea
          label={t('organisation.business')}
          description={t('organisation.businessHint')}
          autosize
          minRows={2}
          value={business}
          onChange={(event) => setBusiness(event.currentTarget.value)}
        />
      </div>
    </StepFrame>
  );
}
