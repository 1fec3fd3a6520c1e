// The bar at the bottom: what just happened, with the way back where there is one (10 s, key z).
import { createStore, useStore } from './store';

export interface Notice {
  id: number;
  text: string;
  tone: 'plain' | 'miss';
  undo?: () => void;
  until: number;
}

const noticeStore = createStore<Notice | null>(null);
let next = 1;

export const useNotice = (): Notice | null => useStore(noticeStore);

export function say(text: string, options: { undo?: () => void; tone?: 'plain' | 'miss' } = {}): void {
  const seconds = options.undo ? 10 : options.tone === 'miss' ? 8 : 4;
  noticeStore.set({
    id: next++,
    text,
    tone: options.tone ?? 'plain',
    undo: options.undo,
    until: Date.now() + seconds * 1000,
  });
}

export function closeNotice(): void {
  noticeStore.set(null);
}

export function undoNow(): void {
  const notice = noticeStore.get();
  noticeStore.set(null);
  notice?.undo?.();
}
