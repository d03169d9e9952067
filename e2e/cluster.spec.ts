import { expect, type Page, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { environmentCard, openRollout, phase, signInAs } from './portal';
import { startTraffic } from './traffic';

const component = 'cluster-shop';
const directory = process.env.SLIPWAY_E2E_CLUSTER;

test.skip(!directory, 'There is no test cluster');
test.describe.configure({ mode: 'serial' });

function kubectl(...args: string[]): string {
  return execFileSync(
    join(String(process.env.SLIPWAY_TEST_KUBE), 'cluster'),
    ['kubectl', ...args],
    {
      env: { ...process.env, KUBE_TEST_DIR: directory },
      encoding: 'utf8',
    },
  );
}

/** Records a release of an image that the node has. */
async function recordRelease(page: Page, version: string, image: string) {
  await page.goto(`/catalog/default/component/${component}/deployments`);
  await page
    .getByRole('button', { name: /^New release/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Artifact', { exact: true }).click();
  await page.getByRole('option', { name: 'Container image' }).click();
  await dialog.getByLabel(/^Version/).fill(version);
  await dialog.getByLabel(/^Image/).fill(image);
  await dialog.getByRole('button', { name: 'Create release' }).click();
  await expect(dialog).toBeHidden();
}

async function rollOut(page: Page, version: string, strategy: RegExp) {
  await page.goto(`/catalog/default/component/${component}/deployments`);
  await page.getByRole('button', { name: 'Roll out to Cluster' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Release' }).click();
  await page.getByRole('option', { name: new RegExp(`^${version}`) }).click();
  await dialog.getByRole('radio', { name: strategy }).check();
  await dialog.getByRole('button', { name: 'Roll out', exact: true }).click();
  await expect(dialog).toBeHidden();
  await openRollout(page, component, `${version} to cluster`);
}

test('a team releases an image, and it runs on Kubernetes', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await recordRelease(page, '1.0.0', 'demo-web:1');
  await rollOut(page, '1.0.0', /^Rolling/);
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 120_000 });
  expect(kubectl('get', 'deployment', component, '-n', 'shop')).toContain(
    '1/1',
  );
});

test('the next one takes over blue-green, and its users see no error', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await recordRelease(page, '2.0.0', 'demo-web:2');
  const address = kubectl(
    ...['get', 'service', component, '-n', 'shop'],
    ...['-o', 'jsonpath={.spec.clusterIP}'],
  );
  const traffic = startTraffic(`http://${address}/`);
  await rollOut(page, '2.0.0', /^Blue-green/);
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 180_000 });
  const answers = await traffic.stop(50);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(await (await fetch(`http://${address}/`)).text()).toContain('v2');
});

test('an image that there is not never gets traffic, and the portal says what is wrong', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await recordRelease(page, '3.0.0', 'demo-web:3');
  await rollOut(page, '3.0.0', /^Rolling/);
  await expect(phase(page, 'Rolled back')).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText(/image/i).first()).toBeVisible();
  await page.goto(`/catalog/default/component/${component}/deployments`);
  await expect(environmentCard(page, 'Cluster')).toContainText('2.0.0');
});
