import { expect, test } from '@playwright/test';
import {
  approve,
  as,
  createService,
  environmentCard,
  openInInbox,
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

test('a release reaches production when it ran in staging and two people agree, of whom none asked for it', async ({
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
  const rollout = page.url();
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await expect(page.getByText(/has not run in/).first()).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Approve', exact: true }),
  ).toBeDisabled();
  await expect(
    page.getByText(/Whoever asks for a rollout may not approve it/).first(),
  ).toBeAttached();

  await rollOut(page, {
    component: guarded,
    version: '1.0.0',
    environment: 'Staging',
  });
  await openRollout(page, guarded, '1.0.0 to staging');
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });

  await as(browser, 'farid', async other => {
    await openInInbox(other, guarded);
    await approve(other, guarded, 'Looks good to me');
  });
  await page.goto(rollout);
  await expect(page.getByText('Looks good to me').first()).toBeVisible();
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await as(browser, 'ben', async other => {
    await openInInbox(other, guarded);
    await approve(other, guarded, 'Go');
  });
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
});

test('a rejection ends a rollout before it began, and says why', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await createService(page, {
    name: hasty,
    owner: 'Booking team',
    system: 'Booking',
    greeting: 'Hasty',
  });
  await rollOut(page, {
    component: hasty,
    version: '1.0.0',
    environment: 'Production',
  });
  await openRollout(page, hasty, '1.0.0 to production');
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await as(browser, 'farid', async other => {
    await openInInbox(other, hasty);
    await other.getByRole('button', { name: 'Reject', exact: true }).click();
    const dialog = other.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /Comment/ }).fill('Not today');
    await dialog.getByRole('button', { name: 'Reject', exact: true }).click();
    await expect(dialog).toBeHidden();
  });
  await expect(phase(page, 'Aborted')).toBeVisible();
  await expect(page.getByText(/Not today/).first()).toBeVisible();
});

test('an approval that nobody gives in time ends the rollout', async ({
  page,
}) => {
  await signInAs(page, 'eva');
  await rollOut(page, {
    component: hasty,
    version: '1.0.0',
    environment: 'Staging',
  });
  await openRollout(page, hasty, '1.0.0 to staging');
  await expect(phase(page, 'Aborted')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/not approved in time/).first()).toBeVisible();
});

test('a freeze holds a rollout; break-glass goes past it, is seen, and is reviewed by somebody else', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await createService(page, {
    name: frozen,
    owner: 'Tracking team',
    system: 'Tracking',
    greeting: 'Frozen',
  });
  await page.goto('/delivery/calendar');
  await expect(page.getByText(/Audit/).first()).toBeVisible();

  await rollOut(page, {
    component: frozen,
    version: '1.0.0',
    environment: 'Staging',
  });
  await openRollout(page, frozen, '1.0.0 to staging');
  const rollout = page.url();
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await expect(page.getByText(/Frozen by Audit/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Break glass', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', {
    name: 'Break glass and begin',
  });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole('textbox').fill('Parcels are lost');
  await confirm.click();
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Parcels are lost/).first()).toBeVisible();

  await as(browser, 'grace', async other => {
    await other.goto('/delivery/approvals?view=reviews');
    await expect(
      other.getByRole('link', { name: new RegExp(frozen) }).first(),
    ).toBeVisible();
    await other.goto(new URL(rollout).pathname);
    await other.getByRole('button', { name: 'Review', exact: true }).click();
    const review = other.getByRole('dialog');
    await review.getByRole('textbox').fill('It was right to do so');
    await review.getByRole('button', { name: 'Record review' }).click();
    await expect(review).toBeHidden();
    await expect(
      other.getByText('It was right to do so').first(),
    ).toBeVisible();
  });
  await page.goto(`/catalog/default/component/${frozen}/deployments`);
  await expect(environmentCard(page, 'Staging')).toContainText('1.0.0');
});
