import { expect, test } from '@playwright/test';
import { find, signInAs, visit } from './portal';

test('a release manager finds out why a developer may not deploy to production, and who could', async ({
  page,
}) => {
  await signInAs(page, 'eva');
  await page.getByRole('link', { name: 'Access' }).click();
  await find(page, 'Person', 'Ana', /Ana Ruiz/);
  await find(page, 'Action', 'create rollout', /Create rollout/);
  const answer = page.getByRole('region', { name: 'The answer' });
  await expect(answer.getByText('It depends')).toBeVisible();

  await find(page, 'Component', 'booking-api', /booking/i);
  await find(page, 'Environment', 'prod', /^Production$/);
  await expect(answer.getByText('Not allowed')).toBeVisible();
  await expect(answer.getByText('Does not hold')).toHaveCount(1);
  await expect(
    answer.getByRole('link', { name: 'Release manager' }),
  ).toBeVisible();

  // The question is the address: it can be sent to somebody.
  await page.reload();
  await expect(answer.getByText('Not allowed')).toBeVisible();
});

test('a developer sees only what they may do themselves', async ({ page }) => {
  await signInAs(page, 'ana');
  await visit(page, '/access');
  await expect(
    page.getByText('You see what you may do yourself'),
  ).toBeVisible();
  await expect(page.getByLabel('Person')).toBeDisabled();
  await visit(page, '/access/roles');
  await expect(
    page.getByText('Only for those who may see what others may do'),
  ).toBeVisible();
});
