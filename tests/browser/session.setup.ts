// Logs on once, changing the one-time password if asked to, and keeps the session for the other tests.
import { expect, test } from '@playwright/test';
import { login, password, passwordAfter } from './place';

test('logs on as the administrator', async ({ page, context }) => {
  await page.addInitScript(() => localStorage.setItem('language', 'ja'));
  await page.goto('/');
  await expect(page).toHaveTitle('ログオン');
  const enter = async (secret: string) => {
    await page.getByLabel('ログオン名').fill(login);
    await page.getByLabel('パスワード', { exact: true }).fill(secret);
    await page.getByRole('button', { name: '次へ' }).click();
  };
  const inside = page
    .getByRole('navigation', { name: '主なメニュー' })
    .or(page.getByRole('heading', { name: '最初のパスワードを変えます' }))
    .or(page.getByRole('button', { name: 'いったん閉じる' }));
  await enter(password);
  await expect(inside.or(page.getByRole('alert')).first()).toBeVisible();
  // A second run meets the password that the first one set.
  if (await page.getByRole('alert').isVisible()) await enter(passwordAfter);
  await expect(inside.first()).toBeVisible();
  if (await page.getByRole('heading', { name: '最初のパスワードを変えます' }).isVisible()) {
    await page.getByLabel('いまのパスワード').fill(password);
    await page.getByLabel(/^新しいパスワード(?!（)/).fill(passwordAfter);
    await page.getByLabel('新しいパスワード（もう一度）').fill(passwordAfter);
    await page.getByRole('button', { name: 'このパスワードにする' }).click();
    await expect(
      page
        .getByRole('navigation', { name: '主なメニュー' })
        .or(page.getByRole('button', { name: 'いったん閉じる' }))
        .first(),
    ).toBeVisible();
  }
  await context.storageState({ path: 'test-results/session.json' });
});
