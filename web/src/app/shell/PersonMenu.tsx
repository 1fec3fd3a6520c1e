import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { Check, Keyboard, Languages, LogOut, Monitor, Moon, Rows3, KeyRound, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/design/Avatar';
import { useGo } from '../navigation';
import { densityStore, languageStore, lettersStore, useLanguage } from '../preferences';
import { useSession } from '../session';
import { useStore } from '../store';

export function PersonMenu() {
  const { t } = useTranslation();
  const { session, leave } = useSession();
  const go = useGo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = useLanguage();
  const density = useStore(densityStore);
  const letters = useStore(lettersStore);
  const tick = (on: boolean) => (on ? <Check size={15} aria-label={t('shell.chosen')} /> : null);
  return (
    <Menu width={240}>
      <Menu.Target>
        <UnstyledButton className="top-tool person">
          <Avatar name={session.name} />
          <span className="person-name clip">{session.name}</span>
          <span className="visually-hidden">{t('shell.personMenu')}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.login}</Menu.Label>
        <Menu.Item
          leftSection={<Languages size={16} />}
          rightSection={tick(language === 'ja')}
          onClick={() => languageStore.set('ja')}
          lang="ja"
        >
          {t('language.ja')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Languages size={16} />}
          rightSection={tick(language === 'en')}
          onClick={() => languageStore.set('en')}
          lang="en"
        >
          {t('language.en')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Monitor size={16} />}
          rightSection={tick(colorScheme === 'auto')}
          onClick={() => setColorScheme('auto')}
        >
          {t('theme.auto')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Sun size={16} />}
          rightSection={tick(colorScheme === 'light')}
          onClick={() => setColorScheme('light')}
        >
          {t('theme.light')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Moon size={16} />}
          rightSection={tick(colorScheme === 'dark')}
          onClick={() => setColorScheme('dark')}
        >
          {t('theme.dark')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Rows3 size={16} />}
          rightSection={tick(density === 'comfortable')}
          closeMenuOnClick={false}
          onClick={() => densityStore.set(density === 'compact' ? 'comfortable' : 'compact')}
        >
          {t('density.comfortable')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Keyboard size={16} />}
          rightSection={tick(letters === 'on')}
          closeMenuOnClick={false}
          onClick={() => lettersStore.set(letters === 'on' ? 'off' : 'on')}
        >
          {t('keys.letters')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<KeyRound size={16} />} onClick={() => go('/password')}>
          {t('shell.changePassword')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} />} onClick={() => void leave()}>
          {t('shell.leave')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
