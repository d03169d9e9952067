import { expect, test } from '@playwright/test';
import {
  addressOf,
  createService,
  environmentCard,
  openDialog,
  openRollout,
  phase,
  releaseVersion,
  rollOut,
  signInAs,
  textOf,
  visit,
} from './portal';
import { startTraffic } from './traffic';

const service = `greeter-${Date.now().toString(36)}`;

test.describe.configure({ mode: 'serial' });

test('a developer creates a service, and it runs in development without another click', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await createService(page, {
    name: service,
    owner: 'Booking team',
    greeting: 'Hello from the first version',
  });

  await visit(page, `/catalog/default/component/${service}/deployments`);
  const development = environmentCard(page, 'Development');
  await expect(development).toContainText('1.0.0');
  await expect(development).toContainText('Healthy');
  const address = await addressOf(development);
  expect(await textOf(address)).toContain('Hello from the first version');
});

test('a good version passes its canary, watched live', async ({ page }) => {
  await signInAs(page, 'ana');
  await releaseVersion(page, {
    component: service,
    version: '1.1.0',
    greeting: 'Hello from the second version',
    rollOut: { environment: 'development', strategy: 'Canary' },
  });
  await openRollout(page, service, '1.1.0 to development');
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('error-ratio').first()).toBeVisible();
});

test('a version that fails its verification is taken back by itself, and users of the old one see no error', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await visit(page, `/catalog/default/component/${service}/deployments`);
  const address = await addressOf(environmentCard(page, 'Development'));
  const traffic = startTraffic(address);
  await releaseVersion(page, {
    component: service,
    version: '1.2.0',
    greeting: 'Hello from the bad version',
    failingPercent: 60,
    rollOut: { environment: 'development', strategy: 'Canary' },
  });
  await openRollout(page, service, '1.2.0 to development');
  await expect(phase(page, 'Rolled back')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/Verification failed/).first()).toBeVisible();

  const answers = await traffic.stop(50);
  expect(
    answers.filter(
      ({ release, status }) => release !== '1.2.0' && status !== 200,
    ),
  ).toEqual([]);
  expect(await textOf(address)).toContain('Hello from the second version');
});

test('production is for release managers, and the portal says so', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await visit(page, `/catalog/default/component/${service}/deployments`);
  const button = page.getByRole('button', { name: 'Roll out to Production' });
  await expect(button).toBeDisabled();
  await expect(
    environmentCard(page, 'Production').getByText(
      /needs the permission delivery\.rollout\.create/,
    ),
  ).toBeAttached();
});

test('a release manager pauses, resumes and promotes a canary in production, and a developer may not', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await rollOut(page, {
    component: service,
    version: '1.0.0',
    environment: 'Production',
  });
  await openRollout(page, service, '1.0.0 to production');
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });

  await rollOut(page, {
    component: service,
    version: '1.1.0',
    environment: 'Production',
    waitForPerson: true,
  });
  await openRollout(page, service, '1.1.0 to production');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(phase(page, 'Paused')).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(
    page.getByText(/This step waits for a person/).first(),
  ).toBeVisible({ timeout: 120_000 });

  const other = await browser.newPage();
  await signInAs(other, 'ana');
  await visit(other, new URL(page.url()).pathname);
  await expect(
    other.getByRole('button', { name: 'Promote', exact: true }),
  ).toBeDisabled();
  await expect(
    other.getByText(/needs the permission delivery\.rollout\.control/).first(),
  ).toBeAttached();
  await other.close();

  const rollout = page.url();
  await visit(page, '/');
  await expect(
    page.getByRole('link', { name: new RegExp(service) }).first(),
  ).toBeVisible();
  await visit(page, rollout);
  await page.getByRole('button', { name: 'Promote', exact: true }).click();
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
});

test('a release manager rolls production back, also in the middle of a canary, and users see no error', async ({
  page,
}) => {
  await signInAs(page, 'eva');
  await visit(page, `/catalog/default/component/${service}/deployments`);
  const dialog = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: 'Roll back in Production' }),
    dialog,
  );
  await expect(dialog).toContainText('from 1.1.0 back to 1.0.0');
  await expect(dialog.getByRole('region', { name: '1 goes:' })).toContainText(
    'Release 1.1.0',
  );
  await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
  await openRollout(page, service, '1.0.0 to production');
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });

  // What was rolled back is not rolled out again before somebody says that it may be.
  await visit(page, `/catalog/default/component/${service}/deployments`);
  const judgement = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: 'Take back rejection of 1.1.0' }),
    judgement,
  );
  await judgement.getByRole('textbox').fill('It was the network');
  await judgement.getByRole('button', { name: 'Take back rejection' }).click();
  await expect(judgement).toBeHidden();

  await rollOut(page, {
    component: service,
    version: '1.1.0',
    environment: 'Production',
    waitForPerson: true,
  });
  await openRollout(page, service, '1.1.0 to production');
  await expect(
    page.getByText(/This step waits for a person/).first(),
  ).toBeVisible({ timeout: 120_000 });
  const canary = new URL(page.url()).pathname;

  await visit(page, `/catalog/default/component/${service}/deployments`);
  const production = environmentCard(page, 'Production');
  const traffic = startTraffic(await addressOf(production));
  const midway = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: 'Roll back in Production' }),
    midway,
  );
  await expect(midway).toContainText('1.0.0');
  await midway.getByRole('textbox', { name: 'Reason' }).fill('It looks wrong');
  await midway.getByRole('button', { name: 'Roll back', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${canary}$`));
  await expect(phase(page, 'Aborted')).toBeVisible({ timeout: 60_000 });
  const answers = await traffic.stop(20);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);

  await visit(page, `/catalog/default/component/${service}/deployments`);
  await expect(production).toContainText('1.0.0');
  await expect(
    page.getByRole('button', { name: 'Take back rejection of 1.1.0' }),
  ).toBeVisible();
});
