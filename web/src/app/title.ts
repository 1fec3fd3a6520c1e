// The tab's title: page – organisation.
import { useEffect } from 'react';
import { useSession } from './session';

export function useTitle(page: string): void {
  const { session } = useSession();
  const organisation = session.organisation.name;
  useEffect(() => {
    document.title = organisation ? `${page} – ${organisation}` : page;
  }, [page, organisation]);
}
