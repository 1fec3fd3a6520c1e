// Records one measured or attested value: value, period, source, proof. Where nothing says yet how the item is measured,
// a draft of that definition is made first.
import { Button, FileInput, Modal, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LevelRow } from '@/api/method';
import { useRecords } from '@/api/queries';
import { today, useFormat } from '@/app/format';
import { say } from '@/app/notices';
import { Message } from '@/design/States';
import { isFloor, levelText, unitWord } from '@/design/level';
import { useMeasure } from './useMeasure';

interface Definition {
  title?: string;
  evaluation_item?: string;
  unit?: string;
}

interface Props {
  service: string;
  rows: LevelRow[];
  start: LevelRow | null;
  onClose: () => void;
}

export function MeasureDialog({ service, rows, start, onClose }: Props) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const definitions = useRecords<Definition>('measurement-definition', { services: service, limit: 200 });
  const [choice, setChoice] = useState<string | null>(start ? `item:${start.item}` : null);
  const [value, setValue] = useState<number | string>('');
  const [from, setFrom] = useState(`${today().slice(0, 8)}01`);
  const [to, setTo] = useState(today());
  const [provenance, setProvenance] = useState('attested');
  const [note, setNote] = useState('');
  const [file, setFile] = useState<File | null>(null);

  const known = definitions.data?.items ?? [];
  const options = [
    ...rows.map((row) => ({ value: `item:${row.item}`, label: format.text(row.label) })),
    ...known
      .filter((one) => !rows.some((row) => row.item === one.fields.evaluation_item))
      .map((one) => ({ value: `definition:${one.id}`, label: String(one.fields.title) })),
  ];
  const row = rows.find((one) => choice === `item:${one.item}`);
  const definition = choice?.startsWith('definition:')
    ? known.find((one) => choice === `definition:${one.id}`)
    : known.find((one) => row && (one.id === row.definition || one.fields.evaluation_item === row.item));
  const level = row?.required ?? row?.reference ?? row?.sla ?? null;
  const unit = level?.unit ?? definition?.fields.unit;
  const limit = level && !level.free ? Number(level.value) : NaN;
  const misses =
    value !== '' && Number.isFinite(limit) && (isFloor(level) ? Number(value) < limit : Number(value) > limit);

  const save = useMeasure({
    service,
    definition: definition?.id,
    row,
    value: value === '' ? null : Number(value),
    from,
    to,
    provenance,
    note,
    file,
  });
  const submit = async () => {
    await save.mutateAsync(undefined);
    say(t('measure.saved'));
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('measure.open')}
      size={520}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <form
        className="stack loose"
        onSubmit={(event) => {
          event.preventDefault();
          void submit().catch(() => undefined);
        }}
      >
        <Select
          label={t('measure.item')}
          data={options}
          value={choice}
          onChange={setChoice}
          searchable
          required
          nothingFoundMessage={t('common:palette.none')}
        />
        {level && <p className="hint">{t('measure.against', { level: levelText(level, t) })}</p>}
        <div className="row measure-row">
          <NumberInput
            data-autofocus
            label={t('measure.value')}
            suffix={unit ? unitWord(unit, t) : undefined}
            value={value}
            onChange={setValue}
            hideControls
            description={t('measure.empty')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            className="grow"
          />
          <SegmentedControl
            aria-label={t('measure.source')}
            value={provenance}
            onChange={setProvenance}
            data={[
              { value: 'attested', label: t('provenance.attested') },
              { value: 'measured', label: t('provenance.measured') },
            ]}
          />
        </div>
        <div className="row">
          <TextInput
            type="date"
            label={t('measure.from')}
            value={from}
            max={to}
            onChange={(event) => setFrom(event.currentTarget.value)}
            required
            className="grow"
          />
          <TextInput
            type="date"
            label={t('measure.to')}
            value={to}
            min={from}
            onChange={(event) => setTo(event.currentTarget.value)}
            required
            className="grow"
          />
        </div>
        {misses && (
          <Message
            tone={row?.reference?.must_reach ? 'miss' : 'warn'}
            title={t(row?.reference?.must_reach ? 'measure.misses' : 'measure.falls')}
          >
            {t('measure.explain')}
          </Message>
        )}
        <Textarea
          label={t('measure.note')}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          required={misses}
        />
        <FileInput
          label={t('measure.file')}
          placeholder={t('measure.choose')}
          value={file}
          onChange={setFile}
          clearable
        />
        {!definition && row && <p className="hint">{t('measure.newDefinition')}</p>}
        {save.error && (
          <Message tone="miss" title={save.error.message}>
            {save.error.errors.map((one) => one.message).join(' ')}
          </Message>
        )}
        <div className="row dialog-foot">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" disabled={!choice || (misses && !note.trim())} loading={save.isPending}>
            {t('measure.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
