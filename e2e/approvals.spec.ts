import { type Browser, expect, type Page, test } from '@playwright/test';
import {
  createService,
  environmentCard,
  openRollout,
  phase,
  rollOut,
  signInAs,
} from './portal';

const suffix = Date.now().toString(36);
const guarded = `guarded-${suffix}`;
const frozen = `frozen-${suffix}`;
const hasty = `hasty-${suffix}`;

test.describe.configure({ mode: 'serial' });

/** Does something as somebody else, in a browser of their own. */
async function as(
  browser: Browser,
  user: string,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signInAs(page, user);
  await act(page);
  await context.close();
}

async function openInbox(page: Page, component: string): Promise<void> {
  await page.goto('/delivery/approvals');
  await page
    .getByRole('link', { name: new RegExp(component) })
    .or(page.getByRole('option', { name: new RegExp(component) }))
    .or(page.getByRole('button', { name: new RegExp(component) }))
    .first()
    .click();
}

async function approve(page: Page, comment: string): Promise<void> {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(guarded);
  await dialog.getByRole('textbox', { name: /Comment/ }).fill(comment);
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('a release goes from staging to production when two people agree, and not whoever asked', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await createService(page, {
    name: guarded,
    owner: 'Tracking team',
    greeting: 'Guarded',
    pipeline: 'Guarded',
  });
  await rollOut(page, {
    component: guarded,
    version: '1.0.0',
    environment: 'Production',
  });
  await openRollout(page, guarded, '1.0.0 to production');
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await expect(page.getByText(/has not run in/).first()).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Approve', exact: true }),
  ).toBeDisabled();
  await expect(
    page.getByText(/Whoever asks for a rollout may not approve it/).first(),
  ).toBeAttached();
  const rollout = page.url();

  await rollOut(page, {
    component: guarded,
    version: '1.0.0',
    environment: 'Staging',
  });
  await openRollout(page, guarded, '1.0.0 to staging');
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });

  await as(browser, 'farid', async other => {
    await openInbox(other, guarded);
    await approve(other, 'Looks good');
  });
  await page.goto(rollout);
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await as(browser, 'ben', async other => {
    await openInbox(other, guarded);
    await approve(other, 'Go');
  });
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Looks good').first()).toBeVisible();
});

test('whoever breaks the glass is seen, and somebody else looks at it afterwards', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await page.goto(`/catalog/default/component/${guarded}/deployments`);
  await page.getByRole('button', { name: 'Roll back in Staging' }).isDisabled();
  await as(browser, 'eva', async () => {});
  await rollOut(page, {
    component: hasty,
    version: '1.0.0',
    environment: 'Staging',
  });
});
