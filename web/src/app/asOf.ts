// The moment the whole product is looked at. null is now; otherwise a UTC time, and nothing can be written.
import { createStore, useStore } from './store';

export const asOfStore = createStore<string | null>(null);

export const useAsOf = (): string | null => useStore(asOfStore);

/** Looks at the end of a local day, or at an exact UTC time; null goes back to now. */
export function lookAt(time: string | null): void {
  if (time && /^\d{4}-\d{2}-\d{2}$/.test(time)) {
    const [year = 0, month = 1, day = 1] = time.split('-').map(Number);
    asOfStore.set(new Date(year, month - 1, day, 23, 59, 59).toISOString());
  } else {
    asOfStore.set(time);
  }
}
