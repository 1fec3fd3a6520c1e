// What a person set for this browser: language, theme, density, single-letter keys. Kept in localStorage, nowhere else.
import { createStore, useStore, type Store } from './store';

export type Language = 'ja' | 'en';
export type Density = 'compact' | 'comfortable';

function kept<T extends string>(key: string, allowed: readonly T[], fallback: T): Store<T> {
  let start = fallback;
  try {
    const stored = localStorage.getItem(key);
    if (stored && (allowed as readonly string[]).includes(stored)) start = stored as T;
  } catch {
    // A browser that forbids storage still gets the defaults.
  }
  const store = createStore<T>(start);
  store.subscribe(() => {
    try {
      localStorage.setItem(key, store.get());
    } catch {
      // Same: the choice then lasts as long as the page.
    }
  });
  return store;
}

const preferred: Language = navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en';

export const languageStore = kept<Language>('language', ['ja', 'en'], preferred);
export const densityStore = kept<Density>('density', ['compact', 'comfortable'], 'compact');
export const lettersStore = kept<'on' | 'off'>('letter-keys', ['on', 'off'], 'on');

export const useLanguage = (): Language => useStore(languageStore);
