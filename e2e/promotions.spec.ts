import { expect, type Page, test } from '@playwright/test';
import {
  approve,
  as,
  createService,
  environmentCard,
  openDialog,
  openInInbox,
  phase,
  releaseVersion,
  signInAs,
  visit,
} from './portal';

const suffix = Date.now().toString(36);
const promoted = `promoted-${suffix}`;
const set = ['left', 'middle', 'right'].map(name => `${name}-${suffix}`);

test.describe.configure({ mode: 'serial' });

/** The cell of one component in one stage, on a promotion's page. */
function cell(page: Page, component: string) {
  return page
    .getByRole('table', { name: 'Components by stage' })
    .getByRole('row', { name: new RegExp(component) });
}

test('a release is promoted from development to production, where two people agree', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'eva');
  await createService(page, {
    name: promoted,
    owner: 'Tracking team',
    greeting: 'Promoted',
    pipeline: 'Guarded',
  });
  await visit(page, `/catalog/default/component/${promoted}/deployments`);
  const dialog = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: 'Promote 1.0.0…' }),
    dialog,
  );
  await expect(dialog.getByText('Nothing to do there')).toBeVisible();
  await dialog
    .getByRole('textbox', { name: /Reason/ })
    .fill('The sale begins on Friday');
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click();
  await expect(page).toHaveURL(/\/delivery\/promotions\//);
  const promotion = page.url();
  await expect(page.getByText('The sale begins on Friday')).toBeVisible();
  await expect(
    page.getByText('It goes on by itself as soon as the gates'),
  ).toBeVisible({ timeout: 60_000 });

  for (const [user, comment] of [
    ['farid', 'Fine with me'],
    ['ben', 'Go'],
  ])
    await as(browser, user, async other => {
      await openInInbox(other, promoted);
      await approve(other, promoted, comment);
    });
  await visit(page, promotion);
  await expect(phase(page, 'Succeeded')).toBeVisible({ timeout: 60_000 });
  await visit(page, `/catalog/default/component/${promoted}/deployments`);
  for (const environment of ['Development', 'Staging', 'Production'])
    await expect(environmentCard(page, environment)).toContainText('1.0.0');
});

test('a set of three goes back as one when the second does not get well', async ({
  page,
}) => {
  await signInAs(page, 'eva');
  for (const name of set) {
    await createService(page, {
      name,
      owner: 'Tracking team',
      system: 'Tracking',
      greeting: name,
    });
    await releaseVersion(page, {
      component: name,
      version: '1.1.0',
      greeting: `${name}, once more`,
      failHealth: name.startsWith('middle'),
    });
  }
  await visit(page, '/delivery/promotions');
  const dialog = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: 'Promote a set' }).first(),
    dialog,
  );
  for (const name of set) {
    await dialog.getByRole('combobox', { name: 'Add a component' }).fill(name);
    await page.getByRole('option', { name }).click();
    await expect(
      dialog.getByRole('combobox', { name: `Release of ${name}` }),
    ).toContainText('1.1.0');
  }
  await dialog.getByRole('combobox', { name: 'Up to' }).click();
  await page.getByRole('option', { name: 'development' }).click();
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click();
  await expect(page).toHaveURL(/\/delivery\/promotions\//);
  await expect(phase(page, 'Failed')).toBeVisible({ timeout: 90_000 });
  const [left, middle, right] = set;
  await expect(cell(page, left)).toContainText('Rolled back');
  await expect(cell(page, middle)).toContainText('is not well');
  await expect(cell(page, right)).toContainText('Rolled back');
  for (const name of set) {
    await visit(page, `/catalog/default/component/${name}/deployments`);
    await expect(environmentCard(page, 'Development')).toContainText('1.0.0');
  }
});
