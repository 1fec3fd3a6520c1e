// Links and addresses. An address is one string ("/work?show=overdue"), as the server gives it.
import { useLocation, useParams, useRouter } from '@tanstack/react-router';
import { forwardRef, useCallback, useMemo, type AnchorHTMLAttributes, type MouseEvent } from 'react';

export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return useCallback(
    (to, options) => (options?.replace ? router.history.replace(to) : router.history.push(to)),
    [router],
  );
}

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
}

/** A link inside the application; modified clicks and other targets are the browser's. */
export const A = forwardRef<HTMLAnchorElement, LinkProps>(function A({ to, onClick, ...rest }, ref) {
  const go = useGo();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const own = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !own || (rest.target && rest.target !== '_self') || to.startsWith('/api/')) return;
    event.preventDefault();
    go(to);
  };
  return <a ref={ref} href={to} onClick={follow} {...rest} />;
});

export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>;
  return params[name] ?? '';
}

/** The search part of the address as text values, and a setter that keeps the rest and replaces the entry. */
export function useSearch(): [Record<string, string>, (change: Record<string, string | null>) => void] {
  const { pathname, searchStr } = useLocation();
  const go = useGo();
  const values = useMemo(() => Object.fromEntries(new URLSearchParams(searchStr)), [searchStr]);
  const set = useCallback(
    (change: Record<string, string | null>) => {
      const params = new URLSearchParams(searchStr);
      for (const [key, value] of Object.entries(change)) {
        if (value === null || value === '') params.delete(key);
        else params.set(key, value);
      }
      const text = params.toString();
      go(`${pathname}${text ? `?${text}` : ''}`, { replace: true });
    },
    [pathname, searchStr, go],
  );
  return [values, set];
}

export const recordPath = (kind: string, id: string): string => `/records/${kind}/${id}`;
export const itemPath = (key: string): string => `/standards/${key}`;
