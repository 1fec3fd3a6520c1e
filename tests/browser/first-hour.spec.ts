import { expect, test } from '@playwright/test';
import { dress } from './place';

test('leads from the name of a service to its plan, each step saved', async ({ page, request }) => {
  test.setTimeout(120_000);
  await dress(page, 'ja', 'light');
  const name = `試しの勤怠 ${Date.now()}`;
  await page.goto('/first-hour?new=1');
  await expect(page.getByRole('heading', { name: 'サービスを1つ説明してください。' })).toBeVisible();
  await page.getByLabel('サービスの名前').fill(name);
  await page.getByRole('textbox', { name: 'サービスの種類' }).fill('勤怠');
  await page.getByRole('option').filter({ hasText: '勤怠' }).first().click();
  await page.getByRole('button', { name: '次へ' }).click();

  await expect(page.getByRole('heading', { name: '何を預かり、止まると何が起きますか。' })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Tab');
  await page.getByRole('group', { name: '営業秘密を預かりますか' }).getByText('いいえ').click();
  await page
    .getByRole('group', { name: 'サービスが止まると、何が起きますか' })
    .getByText('常に動いていることが前提')
    .click();
  await expect(page.locator('.square td[data-state="on"]')).toContainText('1');
  await page.getByRole('button', { name: '次へ' }).click();

  await expect(page.getByRole('heading', { name: 'サービスはどこで動いていますか。' })).toBeVisible();
  await page.getByText('データセンターかクラウドを使う').click();
  await page.getByText('していない', { exact: true }).click();
  await expect(page.locator('.parts-list li')).toHaveCount(15);
  await page.getByRole('button', { name: '次へ' }).click();

  await expect(page.getByRole('heading', { name: 'このサービスは、パターン1です。' })).toBeVisible();
  // What was answered is on the server already.
  const found = (await (await request.get(`/api/v1/records/service?q=${encodeURIComponent(name)}`)).json()) as {
    items: { fields: Record<string, unknown> }[];
  };
  expect(found.items[0]?.fields).toMatchObject({
    personal_data: true,
    trade_secret: false,
    stop_effect: 'must-run',
    configuration_case: 1,
  });
  await page.getByRole('button', { name: 'いったん閉じる' }).click();
  await page.goto('/first-hour?step=pattern');
  await expect(page.getByText(name).first()).toBeVisible();
  await page.getByRole('button', { name: 'この判定で進む' }).click();

  await expect(page.getByRole('heading', { name: 'どの基準に沿って守りますか。' })).toBeVisible();
  await expect(page.locator('.standard-card[data-on]').first()).toBeVisible();
  await expect(page.locator('.first-preview')).toContainText('件');
  await page.getByRole('button', { name: 'この基準で計画を作る' }).click();
  await expect(
    page.getByRole('heading', {
      name: '最初の10件と、一年の予定ができました。',
    }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.plan-list li').first()).toBeVisible();
  expect(await page.locator('.plan-list li').count()).toBeLessThanOrEqual(10);
  await page.getByRole('button', { name: 'ホームで始める' }).click();
  await expect(page.getByRole('navigation', { name: '主なメニュー' }).first()).toBeVisible();
});

test('does not go on while a question is open, and Alt+Left goes back', async ({ page }) => {
  await dress(page, 'en', 'light');
  await page.goto('/first-hour?new=1');
  await expect(page.getByRole('heading', { name: 'Describe one service.' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('heading', { name: 'Tell us about your company.' })).toBeVisible();
});
