// Who logs on, how a page is opened in a language and theme, and which pages there are.
import AxeBuilder from '@axe-core/playwright';
import { expect, type APIRequestContext, type Page } from '@playwright/test';

export const login = process.env.GENMEI_LOGIN ?? 'admin';
export const password = process.env.GENMEI_PASSWORD ?? '';
export const passwordAfter = process.env.GENMEI_PASSWORD_AFTER ?? 'hokorobi-Nai-71-kaki';

export type Language = 'ja' | 'en';
export type Theme = 'light' | 'dark';

/** Sets language and theme before the first script runs. */
export async function dress(page: Page, language: Language, theme: Theme): Promise<void> {
  await page.addInitScript(
    ([lang, scheme]) => {
      localStorage.setItem('language', lang ?? 'ja');
      localStorage.setItem('theme', scheme ?? 'light');
      sessionStorage.setItem('first-hour-closed', '1');
    },
    [language, theme],
  );
}

export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('h1, h2').first()).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.skeleton i')).toHaveCount(0);
}

/** Fills the log-on page with the password that is in force. */
export async function logOn(page: Page): Promise<void> {
  for (const secret of [passwordAfter, password]) {
    await page.getByLabel(/^(ログオン名|Log-on name)$/).fill(login);
    await page.getByLabel(/^(パスワード|Password)$/).fill(secret);
    await page.getByRole('button', { name: /^(次へ|Next)$/ }).click();
    const gone = page.getByLabel(/^(ログオン名|Log-on name)$/);
    await expect(page.getByRole('alert').or(page.locator('.shell:visible')).first()).toBeVisible();
    if ((await gone.count()) === 0) return;
  }
}

export interface ServiceSeen {
  id: string;
  name: string;
  pattern: number | null;
}

/** The services of the running server, those with a pattern first. */
export async function services(request: APIRequestContext): Promise<ServiceSeen[]> {
  const answer = await request.get('/api/v1/records/service?limit=50&sort=name');
  expect(answer.ok()).toBe(true);
  const body = (await answer.json()) as {
    items: { id: string; fields: { name: string; pattern?: number | null } }[];
  };
  return body.items
    .map((item) => ({
      id: item.id,
      name: item.fields.name,
      pattern: item.fields.pattern ?? null,
    }))
    .sort((a, b) => Number(b.pattern !== null) - Number(a.pattern !== null));
}

/** The sample's service of pattern 1. */
export async function attendance(request: APIRequestContext): Promise<ServiceSeen> {
  const found = (await services(request)).find((service) => service.pattern === 1);
  if (!found) throw new Error('the sample has a service of pattern 1');
  return found;
}

/** No violation of WCAG 2.2 A and AA; what is wrong is named with its place. */
export async function expectAccessible(page: Page): Promise<void> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .disableRules(['region'])
    .analyze();
  const found = result.violations.flatMap((violation) =>
    violation.nodes
      .slice(0, 4)
      .map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
  );
  expect.soft(found, `${page.url()}\n${found.join('\n')}`).toEqual([]);
}
