// Log-on: notice, two fields, one button. No name of product, organisation or version anywhere (V:7.5.1.3-5).
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useGet } from '@/api/queries';
import { isApiError } from '@/api/problem';
import type { Session } from '@/api/types';
import { languageStore, useLanguage } from '@/app/preferences';
import { Mark } from '@/design/Mark';
import './logon.css';

export default function LogonPage({ onEnter }: { onEnter: (session: Session) => void }) {
  const { t } = useTranslation('logon');
  const language = useLanguage();
  const notice = useGet<{ notice_ja: string; notice_en: string }>('/notice', {}, { staleTime: 600_000 });
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const before = document.title;
    document.title = t('title');
    return () => {
      document.title = before;
    };
  }, [t]);
  useEffect(() => field.current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem('');
    try {
      onEnter(await api.post<Session>('/session', { login, password }));
    } catch (error) {
      setProblem(
        isApiError(error) && error.status !== 401 && error.message !== error.code ? error.message : t('refused'),
      );
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  const text = (language === 'ja' ? notice.data?.notice_ja : notice.data?.notice_en) || t('notice');

  return (
    <main className="logon">
      <form className="logon-card" onSubmit={submit}>
        <h1>{t('title')}</h1>
        <p className="logon-notice">
          <CircleAlert size={16} strokeWidth={1.7} aria-hidden />
          <span>{text}</span>
        </p>
        {problem && (
          <p className="logon-problem" role="alert">
            <Mark tone="miss" /> {problem}
          </p>
        )}
        <TextInput
          ref={field}
          label={t('login')}
          name="username"
          autoComplete="username"
          size="md"
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordInput
          label={t('password')}
          name="password"
          autoComplete="current-password"
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('show'), tabIndex: 0 }}
        />
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t('next')}
        </Button>
      </form>
      <p className="logon-help hint">{t('help')}</p>
      <footer className="logon-foot">
        {(['ja', 'en'] as const).map((code) => (
          <button
            key={code}
            type="button"
            lang={code}
            aria-pressed={language === code}
            onClick={() => languageStore.set(code)}
          >
            {t(`common:language.${code}`)}
          </button>
        ))}
      </footer>
    </main>
  );
}
