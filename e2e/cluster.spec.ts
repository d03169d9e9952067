import { expect, type Page, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  environmentCard,
  openDialog,
  openRollout,
  phase,
  signInAs,
  visit,
} from './portal';
import { startTraffic } from './traffic';

const component = 'cluster-shop';
const directory = process.env.SLIPWAY_E2E_CLUSTER;

test.skip(!directory, 'There is no test cluster');
test.describe.configure({ mode: 'serial' });

const run = promisify(execFile);

async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run(
    join(String(process.env.SLIPWAY_TEST_KUBE), 'cluster'),
    ['kubectl', ...args],
    { env: { ...process.env, KUBE_TEST_DIR: directory } },
  );
  return stdout;
}

/** Records a release of an image that the node has. */
async function recordRelease(page: Page, version: string, image: string) {
  await visit(page, `/catalog/default/component/${component}/deployments`);
  const dialog = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: /^New release/ }).first(),
    dialog,
  );
  await dialog.getByLabel('Artifact', { exact: true }).click();
  await page.getByRole('option', { name: 'Container image' }).click();
  await dialog.getByLabel(/^Version/).fill(version);
  await dialog.getByLabel(/^Image/).fill(image);
  // Of which a policy by CPU counts its percent.
  await dialog.getByLabel('CPU of a copy').fill('50m');
  await dialog.getByRole('button', { name: 'Create release' }).click();
  await expect(dialog).toBeHidden();
}

async function rollOut(page: Page, version: string, strategy: RegExp) {
  await visit(page, `/catalog/default/component/${component}/deployments`);
  const dialog = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: 'Roll out to Cluster' }),
    dialog,
  );
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
  expect(await kubectl('get', 'deployment', component, '-n', 'shop')).toContain(
    '1/1',
  );
});

/** The workload's part of the page; environments are looked at every half minute. */
async function openScaling(page: Page) {
  await visit(page, `/catalog/default/component/${component}/scaling`);
  const target = page.getByRole('region', {
    name: `cluster · Deployment/${component}`,
  });
  await expect(target).toBeVisible({ timeout: 90_000 });
  return target;
}

function serviceAddress(): Promise<string> {
  return kubectl(
    ...['get', 'service', component, '-n', 'shop'],
    ...['-o', 'jsonpath={.spec.clusterIP}'],
  );
}

async function untilReady(replicas: number): Promise<void> {
  await kubectl(
    ...['wait', `deployment/${component}`, '-n', 'shop', '--timeout=120s'],
    `--for=jsonpath={.status.readyReplicas}=${replicas}`,
  );
}

test('it is scaled by hand until an instant, and is as before then', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  const target = await openScaling(page);
  await target.getByRole('button', { name: 'Scale…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Replicas').fill('3');
  // Whole minutes of the browser's own time.
  const until = await page.evaluate(() => {
    const at = new Date(Date.now() + 120_000);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 16);
  });
  await dialog.getByLabel('Until').fill(until);
  await dialog.getByLabel('Reason').fill('A load test');
  await dialog.getByRole('button', { name: 'Scale', exact: true }).click();
  await expect(target).toContainText('3 replicas until', { timeout: 60_000 });
  await untilReady(3);
  await expect(target).toContainText(
    'Over by itself. It is as it was before.',
    { timeout: 180_000 },
  );
  await untilReady(1);
});

test('it scales by a policy, which Kubernetes carries out, until the policy is taken away', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  const target = await openScaling(page);
  await target.getByRole('button', { name: 'Set a policy…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Policy (YAML)').fill('kind: ScalingPolicy');
  await dialog.getByLabel('Reason').fill('It follows the load');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toContainText('policy.spec');
  await dialog
    .getByLabel('Policy (YAML)')
    .fill(
      [
        'apiVersion: slipway.dev/v1alpha1',
        'kind: ScalingPolicy',
        'metadata: { name: by-cpu }',
        'spec:',
        '  replicas:',
        '    staging: { min: 2, max: 4 }',
        '  metrics:',
        '    - { type: cpu, targetUtilization: 70 }',
      ].join('\n'),
    );
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(target).toContainText('Policy by-cpu: 2 to 4 replicas.', {
    timeout: 60_000,
  });
  await untilReady(2);
  await expect(target).toContainText('HPA', { timeout: 90_000 });

  // Work for more processors than two copies ask for.
  const address = await serviceAddress();
  const load = Array.from({ length: 4 }, () =>
    fetch(`http://${address}/cgi-bin/burn?40`).catch(() => undefined),
  );
  await untilReady(4);
  await expect(target).toContainText('4 of 4 ready', { timeout: 90_000 });
  await Promise.all(load);

  await target.getByRole('button', { name: 'End now' }).click();
  await dialog.getByLabel('Reason').fill('No longer');
  await dialog.getByRole('button', { name: 'End now' }).click();
  await expect(target.getByText(/It is as it was before/)).toHaveCount(2, {
    timeout: 60_000,
  });
  await untilReady(1);
  expect(await kubectl('get', 'hpa', '-n', 'shop', '-o', 'name')).toBe('');
});

test('the next one takes over blue-green, and its users see no error', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await recordRelease(page, '2.0.0', 'demo-web:2');
  const address = await serviceAddress();
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
  await visit(page, `/catalog/default/component/${component}/deployments`);
  await expect(environmentCard(page, 'Cluster')).toContainText('2.0.0');
});
