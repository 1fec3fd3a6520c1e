import { expect, test } from '@playwright/test';
import { dress, expectAccessible, login } from './place';

test.use({ storageState: { cookies: [], origins: [] } });

test('says nothing of product, organisation or version before log-on', async ({ page, request }) => {
  await dress(page, 'ja', 'light');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'ログオン' })).toBeVisible();
  const text = (await page.locator('body').innerText()) + (await page.title());
  expect(text).not.toMatch(/言明|genmei|サンプルクラウド/i);
  const raw = await request.get('/');
  expect(await raw.text()).not.toMatch(/genmei|言明/i);
  expect(JSON.stringify(raw.headers())).not.toMatch(/genmei/i);
});

test('answers a wrong name and a wrong password alike', async ({ page }) => {
  await dress(page, 'ja', 'light');
  const attempt = async (name: string) => {
    await page.goto('/');
    await page.getByLabel('ログオン名').fill(name);
    await page.getByLabel('パスワード', { exact: true }).fill('not-the-password-1');
    await page.getByRole('button', { name: '次へ' }).click();
    return page.getByRole('alert').innerText();
  };
  const unknown = await attempt('nobody-of-that-name');
  const known = await attempt(`${login}-x`);
  expect(unknown).toBe(known);
  expect(unknown).toContain('入れませんでした');
});

test('keeps what was typed when the language changes', async ({ page }) => {
  await dress(page, 'ja', 'light');
  await page.goto('/');
  await page.getByLabel('ログオン名').fill('nakamura');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { name: 'Log on' })).toBeVisible();
  await expect(page.getByLabel('Log-on name')).toHaveValue('nakamura');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['ja', 'en'] as const) {
    test(`is accessible (${language}, ${theme})`, async ({ page }) => {
      await dress(page, language, theme);
      await page.goto('/');
      await expect(page.locator('h1')).toBeVisible();
      await expectAccessible(page);
    });
  }
}
