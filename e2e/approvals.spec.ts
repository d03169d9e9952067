import { expect, test } from '@playwright/test';
import {
  approve,
  as,
  createService,
  environmentCard,
  openInInbox,
  openRollout,
  phase,
  pick,
  rollOut,
  signInAs,
  visit,
} from './portal';

const suffix = Date.now().toString(36);
const guarded = `guarded-${suffix}`;
const frozen = `frozen-${suffix}`;
const excepted = `excepted-${suffix}`;
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
    page.getByText(/Whoever asks for this may not approve it/).first(),
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
  await visit(page, rollout);
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

test('a template waits until somebody else has agreed, and tells who it was', async ({
  page,
  browser,
}) => {
  const title = `Read the ledger ${suffix}`;
  await signInAs(page, 'eva');
  await visit(page, '/create/templates/default/ask-for-approval');
  await page.getByLabel('What you ask for').fill(title);
  await page.getByLabel('What they should know').fill('For **the auditor**');
  await page.getByRole('button', { name: 'Next' }).click();
  await pick(page, 'Group', 'Engineering');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/create\/tasks\//);
  await as(browser, 'farid', async other => {
    await openInInbox(other, title);
    await expect(
      other.getByText('the auditor', { exact: true }).first(),
    ).toBeVisible();
    await other.getByRole('button', { name: 'Approve', exact: true }).click();
    const dialog = other.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(dialog).toBeHidden();
  });
  await expect(page.getByText(/By user:default\/farid/)).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('link', { name: 'The request' }).click();
  await expect(page.getByText('Approved').first()).toBeVisible();
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
  await visit(page, '/delivery/calendar');
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
    await visit(other, '/delivery/approvals?view=reviews');
    await expect(
      other.getByRole('link', { name: new RegExp(frozen) }).first(),
    ).toBeVisible();
    await visit(other, new URL(rollout).pathname);
    await other.getByRole('button', { name: 'Review', exact: true }).click();
    const review = other.getByRole('dialog');
    await review.getByRole('textbox').fill('It was right to do so');
    await review.getByRole('button', { name: 'Record review' }).click();
    await expect(review).toBeHidden();
    await expect(
      other.getByText('It was right to do so').first(),
    ).toBeVisible();
  });
  await visit(page, `/catalog/default/component/${frozen}/deployments`);
  await expect(environmentCard(page, 'Staging')).toContainText('1.0.0');
});

test('a freeze lets one component through for two hours when those agree whom it names', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await createService(page, {
    name: excepted,
    owner: 'Tracking team',
    system: 'Tracking',
    greeting: 'Excepted',
  });
  await rollOut(page, {
    component: excepted,
    version: '1.0.0',
    environment: 'Staging',
  });
  await openRollout(page, excepted, '1.0.0 to staging');
  const rollout = page.url();
  await expect(phase(page, 'Held by gates')).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Ask for an exception' }),
  ).toBeVisible();

  await visit(page, '/create/templates/default/request-production-window');
  await pick(page, 'Component', excepted);
  await pick(page, 'Environment', 'Staging');
  await page.getByLabel('Why it cannot wait').fill('Parcels are late');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/create\/tasks\//);
  const task = page.url();

  await visit(page, rollout);
  await expect(page.getByRole('list', { name: 'Exceptions' })).toContainText(
    'Asked for',
  );
  await as(browser, 'farid', async other => {
    await openInInbox(other, `Exception for ${excepted}`);
    await expect(other.getByText('Parcels are late').first()).toBeVisible();
    await other.getByRole('button', { name: 'Approve', exact: true }).click();
    const dialog = other.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(dialog).toBeHidden();
  });
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  await expect(
    page.getByText(/by an exception that user:default\/farid approved/).first(),
  ).toBeVisible();
  await visit(page, task);
  await expect(page.getByRole('link', { name: 'The request' })).toBeVisible({
    timeout: 30_000,
  });

  await visit(page, '/delivery/calendar');
  const own = page
    .getByRole('list', { name: 'Exceptions' })
    .getByRole('listitem')
    .filter({ hasText: excepted });
  await expect(own).toContainText('In force');
  await own.getByRole('button', { name: 'End now' }).click();
  const end = page.getByRole('dialog');
  await end
    .getByRole('textbox', { name: /Reason/ })
    .fill('All parcels are on their way');
  await end.getByRole('button', { name: 'End now' }).click();
  await expect(own).toBeHidden();
});
