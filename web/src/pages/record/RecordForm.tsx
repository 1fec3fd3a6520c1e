// The form of a kind, section by section, generated from its declaration.
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/api/problem';
import type { Field, Kind, Labels } from '@/api/types';
import { useFormat } from '@/app/format';
import { Card } from '@/design/Card';
import { FieldInput } from './FieldInput';
import { FieldValue } from './FieldValue';
import { isRequired } from './values';

export interface FieldSection {
  id: string;
  title: string;
  fields: Field[];
}

/** Declared sections in their order; what every kind has (owner, class …) stands last, unless a section names it. */
export function useSections(kind: Kind): FieldSection[] {
  const { t } = useTranslation('records');
  const format = useFormat();
  const hidden = new Set(['number', 'state']);
  const fields = kind.fields.filter((field) => !hidden.has(field.name));
  const known = new Set(kind.sections.map((section) => section.id));
  const declared = kind.sections.map((section) => ({ id: section.id, title: format.text(section.title), fields: fields.filter((field) => field.section === section.id) }));
  const rest = fields.filter((field) => !field.section || !known.has(field.section));
  return [...declared, { id: 'common', title: t('commonSection'), fields: rest }].filter((section) => section.fields.length > 0);
}

interface Props {
  kind: Kind;
  fields: Record<string, unknown>;
  labels: Labels;
  error?: ApiError | null;
  onChange: (name: string, value: unknown) => void;
}

export function RecordForm({ kind, fields, labels, error, onChange }: Props) {
  const sections = useSections(kind);
  return (
    <div className="stack loose">
      {sections.map((section) => {
        const writable = section.fields.filter((field) => !field.readonly && !field.computed);
        if (writable.length === 0) return null;
        return (
          <Card key={section.id} title={section.title}>
            <div className="form-grid">
              {writable.map((field) => (
                <div key={field.name} className={['longtext', 'texts', 'refs', 'catalogues', 'json'].includes(field.type) ? 'form-wide' : undefined}>
                  <FieldInput field={field} value={fields[field.name]} labels={labels} required={isRequired(field, fields)} error={error?.forField(field.name)} onChange={(value) => onChange(field.name, value)} />
                </div>
              ))}
            </div>
          </Card>
        );
      })}
    </div>
  );
}

export function RecordFacts({ kind, fields, labels }: { kind: Kind; fields: Record<string, unknown>; labels: Labels }) {
  const format = useFormat();
  const sections = useSections(kind);
  return (
    <div className="stack loose">
      {sections.map((section) => (
        <Card key={section.id} title={section.title}>
          <dl className="facts record-fields">
            {section.fields.map((field) => (
              <div key={field.name} className="facts-row">
                <dt>{format.text(field.title)}</dt>
                <dd><FieldValue field={field} value={fields[field.name]} labels={labels} /></dd>
              </div>
            ))}
          </dl>
        </Card>
      ))}
    </div>
  );
}
