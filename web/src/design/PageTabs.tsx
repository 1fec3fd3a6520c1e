import { A } from '@/app/navigation';

export interface PageTab {
  id: string;
  label: string;
  count?: number;
  to: string;
}

/** Pages of one thing, side by side; each has its own address. */
export function PageTabs({ tabs, value, label }: { tabs: PageTab[]; value: string; label: string }) {
  return (
    <nav className="page-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <A key={tab.id} to={tab.to} aria-current={tab.id === value ? 'page' : undefined}>
          {tab.label}
          {tab.count !== undefined && <span className="tab-count">{tab.count}</span>}
        </A>
      ))}
    </nav>
  );
}
