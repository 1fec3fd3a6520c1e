import type { ReactNode } from 'react';
import type { Tone } from '@/api/types';
import { Mark } from './Mark';

interface Props {
  tone: Tone;
  children: ReactNode;
  /** Without ground, inside dense lines. */
  plain?: boolean;
}

/** Mark and word, 22 high. Solid: act now; tint: keep in mind; dashes: no judgement possible yet. */
export function StateBadge({ tone, children, plain = false }: Props) {
  return (
    <span className={`state state-${tone}${plain ? ' state-plain' : ''}`}>
      <Mark tone={tone} inverse={tone === 'miss' && !plain} />
      <span>{children}</span>
    </span>
  );
}
