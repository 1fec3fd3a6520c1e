// Against a running server: GENMEI_URL, GENMEI_LOGIN, GENMEI_PASSWORD name it. Chromium is Debian's; it is started
// without what it would fetch by itself. Pictures for the papers are written when GENMEI_PICTURES=1.
import { defineConfig } from '@playwright/test';

export const address = process.env.GENMEI_URL ?? 'http://127.0.0.1:8480';

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: address,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'logged-on', testMatch: 'session.setup.ts' },
    {
      name: 'browser',
      dependencies: ['logged-on'],
      testIgnore: 'session.setup.ts',
      use: { storageState: 'test-results/session.json' },
    },
  ],
});
