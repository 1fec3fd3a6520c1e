import { expect, test } from '@playwright/test';
import { dress, open } from './place';

test.beforeEach(async ({ page }) => dress(page, 'ja', 'light'));

test('begins with a verdict and opens the list behind a figure', async ({ page }) => {
  await open(page, '/');
  const verdict = page.locator('.verdict h1');
  await expect(verdict).not.toBeEmpty();
  expect((await verdict.innerText()).endsWith('。')).toBe(true);
  const figures = page.locator('.figure');
  expect(await figures.count()).toBeGreaterThanOrEqual(4);
  const target = await figures.first().getAttribute('href');
  await figures.first().click();
  await expect(page).toHaveURL(new RegExp(`${(target ?? '').split('?')[0]}`));
});

test('walks the next tasks with j and k and opens one with Enter', async ({ page }) => {
  await open(page, '/');
  const tasks = page.locator('.home-task');
  test.skip((await tasks.count()) < 2, 'needs two open tasks');
  await expect(tasks.nth(0)).toHaveAttribute('data-selected', 'true');
  await page.mouse.move(5, 5);
  await page.keyboard.press('j');
  await expect(tasks.nth(1)).toHaveAttribute('data-selected', 'true');
  await page.keyboard.press('k');
  await expect(tasks.nth(0)).toHaveAttribute('data-selected', 'true');
  const title = await tasks.nth(0).locator('b').first().innerText();
  await page.keyboard.press('Enter');
  await expect(page.locator('#task-pane h2')).toHaveText(title);
});

test('shows the year as a chart and as a table with the same sums', async ({ page }) => {
  await open(page, '/');
  const card = page.locator('.card', { hasText: '一年の仕事' });
  await expect(card.getByRole('listbox')).toBeVisible();
  await card.getByRole('button', { name: '表で見る' }).click();
  await expect(card.getByRole('table')).toBeVisible();
  expect(await card.locator('tbody tr').count()).toBeGreaterThan(0);
});

test('switches language without losing the place', async ({ page }) => {
  await open(page, '/services');
  await page.getByRole('button', { name: /さんのメニュー/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await expect(page.getByRole('link', { name: 'Services' }).first()).toBeVisible();
  await expect(page).toHaveURL(/\/services$/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
