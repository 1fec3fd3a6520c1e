// Who is logged on. Without a session the log-on page stands where the application would; the address stays, so the
// same place opens afterwards. When a session runs out, what was being written stays mounted underneath.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { api, onSignedOut, setCsrf } from '@/api/client';
import { ApiError, isApiError } from '@/api/problem';
import type { Session } from '@/api/types';
import { lookAt } from './asOf';

interface SessionValue {
  session: Session;
  reload: () => Promise<void>;
  leave: () => Promise<void>;
  can: (capability: string) => boolean;
}

const Context = createContext<SessionValue | null>(null);

export function useSession(): SessionValue {
  const value = useContext(Context);
  if (!value) throw new Error('useSession stands outside SessionGate');
  return value;
}

interface GateProps {
  children: ReactNode;
  loading: ReactNode;
  logon: (enter: (session: Session) => void) => ReactNode;
  changePassword: (done: () => Promise<void>) => ReactNode;
  failed: (error: ApiError, retry: () => void) => ReactNode;
}

export function SessionGate({ children, loading, logon, changePassword, failed }: GateProps) {
  const client = useQueryClient();
  const [session, setSession] = useState<Session | null>(null);
  const [expired, setExpired] = useState(false);
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const enter = useCallback(
    (next: Session) => {
      setCsrf(next.csrf);
      setSession((before) => {
        if (before && before.account !== next.account) window.location.reload();
        return next;
      });
      setExpired(false);
      void client.invalidateQueries();
    },
    [client],
  );

  const reload = useCallback(async () => {
    try {
      const next = await api.get<Session>('/session');
      setCsrf(next.csrf);
      setSession(next);
      setError(null);
    } catch (failure) {
      if (isApiError(failure) && failure.status === 401) setExpired(true);
      else if (isApiError(failure)) setError(failure);
    } finally {
      setReady(true);
    }
  }, []);

  const leave = useCallback(async () => {
    await api.delete('/session').catch(() => undefined);
    setCsrf('');
    setSession(null);
    lookAt(null);
    client.clear();
  }, [client]);

  useEffect(() => {
    onSignedOut(() => setExpired(true));
    void reload();
  }, [reload]);

  const value = useMemo<SessionValue | null>(
    () => (session ? { session, reload, leave, can: (name) => session.capabilities.includes(name) } : null),
    [session, reload, leave],
  );

  if (error) return failed(error, () => void reload());
  if (!ready) return loading;
  if (!value) return logon(enter);
  if (value.session.must_change_password)
    return <Context.Provider value={value}>{changePassword(reload)}</Context.Provider>;
  return (
    <Context.Provider value={value}>
      <div className="session-area" hidden={expired}>
        {children}
      </div>
      {expired && logon(enter)}
    </Context.Provider>
  );
}
