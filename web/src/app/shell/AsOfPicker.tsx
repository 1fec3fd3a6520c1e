import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lookAt, useAsOf } from '../asOf';
import { isoDay, today } from '../format';

/** Chooses the day whose end the whole product shows. */
export function AsOfPicker({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const moment = useAsOf();
  const [day, setDay] = useState(moment ? isoDay(new Date(moment)) : today());
  const choose = () => {
    lookAt(day >= today() ? null : day);
    onDone();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        choose();
      }}
    >
      <TextInput
        type="date"
        label={t('asOf.choose')}
        description={t('asOf.explain')}
        value={day}
        max={today()}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit">{t('asOf.show')}</Button>
        {moment && (
          <Button
            variant="default"
            onClick={() => {
              lookAt(null);
              onDone();
            }}
          >
            {t('asOf.back')}
          </Button>
        )}
      </div>
    </form>
  );
}
