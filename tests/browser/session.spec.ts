import { expect, test } from '@playwright/test';
import { dress, logOn, open } from './place';

// Its own session: the others keep theirs.
test.use({ storageState: { cookies: [], origins: [] } });

test('a session that ends keeps the place and what was being written', async ({ page, context }) => {
  await dress(page, 'ja', 'light');
  await page.goto('/password');
  await expect(page.getByRole('heading', { name: 'ログオン' })).toBeVisible();
  await logOn(page);
  await expect(page).toHaveURL(/\/password$/);
  await open(page, '/password');
  await page.getByLabel(/^新しいパスワード(?!（)/).fill('kakikake-No-31');
  await context.clearCookies();
  await page.getByRole('button', { name: '処理の受け皿' }).click();
  await expect(page.getByRole('heading', { name: 'ログオン' })).toBeVisible();
  await expect(page).toHaveTitle('ログオン');
  await logOn(page);
  await expect(page.getByLabel(/^新しいパスワード(?!（)/)).toHaveValue('kakikake-No-31');
  await expect(page).toHaveTitle(/^パスワードを変える/);
});

test('logging off leaves nothing behind', async ({ page }) => {
  await dress(page, 'ja', 'light');
  await page.goto('/');
  await logOn(page);
  await expect(page.locator('.verdict h1')).toBeVisible();
  await page.getByRole('button', { name: /さんのメニュー/ }).click();
  await page.getByRole('menuitem', { name: 'ログオフする' }).click();
  await expect(page.getByRole('heading', { name: 'ログオン' })).toBeVisible();
  await expect(page.locator('.verdict')).toHaveCount(0);
  const answer = await page.request.get('/api/v1/session');
  expect(answer.status()).toBe(401);
});
