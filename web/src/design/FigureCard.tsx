import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '@/api/types';
import { A } from '@/app/navigation';
import { Mark } from './Mark';

interface Props {
  tone: Tone;
  label: ReactNode;
  value: ReactNode;
  unit?: ReactNode;
  note?: ReactNode;
  to: string;
}

/** One number with its word; opens the list it counts. */
export function FigureCard({ tone, label, value, unit, note, to }: Props) {
  return (
    <A to={to} className={`figure tone-${tone}`}>
      <span className="figure-label">
        <Mark tone={tone} size={15} />
        <span>{label}</span>
      </span>
      <span className="figure-value">
        <b>{value}</b> {unit && <span>{unit}</span>}
      </span>
      {note && <span className="figure-note">{note}</span>}
      <ChevronRight size={16} aria-hidden className="figure-go" />
    </A>
  );
}

export const FigureRow = ({ children }: { children: ReactNode }) => <div className="figures">{children}</div>;
