import { expect, test } from '@playwright/test';
import { createService, openDialog, signInAs, visit } from './portal';

const service = `scaler-${Date.now().toString(36)}`;

test('a developer scales a service by hand, sees it happen, and takes it back', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await createService(page, {
    name: service,
    owner: 'Booking team',
    greeting: 'Hello',
  });
  await visit(page, `/catalog/default/component/${service}/scaling`);
  const target = page.getByRole('region', {
    name: `development · Processes/${service}`,
  });
  // Environments are looked at every half minute.
  await expect(target).toBeVisible({ timeout: 90_000 });
  await expect(target).toContainText('1 of 1 ready');

  const dialog = page.getByRole('dialog');
  await openDialog(target.getByRole('button', { name: 'Scale…' }), dialog);
  await dialog.getByLabel('Replicas').fill('3');
  await expect(dialog).toContainText('Delivery will roll out 3');
  await dialog.getByLabel('Reason').fill('A load test');
  await dialog.getByRole('button', { name: 'Scale', exact: true }).click();
  await expect(target).toContainText('3 replicas until somebody ends it.', {
    timeout: 60_000,
  });
  await expect(target).toContainText('3 of 3 ready', { timeout: 90_000 });

  await target.getByRole('button', { name: 'End now' }).click();
  await dialog.getByLabel('Reason').fill('It is over');
  await dialog.getByRole('button', { name: 'End now' }).click();
  await expect(target).toContainText('It is as it was before.', {
    timeout: 60_000,
  });
  await expect(target).toContainText('1 of 1 ready', { timeout: 90_000 });
});

test('a developer has it scale by its requests, which Slipway does by itself, and takes that back', async ({
  page,
}) => {
  await signInAs(page, 'ana');
  await visit(page, `/catalog/default/component/${service}/scaling`);
  const target = page.getByRole('region', {
    name: `development · Processes/${service}`,
  });
  // What its copies use is known after two looks.
  await expect(target).toContainText('requestsPerReplica: ', {
    timeout: 120_000,
  });
  const dialog = page.getByRole('dialog');
  await openDialog(
    target.getByRole('button', { name: 'Set a policy…' }),
    dialog,
  );
  const document = dialog.getByLabel('Policy (YAML)');
  await expect(document).toHaveValue(/type: requestsPerReplica, target: 20/);
  const policy = await document.inputValue();
  await document.fill(
    policy.replace(/\{ type: .* \}/, '{ type: cpu, targetUtilization: 70 }'),
  );
  await dialog.getByLabel('Reason').fill('It follows the load');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toContainText('keeps nothing aside for a copy');
  await document.fill(policy);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(target).toContainText('Policy by-load: 2 to 5 replicas.', {
    timeout: 60_000,
  });
  await expect(target).toContainText('2 of 2 ready', { timeout: 90_000 });
  await expect(target).toContainText('Slipway by-load', { timeout: 90_000 });
  await expect(target).toContainText('requestsPerReplica is at', {
    timeout: 90_000,
  });

  await target.getByRole('button', { name: 'End now' }).click();
  await dialog.getByLabel('Reason').fill('No longer');
  await dialog.getByRole('button', { name: 'End now' }).click();
  await expect(target).toContainText('It is as it was before.', {
    timeout: 60_000,
  });
  await expect(target).toContainText('1 of 1 ready', { timeout: 90_000 });
});
