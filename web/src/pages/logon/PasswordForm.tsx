import { Button, PasswordInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type CSSProperties, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ApiError, isApiError } from '@/api/problem';
import { useLanguage } from '@/app/preferences';
import { Message } from '@/design/States';

interface Strength {
  score: number;
  ok: boolean;
  hints: string[];
}

const colours = ['var(--miss-fill)', 'var(--miss-fill)', 'var(--warn-fill)', 'var(--met-fill)', 'var(--met-fill)'];

/** Old and new password with the meter; the rule itself is the server's. */
export function PasswordForm({ onDone }: { onDone: () => void | Promise<void> }) {
  const { t } = useTranslation('logon');
  const language = useLanguage();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [typed] = useDebouncedValue(next, 200);
  const strength = useQuery<Strength, ApiError>({
    queryKey: ['/session/password-strength', typed, language],
    queryFn: () => api.post<Strength>('/session/password-strength', { password: typed }),
    enabled: typed.length > 0,
    gcTime: 0,
  }).data;
  const differs = again.length > 0 && again !== next;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (differs || !next) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.post('/session/password', { old, new: next });
      await onDone();
    } catch (error) {
      if (isApiError(error)) setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const eye = { 'aria-label': t('show'), tabIndex: 0 };

  return (
    <form className="stack loose" onSubmit={submit}>
      {problem && (
        <Message tone="miss" title={problem.message}>
          {problem.errors.map((error) => error.message).join(' ')}
        </Message>
      )}
      <PasswordInput
        label={t('old')}
        autoComplete="current-password"
        value={old}
        onChange={(event) => setOld(event.currentTarget.value)}
        visibilityToggleButtonProps={eye}
        required
      />
      <div className="stack">
        <PasswordInput
          label={t('new')}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          visibilityToggleButtonProps={eye}
          required
          aria-describedby="strength"
        />
        <div className="strength" aria-hidden style={{ '--strength': colours[strength?.score ?? 0] } as CSSProperties}>
          {[1, 2, 3, 4].map((step) => (
            <i key={step} data-on={strength && next && strength.score >= step ? true : undefined} />
          ))}
        </div>
        <div id="strength" className="strength-words" role="status">
          <span>{next && strength ? t(`score.${strength.score}`) : t('rule')}</span>
        </div>
        {next && strength && strength.hints.length > 0 && (
          <ul className="hint">
            {strength.hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        )}
      </div>
      <PasswordInput
        label={t('repeat')}
        autoComplete="new-password"
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        visibilityToggleButtonProps={eye}
        error={differs ? t('differs') : undefined}
        required
      />
      <Button type="submit" loading={busy} disabled={!old || !next || again !== next || strength?.ok === false}>
        {t('change')}
      </Button>
    </form>
  );
}
