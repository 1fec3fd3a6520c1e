import type { ReactNode } from 'react';
import { Fragment } from 'react';

export const Kbd = ({ children }: { children: ReactNode }) => <kbd className="kbd">{children}</kbd>;

const names: Record<string, string> = {
  mod: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** "g h" and "mod+k" as keys. */
export function KeyNames({ keys }: { keys: string }) {
  return (
    <span className="row key-names">
      {keys.split(' ').map((part, index) => (
        <Fragment key={`${part}${index}`}>
          <Kbd>
            {part
              .split('+')
              .map((key) => names[key] ?? key)
              .join(' + ')}
          </Kbd>
        </Fragment>
      ))}
    </span>
  );
}

/** A row of keys with their meaning, at the foot or head of a list. */
export function KeyHints({ hints }: { hints: { keys: string; label: string }[] }) {
  return (
    <div className="key-hints hint">
      {hints.map((hint) => (
        <span key={hint.keys}>
          <KeyNames keys={hint.keys} /> {hint.label}
        </span>
      ))}
    </div>
  );
}
