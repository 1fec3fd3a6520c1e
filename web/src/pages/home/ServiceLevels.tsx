import { useTranslation } from 'react-i18next';
import { missedOf } from '@/api/levels';
import type { Home } from '@/api/method';
import { useFormat } from '@/app/format';
import { A, useGo } from '@/app/navigation';
import { Card } from '@/design/Card';
import { LevelMeter } from '@/design/LevelMeter';
import { Mark } from '@/design/Mark';
import { PatternGlyph } from '@/design/PatternGlyph';
import { EmptyState } from '@/design/States';
import { gapText, valueText } from '@/design/level';

export function ServiceLevels({ services }: { services: Home['services'] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const go = useGo();
  return (
    <Card flush title={t('levels.title')} hint={t('levels.hint')} side={<A to="/services">{t('levels.list')}</A>}>
      {services.length === 0 ? (
        <EmptyState
          title={t('levels.empty')}
          example={t('levels.emptyExample')}
          action={{ label: t('levels.emptyAction'), run: () => go('/first-hour') }}
        />
      ) : (
        <ul className="home-services">
          {services.slice(0, 3).map((service) => {
            const missed = missedOf(service.must_reach);
            const lead = service.lead;
            return (
              <li key={service.id}>
                <div className="grow">
                  <div className="row wrap home-service-name">
                    <A to={`/services/${service.id}`} className="strong">
                      {service.name}
                    </A>
                    <PatternGlyph pattern={service.pattern} />
                  </div>
                  <div className="row wrap home-must">
                    <span className="ink2">{t('levels.must')}</span>
                    <A
                      to={`/services/${service.id}/levels?show=must`}
                      className={`row strong tone-${missed > 0 ? 'miss' : service.must_reach.total ? 'met' : 'none'}`}
                    >
                      <Mark
                        tone={
                          missed > 0
                            ? 'miss'
                            : service.must_reach.total && !service.must_reach.not_measured
                              ? 'met'
                              : 'none'
                        }
                      />
                      {service.must_reach.met} / {service.must_reach.total}
                    </A>
                    {service.worst?.gap && service.worst !== lead && (
                      <span className="tone-miss">
                        {format.text(service.worst.label)} {gapText(service.worst, t)}
                      </span>
                    )}
                    {Boolean(service.must_reach.not_measured) && (
                      <span className="row tone-none">
                        <Mark tone="none" /> {t('levels.notMeasured', { count: service.must_reach.not_measured })}
                      </span>
                    )}
                  </div>
                </div>
                {lead && (
                  <div className="home-lead">
                    <div className="row between">
                      <span className="ink2 clip">{format.text(lead.label)}</span>
                      <b>{valueText(lead.measured?.value, lead.measured?.unit ?? lead.reference?.unit, t)}</b>
                    </div>
                    <LevelMeter row={lead} />
                    <div className="row wrap home-lead-values">
                      {lead.reference && !lead.reference.free && (
                        <span className="ink2">
                          {t('levels.reference')} {valueText(lead.reference.value, lead.reference.unit, t)}
                          {lead.reference.must_reach && (
                            <span className="must" title={t('common:level.must')}>
                              ＊
                            </span>
                          )}
                        </span>
                      )}
                      {lead.sla && (
                        <span className="tone-info">
                          {t('levels.contract')} {valueText(lead.sla.value, lead.sla.unit, t)}
                        </span>
                      )}
                    </div>
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
