// What was written and not yet sent, kept in this browser until it is saved or thrown away.
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Draft {
  fields: Record<string, unknown>;
  revision: number | null;
  at: string;
}

export function readDraft(key: string): Draft | null {
  try {
    const text = localStorage.getItem(key);
    return text ? (JSON.parse(text) as Draft) : null;
  } catch {
    return null;
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Without storage there is no draft either.
  }
}

/** Changed fields of one form. They are written to the browser shortly after each change. */
export function useDraft(key: string, revision: number | null) {
  const [fields, setFields] = useState<Record<string, unknown>>(() => readDraft(key)?.fields ?? {});
  const found = useRef(readDraft(key));
  const timer = useRef(0);
  useEffect(() => {
    const stored = readDraft(key);
    found.current = stored;
    setFields(stored?.fields ?? {});
  }, [key]);
  const keep = useCallback(
    (next: Record<string, unknown>) => {
      try {
        if (Object.keys(next).length === 0) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ fields: next, revision, at: new Date().toISOString() } satisfies Draft));
      } catch {
        // The text then stays on the page only.
      }
    },
    [key, revision],
  );
  const change = useCallback(
    (name: string, value: unknown) =>
      setFields((now) => {
        const next = { ...now, [name]: value };
        window.clearTimeout(timer.current);
        timer.current = window.setTimeout(() => keep(next), 250);
        return next;
      }),
    [keep],
  );
  const clear = useCallback(() => {
    window.clearTimeout(timer.current);
    dropDraft(key);
    found.current = null;
    setFields({});
  }, [key]);
  return { fields, change, clear, found: found.current };
}
