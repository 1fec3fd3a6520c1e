// What stands in the menu: only what is built, in the order of the work.
import {
  BookOpenText,
  ClipboardCheck,
  House,
  Layers,
  Library,
  Link2,
  Settings,
  TableProperties,
  type LucideIcon,
} from 'lucide-react';

export interface NavItem {
  id: string;
  to: string;
  icon: LucideIcon;
  /** Second letter of the chord "g x". */
  letter: string;
  /** Further addresses that belong to it. */
  also?: string[];
}

export const navGroups: { id: string; items: NavItem[] }[] = [
  {
    id: 'daily',
    items: [
      { id: 'home', to: '/', icon: House, letter: 'h' },
      { id: 'work', to: '/work', icon: ClipboardCheck, letter: 'w' },
    ],
  },
  {
    id: 'decide',
    items: [
      { id: 'services', to: '/services', icon: Layers, letter: 's' },
      { id: 'standards', to: '/standards', icon: Library, letter: 'b' },
      { id: 'assessment', to: '/assessment', icon: TableProperties, letter: 'a' },
    ],
  },
  {
    id: 'keep',
    items: [{ id: 'registers', to: '/registers', icon: BookOpenText, letter: 'r', also: ['/records', '/import'] }],
  },
  { id: 'show', items: [{ id: 'ledger', to: '/ledger', icon: Link2, letter: 'l', also: ['/reports'] }] },
];

export const settingsItem: NavItem = { id: 'settings', to: '/settings', icon: Settings, letter: ',' };

export const allNavItems: NavItem[] = [...navGroups.flatMap((group) => group.items), settingsItem];

export function isHere(item: NavItem, pathname: string): boolean {
  if (item.to === '/') return pathname === '/';
  return [item.to, ...(item.also ?? [])].some((path) => pathname === path || pathname.startsWith(`${path}/`));
}
