// The pictures of the papers, taken from the running product.
import { mkdirSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { attendance, dress, open, type Language, type Theme } from './place';

const folder = new URL('../../docs/pictures/', import.meta.url).pathname;
test.skip(process.env.GENMEI_PICTURES !== '1', 'pictures are written when GENMEI_PICTURES=1');
test.beforeAll(() => mkdirSync(folder, { recursive: true }));

async function take(page: Page, name: string, language: Language, theme: Theme = 'light'): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.waitForTimeout(400);
  const path = `${folder}${name}.${language}${theme === 'dark' ? '.dark' : ''}.png`;
  await page.screenshot({ path, animations: 'disabled' });
  expect(path).toContain(name);
}

for (const language of ['ja', 'en'] as const) {
  test(`main pages in ${language}`, async ({ page, request }) => {
    test.setTimeout(180_000);
    const service = await attendance(request);
    await dress(page, language, 'light');
    await open(page, '/');
    const close = page.locator('.last-logon button');
    if (await close.isVisible()) await close.click();
    await take(page, 'home', language);
    const shots: [string, string][] = [
      ['services', '/services'],
      ['service', `/services/${service.id}`],
      ['chain', `/services/${service.id}/chain`],
      ['levels', `/services/${service.id}/levels`],
      ['work', '/work'],
      ['calendar', '/work/calendar'],
      ['first-hour-data', `/first-hour?service=${service.id}&step=data`],
      ['first-hour-pattern', `/first-hour?service=${service.id}&step=pattern`],
      ['first-hour-plan', `/first-hour?service=${service.id}&step=plan`],
      ['standards', '/standards'],
      ['assessment', '/assessment'],
      ['registers', '/registers'],
      ['ledger', '/ledger'],
      ['settings', '/settings'],
    ];
    for (const [name, path] of shots) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      await take(page, name, language);
    }
  });

  test(`dark home and phone in ${language}`, async ({ page }) => {
    await dress(page, language, 'dark');
    await open(page, '/');
    await take(page, 'home', language, 'dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, '/');
    await take(page, 'phone-home', language, 'dark');
  });
}

test.describe('before log-on', () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  for (const language of ['ja', 'en'] as const) {
    test(`log-on in ${language}`, async ({ page }) => {
      await dress(page, language, 'light');
      await page.goto('/');
      await expect(page.locator('h1')).toBeVisible();
      await take(page, 'logon', language);
    });
  }
});
