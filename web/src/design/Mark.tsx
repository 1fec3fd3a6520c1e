import type { Tone } from '@/api/types';

/** The shape of a state: shape first, label second, colour third. Always stands beside a word. */
export function Mark({ tone, size = 14, inverse = false }: { tone: Tone; size?: number; inverse?: boolean }) {
  const cut = inverse ? 'var(--mark-ground, var(--miss-fill))' : 'var(--mark-cut, var(--surface))';
  return (
    <svg className={`mark mark-${tone}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden focusable="false">
      {shape(tone, cut)}
    </svg>
  );
}

function shape(tone: Tone, cut: string) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;
  const cutLine = {
    fill: 'none',
    stroke: cut,
    strokeWidth: 1.6,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const;
  switch (tone) {
    case 'met':
      return (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" />
          <path d="M4.1 7.2 6.2 9.3 10 5.2" {...cutLine} />
        </>
      );
    case 'miss':
      return (
        <>
          <path d="M7 .2 13.8 7 7 13.8 .2 7Z" fill="currentColor" />
          <path d="M5.2 5.2 8.8 8.8M8.8 5.2 5.2 8.8" {...cutLine} />
        </>
      );
    case 'warn':
      return (
        <>
          <path d="M7 .8 13.7 12.9H.3Z" fill="currentColor" strokeLinejoin="round" />
          <path d="M7 5v3.4M7 10.6v.1" {...cutLine} />
        </>
      );
    case 'stale':
      return (
        <>
          <circle cx="7" cy="7" r="5.8" {...line} />
          <path d="M7 3.8V7.2L9.2 8.6" {...line} strokeLinecap="round" />
        </>
      );
    case 'info':
      return (
        <>
          <circle cx="7" cy="7" r="5.8" {...line} />
          <path d="M7 1.2A5.8 5.8 0 0 1 7 12.8Z" fill="currentColor" />
        </>
      );
    case 'free':
      return <path d="M2.5 7H11.5" {...line} strokeWidth={1.8} />;
    case 'draft':
    case 'none':
      return <circle cx="7" cy="7" r="5.8" {...line} strokeDasharray="2.4 2.1" />;
  }
}
