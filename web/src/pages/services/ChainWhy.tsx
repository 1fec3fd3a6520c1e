// Why the chosen control is demanded, what we do about it, and the proof.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '@/api/method';
import { useGet, useKind, useRecords } from '@/api/queries';
import { useFormat } from '@/app/format';
import { A, itemPath, recordPath } from '@/app/navigation';
import { say } from '@/app/notices';
import { Provenance } from '@/design/Provenance';
import { Skeleton } from '@/design/Skeleton';
import { StateBadge } from '@/design/StateBadge';
import { itemOf, type ColumnView } from './chainModel';

export function ChainWhy({ service, control, views }: { service: string; control: string; views: ColumnView[] }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const item = itemOf(control);
  const node = views.at(-1)?.nodes.find((one) => one.id === control);
  const ref = format.text(node?.sub) || item.split('/').at(-1);
  const why = useGet<Explanation>(`/services/${service}/explain`, { item }, { keep: true });
  const sentences = why.data?.sentences[format.language] ?? [];
  const copy = async () => {
    await navigator.clipboard.writeText(sentences.join('\n'));
    say(t('chain.copied'));
  };
  return (
    <section className="card chain-why" aria-label={t('chain.why', { ref })}>
      <div className="chain-panel">
        <div className="row between">
          <h2>
            <A to={itemPath(item)}>{t('chain.why', { ref })}</A>
          </h2>
          <UnstyledButton className="text-link" onClick={() => void copy()}>
            {t('chain.copy')}
          </UnstyledButton>
        </div>
        {why.isPending && <Skeleton rows={3} />}
        <ol className="why-list">
          {sentences.slice(0, 5).map((sentence, index) => (
            <Sentence key={sentence} text={sentence} index={index + 1} />
          ))}
        </ol>
      </div>
      <WhatWeDo item={item} />
    </section>
  );
}

/** The source stands in brackets at the end of a sentence, brackets inside it included; it goes on its own line. */
function splitSource(text: string): [string, string | null] {
  const trimmed = text.trim();
  const close = trimmed.at(-1) ?? '';
  const open = { '）': '（', ')': '(' }[close];
  if (!open) return [trimmed, null];
  let depth = 0;
  for (let at = trimmed.length - 1; at > 0; at--) {
    if (trimmed[at] === close) depth++;
    else if (trimmed[at] === open && --depth === 0) return [trimmed.slice(0, at).trim(), trimmed.slice(at + 1, -1)];
  }
  return [trimmed, null];
}

function Sentence({ text, index }: { text: string; index: number }) {
  const [words, source] = splitSource(text);
  return (
    <li>
      <span className="why-number" aria-hidden>
        {index}
      </span>
      <div>
        <p>{words}</p>
        {source && <p className="hint">{source}</p>}
      </div>
    </li>
  );
}

function WhatWeDo({ item }: { item: string }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const kind = useKind('requirement');
  const rows = useRecords('requirement', { item, limit: 1 });
  const row = rows.data?.items[0];
  const fields = row?.fields ?? {};
  const labels = rows.data?.labels ?? {};
  const evidence = (fields.evidence as string[] | undefined) ?? [];
  const proofs = useRecords<Record<string, unknown>>(
    'evidence',
    { 'id[in]': evidence.slice(0, 5).join(',') },
    { enabled: evidence.length > 0 },
  );
  const status = kind?.fields
    .find((field) => field.name === 'status')
    ?.values?.find((value) => value.id === fields.status);
  const safeguards = (fields.safeguards as string[] | undefined) ?? [];
  const responsible = labels[`person/${String(fields.responsible ?? fields.owner ?? '')}`]?.label;
  return (
    <>
      <div className="chain-panel">
        <div className="row between">
          <h2>{t('chain.do')}</h2>
          {status && <StateBadge tone={status.tone ?? 'none'}>{format.text(status.title)}</StateBadge>}
        </div>
        {rows.data && !row && <p className="ink2 chain-text">{t('chain.noRow')}</p>}
        {row && (
          <>
            <p className="chain-text">{String(fields.what_we_do ?? '') || t('chain.notWritten')}</p>
            <dl className="facts">
              {responsible && (
                <div className="facts-row">
                  <dt>{t('chain.responsible')}</dt>
                  <dd>{responsible}</dd>
                </div>
              )}
              {safeguards.length > 0 && (
                <div className="facts-row">
                  <dt>{t('chain.safeguards')}</dt>
                  <dd>
                    {safeguards.slice(0, 4).map((id) => (
                      <div key={id}>
                        <A to={recordPath('safeguard', id)}>{labels[`safeguard/${id}`]?.label ?? id}</A>
                      </div>
                    ))}
                  </dd>
                </div>
              )}
              <div className="facts-row">
                <dt>{t('chain.row')}</dt>
                <dd>
                  <A to={recordPath('requirement', row.id)}>{row.number}</A>
                </dd>
              </div>
            </dl>
          </>
        )}
      </div>
      <div className="chain-panel">
        <div className="row between">
          <h2>{t('chain.proof')}</h2>
          <span className="hint">{t('chain.proofCount', { count: evidence.length })}</span>
        </div>
        {evidence.length === 0 && <p className="ink2 chain-text">{t('chain.noProof')}</p>}
        <ul className="stack">
          {proofs.data?.items.map((proof) => (
            <li key={proof.id} className="row between chain-proof">
              <A to={recordPath('evidence', proof.id)} className="clip">
                {String(proof.fields.title ?? proof.number)}
              </A>
              <Provenance
                kind={proof.fields.provenance === 'measured' ? 'measured' : 'attested'}
                at={String(proof.fields.taken_at ?? proof.created_at)}
              />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
