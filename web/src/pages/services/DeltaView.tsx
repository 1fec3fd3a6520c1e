import { useTranslation } from 'react-i18next';
import type { Delta } from '@/api/method';
import { useFormat } from '@/app/format';
import { A, itemPath } from '@/app/navigation';
import { Diff } from '@/design/Diff';

/** What a change of the facts does to the duties. */
export function DeltaView({ delta }: { delta: Delta }) {
  const { t } = useTranslation('services');
  const format = useFormat();
  const ref = (item: string) => item.split('/').at(-1);
  const none = delta.added.length + delta.removed.length + delta.changed.length === 0;
  return (
    <section className="delta" aria-label={t('delta.title')}>
      <h3>
        {none
          ? t('delta.none', { kept: delta.kept })
          : t('delta.sentence', {
              added: delta.added.length,
              removed: delta.removed.length,
              changed: delta.changed.length,
              kept: delta.kept,
            })}
      </h3>
      <div className="delta-lists">
        {delta.changed.map((one) => (
          <p key={`c${one.item}`}>
            <A to={itemPath(one.item)} className="mono">
              {ref(one.item)}
            </A>{' '}
            {format.text(one.label)} <Diff before={one.before} after={one.after ?? one.level} />
          </p>
        ))}
        {delta.added.map((one) => (
          <p key={`a${one.item}`}>
            <A to={itemPath(one.item)} className="mono">
              {ref(one.item)}
            </A>{' '}
            <Diff after={format.text(one.label)} />
          </p>
        ))}
        {delta.removed.map((one) => (
          <p key={`r${one.item}`}>
            <A to={itemPath(one.item)} className="mono">
              {ref(one.item)}
            </A>{' '}
            <Diff before={format.text(one.label)} />
          </p>
        ))}
      </div>
    </section>
  );
}
