import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Basis, Classification } from '@/api/method';
import { useFormat } from '@/app/format';
import { PatternGlyph } from '@/design/PatternGlyph';
import { Message } from '@/design/States';

/** From each answer to its level, with the rule; the conflict of the sources and what another answer would give. */
export function Reasons({
  classification,
  alternatives = true,
}: {
  classification: Classification;
  alternatives?: boolean;
}) {
  const { t } = useTranslation('services');
  const format = useFormat();
  // Sources name figures and rules; a figure that is its own rule is said once.
  const sourceOf = (step: Basis): string => {
    const source = step.source.replace(/figure (\d+)/g, (_, n: string) => t('figure', { n }));
    return [source, step.id.startsWith('figure-') ? '' : step.id].filter(Boolean).join(' · ');
  };
  const outcome = (text: string | undefined): { name: string; level: string } | null => {
    const found = /^(confidentiality|integrity|availability)[=:\s]+(high|medium|low)$/.exec(text ?? '');
    return found ? { name: t(`pattern.${found[1]}`), level: t(`pattern.${found[2]}`) } : null;
  };
  return (
    <div className="reasons">
      <ol>
        {classification.basis.map((step) => {
          const result = outcome(step.outcome);
          return (
            <li key={step.id}>
              <div className="grow">
                <p>{format.text(step.text)}</p>
                <p className="hint">{sourceOf(step)}</p>
              </div>
              {result && (
                <>
                  <ArrowRight size={16} aria-hidden className="ink3" />
                  <span className="reason-result">
                    {result.name} <b>{result.level}</b>
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ol>
      {classification.conflict && (
        <Message tone="warn" title={t('conflict')}>
          {format.text(classification.conflict.text)}
        </Message>
      )}
      {alternatives && classification.alternatives && classification.alternatives.length > 0 && (
        <div className="alternatives">
          <h3>{t('ifOther')}</h3>
          <ul>
            {classification.alternatives.map((one) => (
              <li key={`${one.pattern}${format.text(one.change)}`} className="row">
                <PatternGlyph pattern={one.pattern} /> <span className="ink2">{format.text(one.change)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
