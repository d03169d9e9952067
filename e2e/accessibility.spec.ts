import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signInAs, visit } from './portal';

// What Backstage's own shell brings along is reported there, not here; our pages are all within <main>.
async function seriousProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include('main')
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

for (const theme of ['light', 'dark'] as const)
  test(`our pages have no serious accessibility problem in ${theme} mode`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await signInAs(page, 'eva');
    for (const path of [
      '/delivery',
      '/delivery/rollouts',
      '/delivery/promotions',
      '/delivery/approvals',
      '/delivery/pipelines',
      '/delivery/calendar?view=month',
      '/delivery/calendar?view=list',
      '/catalog/default/component/booking-api/deployments',
      '/scaling',
      '/access?user=user:default/ana&action=delivery.rollout.create&component=component:default/booking-api&environment=resource:default/production',
      '/access/people',
      '/access/roles',
      '/access/actions',
    ]) {
      await visit(page, path);
      await expect(
        page.getByRole('heading', { level: 2 }).first(),
      ).toBeVisible();
      // What is still being read may be greyed out.
      await expect(async () =>
        expect(await seriousProblems(page), path).toEqual([]),
      ).toPass({ timeout: 20_000 });
    }
  });
