import { expect, test, type Page } from '@playwright/test';
import { dress, expectAccessible, open } from './place';

/** The least that a department needs. */
async function fillDepartment(page: Page, name: string): Promise<void> {
  await page.locator('#field-name').fill(name);
  await page.locator('#field-mission').fill('試験の業務');
  await page.locator('#field-valid_from').fill('2026-04-01');
}

test.beforeEach(async ({ page }) => dress(page, 'ja', 'light'));

test('shows every register with its purpose and finds one by folded kana', async ({ page }) => {
  await open(page, '/registers');
  await expect(page.getByRole('link', { name: '要求事項一覧' })).toBeVisible();
  await page.getByLabel('台帳を名前や用途で探す').fill('ｻｰﾋﾞｽ一覧');
  await expect(page.getByRole('link', { name: 'サービス一覧' })).toBeVisible();
  await expect(page.getByRole('link', { name: '要求事項一覧' })).toHaveCount(0);
});

test('a view narrows the list to the count on its tab, and a search narrows further', async ({ page }) => {
  await open(page, '/records/requirement');
  const tab = page.getByRole('link', { name: /^適用しないもの/ });
  const count = (await tab.innerText()).replace(/\D/g, '');
  await tab.click();
  await expect(page.locator('.register-foot')).toContainText(`${count}件のうち`);
  await page.getByLabel('番号・言葉で探す').fill('この言葉はどこにもない');
  await expect(page.getByText('この絞り込みに合うものはありません')).toBeVisible();
});

test('walks rows by key, selects with x and opens with Enter', async ({ page }) => {
  await open(page, '/records/person');
  await expect(page.locator('.register-table tbody tr').first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(1);
  await page.keyboard.press('x');
  await expect(page.getByText('1件を選択中')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/records\/person\/\w{20,}/);
  await expect(page.getByRole('heading', { name: '履歴' })).toBeVisible();
});

test('registers a record, refuses one without its name, changes it, and takes archiving back', async ({ page }) => {
  await open(page, '/records/org-unit/new');
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible();
  const name = `試験部 ${Date.now()}`;
  await fillDepartment(page, name);
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('button', { name: '直す' }).click();
  await page.locator('#field-name').fill(`${name} 改`);
  await page.getByRole('button', { name: '保存する' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${name} 改` })).toBeVisible();
  await expect(page.locator('.history-list > li')).toHaveCount(2);
  await page.getByRole('button', { name: 'ほかの操作' }).click();
  await page.getByRole('menuitem', { name: 'しまう' }).click();
  await expect(page.getByText('しまってあります')).toBeVisible();
  await page.getByRole('button', { name: /元に戻す/ }).click();
  await expect(page.getByText('しまってあります')).toHaveCount(0);
});

test('keeps a draft over a reload', async ({ page }) => {
  await open(page, '/records/org-unit/new');
  await page.locator('#field-name').fill('書きかけの部署');
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.locator('#field-name')).toHaveValue('書きかけの部署');
  await expect(page.getByText('書きかけた内容を開いています')).toBeVisible();
  await page.getByRole('button', { name: '書きかけを捨てる' }).click();
  await expect(page.locator('#field-name')).toHaveValue('');
});

test('shows both versions when somebody else saved first', async ({ page }) => {
  await open(page, '/records/org-unit/new');
  const name = `競合部 ${Date.now()}`;
  await fillDepartment(page, name);
  await page.getByRole('button', { name: '登録する' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('button', { name: '直す' }).click();
  await page.locator('#field-name').fill(`${name} 私`);
  // Somebody else, in another window of the same browser.
  const status = await page.evaluate(async (other) => {
    const id = location.pathname.split('/').pop() ?? '';
    const session = (await (await fetch('/api/v1/session')).json()) as { csrf: string };
    const answer = await fetch(`/api/v1/records/org-unit/${id}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'If-Match': '"1"', 'X-CSRF-Token': session.csrf }, body: JSON.stringify({ fields: { name: other } }) });
    return answer.status;
  }, `${name} 他`);
  expect(status).toBe(200);
  await page.getByRole('button', { name: '保存する' }).click();
  const dialog = page.getByRole('dialog', { name: 'ほかの人が先に保存しました' });
  await expect(dialog).toContainText(`${name} 私`);
  await expect(dialog).toContainText(`${name} 他`);
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('button', { name: '選んだ内容で保存する' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${name} 私` })).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`registers and records are accessible (${theme})`, async ({ page, request }) => {
    test.setTimeout(120_000);
    await dress(page, theme === 'dark' ? 'en' : 'ja', theme);
    const found = (await (await request.get('/api/v1/records/service?limit=1')).json()) as { items: { id: string }[] };
    for (const path of ['/registers', '/records/requirement', `/records/service/${found.items[0]?.id}`, `/records/service/${found.items[0]?.id}?tab=links`, '/records/evidence/new']) {
      await open(page, path);
      await expectAccessible(page);
    }
  });
}
