// Messages: one JSON file per area and language in src/messages, fetched when first used. A page asks for its own
// area: useTranslation('work'). The area `common` is always there.
import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageStore } from './preferences';

const files = import.meta.glob<{ default: Record<string, unknown> }>('../messages/*/*.json');

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, area, done) => {
    const load = files[`../messages/${language}/${area}.json`];
    if (!load) {
      done(new Error(`no messages: ${language}/${area}`), null);
      return;
    }
    load().then(
      (file) => done(null, file.default),
      (error: Error) => done(error, null),
    );
  },
};

export async function startMessages(): Promise<void> {
  const language = languageStore.get();
  document.documentElement.lang = language;
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: ['ja', 'en'],
      ns: ['common'],
      defaultNS: 'common',
      fallbackNS: 'common',
      interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
      react: { useSuspense: true },
    });
  languageStore.subscribe(() => {
    const next = languageStore.get();
    document.documentElement.lang = next;
    void i18next.changeLanguage(next);
  });
}
