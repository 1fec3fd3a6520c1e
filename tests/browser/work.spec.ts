import { expect, test, type APIRequestContext } from '@playwright/test';
import { dress, open } from './place';

test.beforeEach(async ({ page }) => dress(page, 'ja', 'light'));

interface Session {
  csrf: string;
  person: string | null;
}

async function makeTask(
  request: APIRequestContext,
  title: string,
  days: number,
  requiresEvidence = false,
): Promise<string> {
  const session = (await (await request.get('/api/v1/session')).json()) as Session;
  const day = new Date();
  day.setDate(day.getDate() + days);
  const answer = await request.post('/api/v1/records/task', {
    headers: { 'X-CSRF-Token': session.csrf },
    data: {
      fields: {
        title,
        due_on: day.toISOString().slice(0, 10),
        owner: session.person,
        source_kind: 'manual',
        requires_evidence: requiresEvidence,
      },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

test('lists what is overdue first', async ({ page, request }) => {
  await makeTask(request, `期限を過ぎた点検 ${Date.now()}`, -3);
  await open(page, '/work');
  await expect(page.locator('.work-group h2').first()).toContainText('期限を過ぎたもの');
  await expect(page.locator('.work-item .tone-miss').first()).toBeVisible();
});

test('finishes a task with e, opens the next, and takes it back with z', async ({ page, request }) => {
  const title = `窓の施錠を確かめる ${Date.now()}`;
  const id = await makeTask(request, title, 0);
  await open(page, `/work?task=${id}`);
  await expect(page.locator('#task-pane h2')).toHaveText(title);
  await page.getByLabel('したこと・分かったこと').fill('全館を見回り、異常はありませんでした。');
  await page.locator('#task-pane h2').click();
  await page.keyboard.press('e');
  await expect(page.getByRole('status').filter({ hasText: title })).toBeVisible();
  await expect
    .poll(
      async () =>
        (
          (await (await request.get(`/api/v1/records/task/${id}`)).json()) as {
            record: { state: string };
          }
        ).record.state,
    )
    .toBe('done');
  await page.keyboard.press('z');
  await expect
    .poll(
      async () =>
        (
          (await (await request.get(`/api/v1/records/task/${id}`)).json()) as {
            record: { state: string };
          }
        ).record.state,
    )
    .toBe('open');
});

test('says what is missing where proof is needed, and takes a file', async ({ page, request }) => {
  const id = await makeTask(request, `復元を試す ${Date.now()}`, 1, true);
  await open(page, `/work?task=${id}`);
  const done = page.getByRole('button', {
    name: '済みにする（証拠が要ります）',
  });
  await expect(done).toBeDisabled();
  await page.locator('#task-pane input[type="file"]').setInputFiles({
    name: '復元の記録.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('復元に42分かかりました。'),
  });
  await expect(page.locator('.work-proof')).toContainText('復元の記録.txt');
  await expect(page.getByRole('button', { name: '済みにする', exact: true })).toBeEnabled();
});

test('asks a reason before an overdue day is moved', async ({ page, request }) => {
  const id = await makeTask(request, `期限の延期 ${Date.now()}`, -2);
  await open(page, `/work?task=${id}`);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  const move = dialog.getByRole('button', { name: 'この日にする' });
  await expect(move).toBeDisabled();
  await dialog.getByLabel('理由').fill('部品の到着を待つため');
  await move.click();
  await expect(dialog).toHaveCount(0);
  const record = (await (await request.get(`/api/v1/records/task/${id}`)).json()) as {
    record: { fields: { due_on: string } };
  };
  expect(record.record.fields.due_on > new Date().toISOString().slice(0, 10)).toBe(true);
});

test('keeps the unfinished result when the page is left', async ({ page, request }) => {
  const id = await makeTask(request, `途中の仕事 ${Date.now()}`, 2);
  await open(page, `/work?task=${id}`);
  await page.getByLabel('したこと・分かったこと').fill('ここまで書きました');
  await page.goto('/services');
  await open(page, `/work?task=${id}`);
  await expect(page.getByLabel('したこと・分かったこと')).toHaveValue('ここまで書きました');
});

test('walks the calendar by keyboard', async ({ page }) => {
  await open(page, '/work/calendar');
  const year = page.getByRole('listbox');
  await year.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/date=\d{4}-\d{2}-\d{2}/);
});
