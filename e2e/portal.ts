import {
  type Browser,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';

/** Opens the portal as one of the example users. */
export async function signInAs(page: Page, user: string): Promise<void> {
  await page.goto('/');
  await page.getByTestId(`example-user-${user}`).click();
  await expect(
    page.getByRole('link', { name: 'Delivery' }).first(),
  ).toBeVisible();
}

/** Goes to another page of the portal as its links do, which does not load the portal anew. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate(to => {
    window.history.pushState({}, '', to);
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }, path);
}

/** Chooses an entry of a picker by typing its title. */
export async function pick(
  page: Page,
  label: string,
  entry: string,
): Promise<void> {
  const field = page.getByLabel(label, { exact: false }).first();
  await expect(async () => {
    // A picker with one entry only chooses it by itself, as soon as it has read them.
    if (await field.isDisabled({ timeout: 5000 })) {
      await expect(field).toHaveValue(new RegExp(entry), { timeout: 1000 });
      return;
    }
    await field.fill(entry);
    await page
      .getByRole('option', { name: entry })
      .first()
      .click({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
}

/** Finds an entry of a list by typing. What arrives on the page meanwhile may take the field's focus: then once more. */
export async function find(
  page: Page,
  label: string,
  typed: string,
  entry: RegExp,
): Promise<void> {
  await expect(async () => {
    await page.getByLabel(label).fill(typed);
    await page
      .getByRole('option', { name: entry })
      .first()
      .click({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
}

/** Creates a service from the template and waits until it runs in development. */
export async function createService(
  page: Page,
  service: {
    name: string;
    owner: string;
    greeting: string;
    system?: string;
    pipeline?: string;
  },
): Promise<void> {
  await visit(page, '/create/templates/default/new-web-service');
  await page.getByLabel('Name', { exact: false }).first().fill(service.name);
  await page
    .getByLabel('Description', { exact: false })
    .first()
    .fill(`A service that a browser test made`);
  await pick(page, 'Owner', service.owner);
  if (service.system) await pick(page, 'System', service.system);
  if (service.pipeline) {
    await page.getByLabel('Pipeline').click();
    await page
      .getByRole('option', { name: new RegExp(`^${service.pipeline}`) })
      .click();
  }
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Greeting').fill(service.greeting);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('link', { name: 'Deployments' })).toBeVisible({
    timeout: 120_000,
  });
}

/** Releases a new version with the template. With an environment it is rolled out there, which is not waited for. */
export async function releaseVersion(
  page: Page,
  release: {
    component: string;
    version: string;
    greeting: string;
    failingPercent?: number;
    failHealth?: boolean;
    rollOut?: { environment: string; strategy: string };
  },
): Promise<void> {
  await visit(page, '/create/templates/default/release-new-version');
  await pick(page, 'Component', release.component);
  await page.getByLabel('Version').first().fill(release.version);
  await page.getByLabel('Greeting').fill(release.greeting);
  await page.getByRole('button', { name: 'Next' }).click();
  if (release.failingPercent !== undefined)
    await page
      .getByLabel('Failing requests (percent)')
      .fill(String(release.failingPercent));
  if (release.failHealth)
    await page.getByRole('checkbox', { name: /health/i }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  if (release.rollOut) {
    await pick(page, 'Environment', release.rollOut.environment);
    await page.getByLabel('Strategy').click();
    await page.getByRole('option', { name: release.rollOut.strategy }).click();
  }
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page).toHaveURL(/\/create\/tasks\//);
  if (!release.rollOut)
    await expect(page.getByRole('link', { name: 'Deployments' })).toBeVisible({
      timeout: 120_000,
    });
}

/** The card of one environment on a component's Deployments tab. */
export function environmentCard(page: Page, environment: string): Locator {
  return page.getByRole('article', { name: environment });
}

/** The address that a component has in an environment. */
export async function addressOf(card: Locator): Promise<string> {
  const link = card.getByRole('link', { name: /127\.0\.0\.1/ });
  return String(await link.getAttribute('href'));
}

/** What a running service answers. */
export async function textOf(address: string): Promise<string> {
  return (await fetch(address)).text();
}

/** Opens the newest rollout of a component whose name ends like this. */
export async function openRollout(
  page: Page,
  component: string,
  ending: string,
): Promise<void> {
  await page.goto(`/catalog/default/component/${component}/deployments`);
  await page
    .getByRole('region', { name: 'Rollouts' })
    .getByRole('link', { name: new RegExp(`${ending}$`) })
    .first()
    .click({ timeout: 60_000 });
  await expect(page).toHaveURL(/\/delivery\/rollouts\//);
}

/** The word that says how the rollout on the page stands. */
export function phase(page: Page, word: string): Locator {
  // Steps have such words of their own.
  return page
    .locator('dt', { hasText: /^Phase$/ })
    .locator('xpath=following-sibling::dd[1]')
    .getByText(word, { exact: true });
}

/** Opens a dialog. What arrives on a page that was just visited may move the button away from under the pointer: then once more. */
export async function openDialog(
  button: Locator,
  dialog: Locator,
): Promise<void> {
  await expect(async () => {
    if (!(await dialog.isVisible())) await button.click();
    await expect(dialog).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
}

/** Rolls a release out from the Deployments tab. With `waitForPerson` the canary ends with a pause. */
export async function rollOut(
  page: Page,
  rollout: {
    component: string;
    version: string;
    environment: string;
    waitForPerson?: boolean;
  },
): Promise<void> {
  await visit(
    page,
    `/catalog/default/component/${rollout.component}/deployments`,
  );
  const dialog = page.getByRole('dialog');
  await openDialog(
    page.getByRole('button', { name: `Roll out to ${rollout.environment}` }),
    dialog,
  );
  await dialog.getByRole('combobox', { name: 'Release' }).click();
  await page
    .getByRole('option', { name: new RegExp(`^${rollout.version}`) })
    .click();
  if (rollout.waitForPerson) {
    await dialog.getByRole('radio', { name: /^Canary/ }).check();
    await dialog.getByRole('button', { name: 'Add pause' }).click();
    // Without a duration it waits for a person.
    await dialog.getByRole('textbox', { name: 'Pause' }).last().clear();
  }
  await dialog.getByRole('button', { name: 'Roll out', exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Does something as somebody else, in a browser of their own. */
export async function as(
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

/** Finds a rollout in the inbox, and opens it there. */
export async function openInInbox(
  page: Page,
  component: string,
): Promise<void> {
  await page.getByRole('link', { name: 'Delivery' }).first().click();
  await page.getByRole('link', { name: /^Approvals/ }).click();
  await page
    .getByRole('link', { name: new RegExp(component) })
    .first()
    .click();
}

/** Approves what is open in the inbox, and says something. */
export async function approve(
  page: Page,
  component: string,
  comment: string,
): Promise<void> {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(component);
  await dialog.getByRole('textbox', { name: /Comment/ }).fill(comment);
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(dialog).toBeHidden();
}
