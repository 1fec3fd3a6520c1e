// The facts that decide the pattern, asked in plain words. Used by the first hour and by the change of facts.
import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceType } from '@/api/method';
import { useGet, useKind } from '@/api/queries';
import { useFormat } from '@/app/format';
import { PatternGlyph } from '@/design/PatternGlyph';

export interface Answers {
  service_type: string | null;
  personal_data: boolean | null;
  trade_secret: boolean | null;
  stop_effect: string | null;
}

interface Option<T> {
  value: T;
  label: string;
  hint?: string;
}

export function Choice<T extends string | boolean>({
  question,
  hint,
  options,
  value,
  onChange,
}: {
  question: string;
  hint?: string;
  options: Option<T>[];
  value: T | null;
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{question}</legend>
      {hint && <p className="hint">{hint}</p>}
      <div className="choice-options">
        {options.map((option, index) => (
          <label key={String(option.value)} data-on={option.value === value || undefined}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span className="choice-number" aria-hidden>
              {index + 1}
            </span>
            <span>
              {option.label}
              {option.hint && <span className="hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function DataQuestions({ answers, onChange }: { answers: Answers; onChange: (next: Answers) => void }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const kind = useKind('service');
  const effects = kind?.fields.find((field) => field.name === 'stop_effect')?.values ?? [];
  const yesNo: Option<boolean>[] = [
    { value: true, label: t('yes') },
    { value: false, label: t('no') },
  ];
  return (
    <>
      <Choice
        question={t('q.personal')}
        hint={t('q.personalHint')}
        options={yesNo}
        value={answers.personal_data}
        onChange={(personal_data) => onChange({ ...answers, personal_data })}
      />
      <Choice
        question={t('q.secret')}
        hint={t('q.secretHint')}
        options={yesNo}
        value={answers.trade_secret}
        onChange={(trade_secret) => onChange({ ...answers, trade_secret })}
      />
      <Choice
        question={t('q.stop')}
        hint={t('q.stopHint')}
        options={effects.map((one) => ({ value: one.id, label: format.text(one.title) }))}
        value={answers.stop_effect}
        onChange={(stop_effect) => onChange({ ...answers, stop_effect })}
      />
    </>
  );
}

export function Questions({ answers, onChange }: { answers: Answers; onChange: (next: Answers) => void }) {
  return (
    <div className="stack loose">
      <TypeSelect value={answers.service_type} onChange={(service_type) => onChange({ ...answers, service_type })} />
      <DataQuestions answers={answers} onChange={onChange} />
    </div>
  );
}

export function TypeSelect({ value, onChange }: { value: string | null; onChange: (type: string | null) => void }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const combobox = useCombobox();
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text, 120);
  const all = useGet<{ items: ServiceType[] }>('/method/service-types', {}, { staleTime: 600_000 });
  const found = useGet<{ items: ServiceType[] }>(
    '/method/service-types',
    { q: query },
    { enabled: query.length > 0, keep: true },
  );
  const items = (query ? found.data : all.data)?.items ?? [];
  const chosen = all.data?.items.find((item) => item.id === value);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onChange(id === '-' ? null : id);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          label={t('type')}
          description={t('typeHint')}
          rightSection={<Combobox.Chevron />}
          value={combobox.dropdownOpened ? text : chosen ? format.text(chosen.name) : ''}
          placeholder={chosen ? format.text(chosen.name) : t('typeSearch')}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setText('');
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) event.stopPropagation();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={t('type')}>
          {items.map((item) => (
            <Combobox.Option key={item.id} value={item.id} active={item.id === value}>
              <span className="row">
                <span className="grow">
                  {format.text(item.name)}
                  {item.note && <span className="hint type-note">{format.text(item.note)}</span>}
                </span>
                {item.pattern ? (
                  <PatternGlyph pattern={item.pattern} />
                ) : (
                  <span className="hint nowrap">{t('byAnswers')}</span>
                )}
              </span>
            </Combobox.Option>
          ))}
          <Combobox.Option value="-">{t('noType')}</Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
