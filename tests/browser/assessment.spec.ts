import { expect, test } from '@playwright/test';
import { dress, expectAccessible, open } from './place';

test.beforeEach(async ({ page }) => dress(page, 'ja', 'light'));

test('the grid holds the 93 controls of Annex A and the tabs add up', async ({ page }) => {
  await open(page, '/assessment');
  await expect(page.getByRole('heading', { level: 1, name: '適用宣言書' })).toBeVisible();
  const count = async (name: RegExp) => Number((await page.locator('.page-tabs').getByRole('link', { name }).innerText()).replace(/\D/g, ''));
  expect(await count(/^すべて/)).toBe(93);
  expect((await count(/^適用/)) + (await count(/^除外/))).toBe(93);
});

test('an item opens beside the grid, and an exclusion wants a reason first', async ({ page }) => {
  await open(page, '/assessment');
  await page.getByRole('button', { name: '脅威インテリジェンス' }).click();
  const panel = page.locator('.item-panel');
  await expect(panel.getByRole('heading', { name: '脅威インテリジェンス' })).toBeVisible();
  await panel.getByRole('combobox', { name: '適用' }).click();
  await page.getByRole('option', { name: '適用しない' }).click();
  await expect(panel.getByRole('button', { name: '理由とともに除外する' })).toBeDisabled();
  await panel.getByRole('button', { name: 'やめる' }).click();
  await expect(panel.getByRole('combobox', { name: '状況' })).toBeVisible();
});

test('says what changed since the approved edition', async ({ page }) => {
  await open(page, '/assessment');
  const button = page.getByRole('button', { name: /第\d+版との違い/ });
  const count = Number(/(\d+)件/.exec(await button.innerText())?.[1]);
  await button.click();
  await expect(page.locator('.difference-list > li')).toHaveCount(count);
});

test('a standard is walked by key and a mapping leads to the other item', async ({ page }) => {
  await open(page, '/standards/iso27001-2022/annex-a/A.8.15');
  await expect(page.locator('.item h1')).toContainText('A.8.15');
  await expect(page.locator('.item-rules').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('.item h1')).toContainText('A.8.16');
  const mapped = page.locator('.item-mappings a').first();
  const reference = await mapped.innerText();
  await mapped.click();
  await expect(page.locator('.item h1')).toContainText(reference);
});

test('the ledger verifies itself and leads to records', async ({ page }) => {
  await open(page, '/ledger');
  await page.getByRole('button', { name: 'いま確かめる' }).click();
  await expect(page.getByText('書き換えも抜けもありません')).toBeVisible({ timeout: 30_000 });
  await page.locator('.ledger-table a').first().click();
  await expect(page).toHaveURL(/\/records\//);
});

test('a new account gets a password that is shown once', async ({ page }) => {
  await open(page, '/settings?tab=accounts');
  await page.getByRole('button', { name: 'アカウントを作る' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('ログオン名').fill(`shiken${Date.now() % 1_000_000}`);
  await dialog.getByRole('combobox', { name: '役割' }).click();
  await page.getByRole('option').first().click();
  await dialog.getByLabel('ログオン名').click();
  await dialog.getByRole('button', { name: '作って仮のパスワードを出す' }).click();
  await expect(page.locator('output.secret')).toHaveText(/\S{8,}/);
});

for (const theme of ['light', 'dark'] as const) {
  test(`assessment, standards, ledger and settings are accessible (${theme})`, async ({ page }) => {
    test.setTimeout(120_000);
    await dress(page, theme === 'dark' ? 'en' : 'ja', theme);
    for (const path of ['/assessment', '/standards', '/standards/iso27001-2022/annex-a/A.8.15', '/ledger', '/settings', '/settings?tab=accounts', '/settings?tab=rules', '/reports', '/import']) {
      await open(page, path);
      await expectAccessible(page);
    }
  });
}

test('fits 390 px without scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/registers', '/records/requirement', '/assessment', '/standards', '/ledger', '/settings?tab=accounts']) {
    await open(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
  }
});
