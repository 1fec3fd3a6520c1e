// Every page of the shell, in both languages and both themes, without a violation of WCAG 2.2 AA; and nothing wider
// than a phone.
import { expect, test } from '@playwright/test';
import { attendance, dress, expectAccessible, open } from './place';

const pages: [string, (id: string) => string][] = [
  ['home', () => '/'],
  ['work', () => '/work'],
  ['calendar', () => '/work/calendar'],
  ['services', () => '/services'],
  ['service', (id) => `/services/${id}`],
  ['chain', (id) => `/services/${id}/chain`],
  ['chain as table', (id) => `/services/${id}/chain?view=table`],
  ['levels', (id) => `/services/${id}/levels`],
  ['first hour', () => '/first-hour?new=1'],
  ['first hour, data', (id) => `/first-hour?service=${id}&step=data`],
  ['first hour, pattern', (id) => `/first-hour?service=${id}&step=pattern`],
  ['reference sheet', () => '/sheet'],
  ['password', () => '/password'],
  ['not found', () => '/no-such-page'],
];

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['ja', 'en'] as const) {
    test(`every page is accessible (${language}, ${theme})`, async ({ page, request }) => {
      test.setTimeout(300_000);
      const service = await attendance(request);
      await dress(page, language, theme);
      for (const [name, path] of pages) {
        await test.step(name, async () => {
          await open(page, path(service.id));
          await expectAccessible(page);
        });
      }
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('every page fits into 390 pixels', async ({ page, request }) => {
    test.setTimeout(180_000);
    const service = await attendance(request);
    await dress(page, 'ja', 'light');
    for (const [name, path] of pages) {
      await open(page, path(service.id));
      const widest = await page.evaluate(() =>
        Math.max(document.documentElement.scrollWidth, document.querySelector('#main')?.scrollWidth ?? 0),
      );
      expect.soft(widest, name).toBeLessThanOrEqual(390);
    }
  });

  test('the bar at the bottom leads everywhere', async ({ page }) => {
    await dress(page, 'ja', 'light');
    await open(page, '/');
    const bar = page.locator('.bottom-bar');
    await expect(bar.getByRole('link')).toHaveCount(4);
    for (const link of await bar.getByRole('link').all())
      expect((await link.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
    await bar.getByRole('button', { name: 'ほか' }).click();
    await expect(page.getByRole('dialog').getByRole('link', { name: '証跡' })).toBeVisible();
  });
});

test('obeys its own content security policy', async ({ page, request }) => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  const service = await attendance(request);
  await dress(page, 'ja', 'light');
  for (const path of [
    '/',
    '/work/calendar',
    `/services/${service.id}/chain`,
    `/services/${service.id}/levels`,
    '/sheet',
  ])
    await open(page, path);
  expect(refused).toEqual([]);
});
