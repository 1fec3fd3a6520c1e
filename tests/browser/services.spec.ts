import { expect, test } from '@playwright/test';
import { attendance, dress, open } from './place';

test.beforeEach(async ({ page }) => dress(page, 'ja', 'light'));

test('says which pattern a service has, and why', async ({ page, request }) => {
  const service = await attendance(request);
  await open(page, '/services');
  await page.getByRole('link', { name: service.name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: service.name })).toBeVisible();
  await expect(page.locator('.square td[data-state="on"]')).toContainText('1');
  await expect(page.locator('.reasons')).toContainText('機密性');
  await expect(page.locator('.cia')).toContainText('可用性 高い');
});

test('walks the chain by keyboard and explains the chosen control in sentences', async ({ page, request }) => {
  const service = await attendance(request);
  await open(page, `/services/${service.id}/chain`);
  const columns = page.locator('.chain [role="listbox"]');
  await expect(columns).toHaveCount(4);
  await expect(columns.nth(0).getByRole('option')).not.toHaveCount(0);
  await columns.nth(0).focus();
  const before = await columns.nth(0).locator('[aria-selected="true"]').innerText();
  await page.keyboard.press('ArrowDown');
  await expect(columns.nth(0).locator('[aria-selected="true"]')).not.toHaveText(before);
  await page.keyboard.press('ArrowRight');
  await expect(columns.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(columns.nth(3)).toBeFocused();
  await expect(page.locator('.chain-lines path.on')).toHaveCount(4);
  await expect(page.locator('.why-list li').first()).toBeVisible();
  const first = await page.locator('.why-list p').first().innerText();
  expect(first.length).toBeGreaterThan(8);
});

test('shows the chain as a table with t', async ({ page, request }) => {
  const service = await attendance(request);
  await open(page, `/services/${service.id}/chain`);
  await page.keyboard.press('t');
  await expect(page.getByRole('table')).toBeVisible();
  expect(await page.locator('.chain-table tbody tr').count()).toBeGreaterThan(20);
  await page.keyboard.press('t');
  await expect(page.locator('.chain [role="listbox"]').first()).toBeVisible();
});

test('filters the levels, and what is not measured never counts as met', async ({ page, request }) => {
  const service = await attendance(request);
  const answer = await request.get(`/api/v1/services/${service.id}/levels`);
  const rows = (
    (await answer.json()) as {
      items: {
        verdict: string;
        measured: unknown;
        reference: { must_reach?: boolean } | null;
      }[];
    }
  ).items;
  test.skip(rows.length === 0, 'the sample has no level');
  expect(rows.filter((row) => row.measured === null && row.verdict === 'met')).toEqual([]);
  await open(page, `/services/${service.id}/levels`);
  // The company's own levels stand below those of the guideline.
  await expect.poll(() => page.locator('.levels-row').count()).toBeGreaterThanOrEqual(rows.length);
  const must = rows.filter((row) => row.reference?.must_reach).length;
  if (must > 0) {
    await page.getByRole('button', { name: /必達だけ/ }).click();
    await expect.poll(() => page.locator('.levels-row').count()).toBeGreaterThanOrEqual(must);
    const shown = await page.locator('.levels-row').count();
    await expect(page.locator('.levels-row td:nth-child(2) .must')).toHaveCount(shown);
  }
  await page.locator('.levels-row').first().locator('button').click();
  await expect(page.locator('.level-panel')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.level-panel')).toHaveCount(0);
});

test('shows what a change of facts does before anything is written', async ({ page, request }) => {
  const service = await attendance(request);
  await open(page, `/services/${service.id}`);
  await page.getByRole('button', { name: '内容を変える' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('いずれにも当たらない').click();
  await expect(dialog.locator('.square td[data-state="on"]')).toContainText('3');
  await expect(dialog.locator('.square td[data-state="saved"]')).toContainText('1');
  await dialog.getByRole('button', { name: '変わることを見る' }).click();
  await expect(dialog.getByRole('region', { name: '変わること' })).toBeVisible();
  await dialog.getByRole('button', { name: 'やめる' }).click();
  const after = await request.get(`/api/v1/records/service/${service.id}`);
  expect(((await after.json()) as { record: { fields: { pattern: number } } }).record.fields.pattern).toBe(1);
});
