import { expect, test } from '@playwright/test';
import { dress, open } from './place';

test.beforeEach(async ({ page }) => dress(page, 'ja', 'light'));

test('jumps with g and a letter', async ({ page }) => {
  await open(page, '/');
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(/\/work$/);
  await expect(page.getByRole('heading', { name: '今日の仕事' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/services$/);
});

test('lists the keys of the page, and Escape gives focus back', async ({ page }) => {
  await open(page, '/');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('移動・検索・操作');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('opens the palette, folds kana and width, and goes there', async ({ page }) => {
  await open(page, '/');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: '移動・検索・操作' });
  await expect(field).toBeFocused();
  await field.fill('ｻｰﾋﾞｽ');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('option', { name: /^サービス/ })
      .first(),
  ).toBeVisible();
  await field.fill('さーびす');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('option', { name: /^サービス/ })
      .first(),
  ).toBeVisible();
  await field.fill('今日の仕事');
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('今日の仕事を始める');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/work$/);
});

test('letters rest while text is entered', async ({ page }) => {
  await open(page, '/');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: '移動・検索・操作' });
  await expect(field).toBeFocused();
  await page.keyboard.type('gw');
  await expect(field).toHaveValue('gw');
  await expect(page).toHaveURL(/\/$/);
});

test('the skip link leads past the menu', async ({ page }) => {
  await open(page, '/work');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '本文へ移る' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('the past can be looked at, not changed', async ({ page }) => {
  await open(page, '/');
  await page.getByRole('button', { name: '時点：いま' }).click();
  await page.getByLabel('見る日').fill('2026-03-31');
  await page.getByRole('button', { name: 'この日を見る' }).click();
  const banner = page.getByRole('region', { name: '過去の時点を見ています' });
  await expect(banner).toContainText('2026年3月31日（火）');
  await page.getByRole('link', { name: 'サービス', exact: false }).first().click();
  await expect(banner).toBeVisible();
  await banner.getByRole('button', { name: 'いまに戻る' }).click();
  await expect(banner).toHaveCount(0);
});
