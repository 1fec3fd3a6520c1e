// What can be done from anywhere, for the palette.
import { useMantineColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { lookAt, useAsOf } from '../asOf';
import { useGo } from '../navigation';
import { languageStore, useLanguage } from '../preferences';
import { useSession } from '../session';

export interface Command {
  id: string;
  label: string;
  hint?: string;
  run: () => void;
}

export function useCommands(onHelp: () => void): Command[] {
  const { t } = useTranslation();
  const go = useGo();
  const { leave } = useSession();
  const language = useLanguage();
  const moment = useAsOf();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return useMemo(() => {
    const dark = colorScheme === 'dark';
    const list: Command[] = [
      { id: 'work', label: t('command.work'), run: () => go('/work') },
      { id: 'first-hour', label: t('command.describeService'), run: () => go('/first-hour') },
      { id: 'measure', label: t('command.newService'), run: () => go('/first-hour?new=1') },
      { id: 'help', label: t('keys.help'), hint: '?', run: onHelp },
      {
        id: 'theme',
        label: t(dark ? 'command.light' : 'command.dark'),
        run: () => setColorScheme(dark ? 'light' : 'dark'),
      },
      {
        id: 'language',
        label: t(language === 'ja' ? 'command.english' : 'command.japanese'),
        run: () => languageStore.set(language === 'ja' ? 'en' : 'ja'),
      },
      { id: 'leave', label: t('shell.leave'), run: () => void leave() },
    ];
    return moment ? [{ id: 'now', label: t('asOf.back'), run: () => lookAt(null) }, ...list] : list;
  }, [t, go, leave, language, moment, colorScheme, setColorScheme, onHelp]);
}
