import '@/design/mantine-parts';
import '@/design/tokens.css';
import '@/design/base.css';
import '@/design/mantine.css';
import '@/design/marks.css';
import '@/design/bars.css';
import '@/design/page.css';
import '@/design/lists.css';
import '@/design/charts.css';
import '@/app/shell/shell.css';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { startMessages } from '@/app/i18n';
import { densityStore } from '@/app/preferences';

const applyDensity = () => (document.documentElement.dataset.density = densityStore.get());
densityStore.subscribe(applyDensity);
applyDensity();

const root = document.getElementById('root');
if (root) void startMessages().then(() => createRoot(root).render(<App />));
