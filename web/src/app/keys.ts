// Keys of the page and of the product. A binding is a key ("j"), a chord ("g h") or a combination ("mod+k").
// Single letters rest while text is being entered, while a dialog is open, and when a person switched them off.
import { useEffect, useRef } from 'react';
import { createStore, useStore } from './store';
import { lettersStore } from './preferences';

export interface KeyBinding {
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Also works in fields and dialogs (only for combinations and Escape). */
  anywhere?: boolean;
}

interface Layer {
  bindings: KeyBinding[];
}

const layers = createStore<Layer[]>([]);
const CHORD_MS = 900;

export function useKeys(bindings: KeyBinding[]): void {
  const layer = useRef<Layer>({ bindings });
  layer.current.bindings = bindings;
  useEffect(() => {
    const own = layer.current;
    layers.set((now) => [...now, own]);
    return () => layers.set((now) => now.filter((other) => other !== own));
  }, []);
}

/** All bindings of the page, innermost first, for the list under "?". */
export const useBindings = (): KeyBinding[] => [...useStore(layers)].reverse().flatMap((layer) => layer.bindings);

const editable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|range)$/.test(target.type));

/** Enter and Space belong to whatever has focus, if it can be pressed. */
const pressable = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'a, button, summary, label, select, [role="button"], [role="listbox"], [role="option"], [role="menuitem"], [role="treeitem"], [role="gridcell"]',
  ) !== null;

const dialogOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

function nameOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key;
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  const alt = event.altKey ? 'alt+' : '';
  const shift = event.shiftKey && key.length > 1 ? 'shift+' : '';
  return `${mod}${alt}${shift}${key.length === 1 ? key.toLowerCase() : key}`;
}

export function listenForKeys(): () => void {
  let pending = '';
  let timer = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    if ((name === 'Enter' || name === 'Space') && pressable(event.target)) return;
    const plain = name.length === 1;
    const blocked = editable(event.target) || dialogOpen() || (plain && lettersStore.get() === 'off' && name !== '?');
    const all = [...layers.get()].reverse().flatMap((layer) => layer.bindings);
    const chord = pending ? `${pending} ${name}` : name;
    pending = '';
    window.clearTimeout(timer);
    const hit = all.find((binding) => binding.keys === chord) ?? all.find((binding) => binding.keys === name);
    if (hit && (!blocked || hit.anywhere)) {
      event.preventDefault();
      hit.run(event);
      return;
    }
    if (!blocked && plain && all.some((binding) => binding.keys.startsWith(`${name} `))) {
      pending = name;
      timer = window.setTimeout(() => (pending = ''), CHORD_MS);
    }
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
