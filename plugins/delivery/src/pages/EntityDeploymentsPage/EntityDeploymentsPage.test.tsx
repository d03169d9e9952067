import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  DeliverySettings,
  Release,
} from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryApi } from '../../api/deliveryApi';
import {
  deployment,
  environments,
  fullRelease,
  heldRollout,
  hold,
  onlyPage,
  openGates,
  pipeline,
  promotion,
  promotionPlan,
  release,
  rollout,
  stagePreview,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import { EntityDeploymentsPage } from './EntityDeploymentsPage';

// It measures its nodes, which jsdom cannot.
jest.mock('../../components/PipelineGraph', () => ({
  PipelineGraph: () => null,
}));

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default' },
};

const settings: DeliverySettings = {
  runtimes: [
    {
      name: 'local',
      title: 'Local',
      strategies: ['rolling', 'blueGreen', 'canary'],
    },
  ],
  artifactKinds: [
    {
      kind: 'npm',
      title: 'npm package',
      schema: {
        type: 'object',
        required: ['package'],
        properties: { package: { type: 'string', title: 'Package' } },
      },
    },
  ],
  analysisProviders: [],
  stepKinds: [],
  defaultStrategies: {
    development: { rolling: {} },
    staging: { rolling: {} },
    production: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } },
  },
};

function preview(version = '2.0.0') {
  return {
    pipeline: pipeline(),
    componentRef: 'component:default/checkout',
    release: release(version),
    stages: [
      stagePreview('dev', [], {
        verdict: 'runs' as const,
        message: 'It runs there already.',
        deployment: { release: release('2.0.0'), health: 'healthy' as const },
      }),
      stagePreview('prod', ['dev'], {
        title: 'Production',
        tier: 'production',
        verdict: 'held' as const,
        message: 'Two of its gates are closed.',
        gates: openGates().items,
        deployment: {
          release: release('1.0.0'),
          health: 'degraded' as const,
          activeRolloutId: 'rollout-1',
          activeRolloutPhase: 'held' as const,
        },
      }),
      stagePreview('dr', ['prod'], {
        verdict: 'refused' as const,
        message: 'The release is rejected.',
      }),
    ],
  };
}

function show(api: Partial<DeliveryApi> = {}) {
  return renderPage(
    <EntityProvider entity={entity}>
      <EntityDeploymentsPage />
    </EntityProvider>,
    {
      listEnvironments: async () => environments,
      getSettings: async () => settings,
      listDeployments: async () =>
        onlyPage([
          deployment('checkout', 'dev', '2.0.0', {
            previousRelease: release('1.0.0'),
          }),
          deployment('checkout', 'prod', '1.0.0', {
            allowedActions: {
              deploy: { allowed: true },
              rollback: { allowed: false, reason: 'Only the owners may.' },
            },
          }),
        ]),
      listReleases: async () =>
        onlyPage([fullRelease('2.0.0'), fullRelease('1.0.0')]),
      listRollouts: async () => onlyPage([rollout()]),
      getTargetActions: async () => ({ deploy: { allowed: true } }),
      previewPipeline: async () => preview(),
      previewRelease: async () => ({ state: 'none', items: [] }),
      listHolds: async () => [],
      ...api,
    },
  );
}

async function press(name: string) {
  await userEvent.click(await screen.findByRole('button', { name }));
  return within(await screen.findByRole('dialog'));
}

describe('the Deployments tab', () => {
  it('shows every environment, with what may not be done and why', async () => {
    show();
    const prod = within(await screen.findByRole('article', { name: 'prod' }));
    expect(prod.getByText('1.0.0')).toBeVisible();
    const rollBack = prod.getByRole('button', { name: 'Roll back in prod' });
    expect(rollBack).toBeDisabled();
    expect(rollBack).toHaveAccessibleDescription('Only the owners may.');
    expect(screen.getByRole('article', { name: 'staging' })).toHaveTextContent(
      'Nothing runs here yet.',
    );
  });

  it('disables recording and rolling out releases for those who may not', async () => {
    show({
      getTargetActions: async () => ({
        release: { allowed: false, reason: 'Only the owners may release.' },
      }),
      listReleases: async () =>
        onlyPage([
          {
            ...fullRelease('2.0.0'),
            allowedActions: {
              deploy: { allowed: false, reason: 'Only the owners may deploy.' },
            },
          },
        ]),
    });
    const rollOut = await screen.findByRole('button', {
      name: 'Roll out 2.0.0',
    });
    expect(rollOut).toHaveAccessibleDescription('Only the owners may deploy.');
    const create = screen.getByRole('button', { name: 'New release' });
    await waitFor(() => expect(create).toBeDisabled());
    expect(create).toHaveAccessibleDescription('Only the owners may release.');
  });

  it('rolls out: says what will happen, and goes to the rollout', async () => {
    const startRollout = jest.fn(async () => rollout({ id: 'new' }));
    show({ startRollout });
    const dialog = await press('Roll out to prod');
    expect(
      await dialog.findByText(/In prod, checkout goes from 1.0.0 to 2.0.0/),
    ).toBeVisible();
    await userEvent.click(
      dialog.getByRole('radio', { name: 'Canary: traffic moves in steps' }),
    );
    const weight = dialog.getByRole('textbox', {
      name: 'Traffic to the new release, in percent',
    });
    await userEvent.clear(weight);
    await userEvent.type(weight, '120');
    const submit = dialog.getByRole('button', { name: 'Roll out' });
    expect(submit).toBeDisabled();
    await userEvent.clear(weight);
    await userEvent.type(weight, '25');
    await userEvent.click(submit);
    expect(startRollout).toHaveBeenCalledWith(
      {
        componentRef: 'component:default/checkout',
        environmentRef: 'resource:default/prod',
        releaseId: 'release-2.0.0',
        strategy: { canary: { steps: [{ setWeight: 25 }, { pause: {} }] } },
      },
      { idempotencyKey: expect.any(String) },
    );
    await waitFor(() =>
      expect(screen.getByTestId('location')).toHaveTextContent(
        '/delivery/rollouts/new',
      ),
    );
  });

  it('shows what the cluster would change, for the release, place and strategy that are chosen', async () => {
    const previewRelease = jest.fn(async () => ({
      state: 'known' as const,
      items: [
        {
          name: 'Deployment checkout',
          change: 'changed' as const,
          patch: '@@ -1 +1 @@\n-image: shop:1\n+image: shop:2\n',
        },
      ],
    }));
    show({ previewRelease });
    const dialog = await press('Roll out to prod');
    const patch = await dialog.findByRole('region', {
      name: 'Deployment checkout',
    });
    expect(patch).toHaveTextContent('-image: shop:1+image: shop:2');
    await userEvent.click(
      dialog.getByRole('radio', { name: 'Canary: traffic moves in steps' }),
    );
    await waitFor(() =>
      expect(previewRelease).toHaveBeenLastCalledWith('release-2.0.0', {
        environmentRef: 'resource:default/prod',
        strategy: 'canary',
      }),
    );
  });

  it('sends the same key again while the request is the same', async () => {
    const startRollout = jest
      .fn()
      .mockRejectedValueOnce(new Error('The connection broke.'))
      .mockResolvedValueOnce(rollout({ id: 'new' }));
    show({ startRollout });
    const dialog = await press('Roll out to prod');
    const submit = await dialog.findByRole('button', { name: 'Roll out' });
    await userEvent.click(submit);
    expect(await dialog.findByText('The connection broke.')).toBeVisible();
    await userEvent.click(submit);
    await waitFor(() => expect(startRollout).toHaveBeenCalledTimes(2));
    expect(startRollout.mock.calls[1][1]).toEqual(
      startRollout.mock.calls[0][1],
    );
  });

  it('shows on the card of an environment what waits for its gates, beside what runs', async () => {
    show({
      listRollouts: async ({ waitingFor } = {}) =>
        onlyPage(
          waitingFor === 'gates'
            ? [
                heldRollout({
                  id: 'waiting',
                  release: release('3.0.0'),
                  environmentRef: 'resource:default/prod',
                }),
              ]
            : [],
        ),
    });
    const prod = within(await screen.findByRole('article', { name: 'prod' }));
    const link = await prod.findByRole('link', { name: '3.0.0 waits' });
    expect(link).toHaveAttribute('href', '/delivery/rollouts/waiting');
    expect(prod.getByText('1.0.0')).toBeVisible();
  });

  it('rolls back to the release before, after saying from where to where', async () => {
    const startRollback = jest.fn(async () => rollout({ id: 'back' }));
    show({ startRollback });
    const dialog = await press('Roll back in dev');
    expect(
      dialog.getByText(/checkout goes from 2.0.0 back to 1.0.0 in dev/),
    ).toBeVisible();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason (optional)' }),
      'too slow',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Roll back' }));
    expect(startRollback).toHaveBeenCalledWith(
      {
        componentRef: 'component:default/checkout',
        environmentRef: 'resource:default/dev',
        toReleaseId: 'release-1.0.0',
        rejectRelease: true,
        reason: 'too slow',
      },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('rolls back in other environments as well, where the same release runs', async () => {
    const startRollbacks = jest
      .fn()
      .mockRejectedValueOnce(new Error('A rollback is under way in prod.'))
      .mockResolvedValue([rollout({ id: 'back' }), rollout({ id: 'other' })]);
    const here = { previousRelease: release('1.0.0') };
    show({
      startRollbacks,
      listDeployments: async () =>
        onlyPage([
          deployment('checkout', 'dev', '2.0.0', here),
          deployment('checkout', 'prod', '2.0.0', here),
          deployment('checkout', 'dr', '1.0.0'),
        ]),
    });
    const dialog = await press('Roll back in dev');
    const group = within(
      dialog.getByRole('group', { name: /2.0.0 runs here, too/ }),
    );
    expect(group.getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.click(group.getByRole('checkbox', { name: 'prod' }));
    const submit = dialog.getByRole('button', { name: 'Roll back' });
    await userEvent.click(submit);
    expect(
      await dialog.findByText('A rollback is under way in prod.'),
    ).toBeVisible();
    await userEvent.click(submit);
    await waitFor(() => expect(startRollbacks).toHaveBeenCalledTimes(2));
    const [first, again] = startRollbacks.mock.calls;
    expect(first[0]).toEqual({
      componentRef: 'component:default/checkout',
      targets: ['dev', 'prod'].map(name => ({
        environmentRef: `resource:default/${name}`,
        toReleaseId: 'release-1.0.0',
      })),
      rejectRelease: true,
    });
    expect(again).toEqual(first);
  });

  it('records a release by the schema of its artifact', async () => {
    const createRelease = jest.fn(async () => fullRelease('3.0.0'));
    show({ createRelease, listReleases: async () => onlyPage([]) });
    expect(await screen.findByText('No release yet')).toBeVisible();
    const dialog = await press('New release');
    const create = await dialog.findByRole('button', {
      name: 'Create release',
    });
    await userEvent.click(create);
    expect(dialog.getByText('This is needed.')).toBeVisible();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Version' }),
      '3.0.0',
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Package' }),
      'checkout',
    );
    await userEvent.click(create);
    expect(createRelease).toHaveBeenCalledWith(
      {
        componentRef: 'component:default/checkout',
        version: '3.0.0',
        artifact: { kind: 'npm', spec: { package: 'checkout' } },
      },
      { idempotencyKey: expect.any(String) },
    );
    expect(await screen.findByText('Release 3.0.0 is recorded.')).toBeVisible();
  });

  it('records the next release like the last one, only in another version', async () => {
    const createRelease = jest.fn(async () => fullRelease('3.0.0'));
    const last = fullRelease('2.0.0');
    show({
      createRelease,
      getSettings: async () => ({
        ...settings,
        artifactKinds: [
          {
            kind: 'npm',
            title: 'npm package',
            schema: {
              type: 'object',
              required: ['package', 'version'],
              properties: {
                package: { type: 'string', title: 'Package' },
                version: {
                  type: 'string',
                  title: 'Package version',
                  'x-follows-version': true,
                },
              },
            },
          },
        ],
      }),
      listReleases: async () =>
        onlyPage([
          {
            ...last,
            artifact: {
              ...last.artifact,
              spec: { package: 'checkout', version: '2.0.0' },
            },
            configuration: {
              ...last.configuration,
              values: { COLOR: 'blue' },
              secretRefs: { TOKEN: 'vault:shop/token' },
            },
            health: { liveness: { path: '/alive', failureThreshold: 9 } },
          },
        ]),
    });
    const dialog = await press('New release');
    await userEvent.type(
      await dialog.findByRole('textbox', { name: 'Version' }),
      '3.0.0',
    );
    expect(
      dialog.getByRole('textbox', { name: 'Package version' }),
    ).toHaveValue('3.0.0');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Create release' }),
    );
    expect(createRelease).toHaveBeenCalledWith(
      {
        componentRef: 'component:default/checkout',
        version: '3.0.0',
        artifact: {
          kind: 'npm',
          spec: { package: 'checkout', version: '3.0.0' },
        },
        configuration: {
          values: { COLOR: 'blue' },
          secretRefs: { TOKEN: 'vault:shop/token' },
        },
        health: { liveness: { path: '/alive', failureThreshold: 9 } },
      },
      { idempotencyKey: expect.any(String) },
    );
  });
});

describe('the pipeline of a component', () => {
  const stageList = () =>
    screen.findByRole('list', { name: 'Stages in order' });

  it('shows each stage with what runs there, and what would happen to the release', async () => {
    show();
    const list = await stageList();
    expect(list).toHaveTextContent(
      /devdevdevelopmentWhen somebody asks for it · On failure all goes backRuns 2.0.0Healthy/,
    );
    expect(list).toHaveTextContent('Runs alreadyIt runs there already.');
    expect(list).toHaveTextContent('ProductionprodproductionAfter dev');
    expect(list).toHaveTextContent(
      /Runs 1.0.0DegradedHeld by gatesOpen rollout/,
    );
    expect(list).toHaveTextContent(
      'Would be heldTwo of its gates are closed.Held by: Production approval, Freezes',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Gates of Production' }),
    );
    expect(
      screen.getByRole('list', { name: 'Gates of Production' }),
    ).toHaveTextContent('1 of 2 fromplatform');
  });

  it('asks what would happen to another release', async () => {
    const previewPipeline = jest.fn(
      async ({ releaseId }: { releaseId?: string }) =>
        preview(releaseId === 'release-1.0.0' ? '1.0.0' : '2.0.0'),
    );
    show({ previewPipeline });
    await stageList();
    expect(previewPipeline).toHaveBeenLastCalledWith({
      componentRef: 'component:default/checkout',
    });
    await userEvent.click(
      screen.getByRole('combobox', { name: /What would happen now to/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: '1.0.0' }));
    expect(
      await screen.findByRole('button', { name: 'Roll out 1.0.0 to prod' }),
    ).toBeEnabled();
    expect(previewPipeline).toHaveBeenLastCalledWith({
      componentRef: 'component:default/checkout',
      releaseId: 'release-1.0.0',
    });
    expect(screen.getByTestId('location')).toHaveTextContent(
      'pipeline.release=release-1.0.0',
    );
  });

  it('opens the dialog of a rollout for a stage, unless no gate could let it through', async () => {
    show();
    await stageList();
    expect(
      screen.getByRole('button', { name: 'Roll out 2.0.0 to dr' }),
    ).toHaveAccessibleDescription('The release is rejected.');
    const dialog = await press('Roll out 2.0.0 to prod');
    expect(
      await dialog.findByRole('combobox', { name: /Environment/ }),
    ).toHaveTextContent('prod');
  });

  it('disables rolling out for a stage that somebody may not change', async () => {
    show({
      getTargetActions: async ({ environmentRef }) => ({
        deploy:
          environmentRef === 'resource:default/prod'
            ? { allowed: false, reason: 'Only release managers may.' }
            : { allowed: true },
      }),
    });
    await stageList();
    const rollOut = screen.getByRole('button', {
      name: 'Roll out 2.0.0 to prod',
    });
    await waitFor(() => expect(rollOut).toBeDisabled());
    expect(rollOut).toHaveAccessibleDescription('Only release managers may.');
    expect(
      screen.getByRole('button', { name: 'Roll out 2.0.0 to dev' }),
    ).toBeEnabled();
  });

  it('says so where no pipeline serves the component', async () => {
    show({
      previewPipeline: async () => {
        throw Object.assign(new Error('No pipeline.'), { statusCode: 404 });
      },
    });
    expect(
      await screen.findByText('No pipeline serves this component'),
    ).toBeVisible();
  });
});

describe('holding automatic promotion', () => {
  it('is shown on the card of its environment with who and why, and ended with a reason', async () => {
    const releaseHold = jest.fn(async () => hold({ active: false }));
    show({ listHolds: async () => [hold()], releaseHold });
    const prod = within(await screen.findByRole('article', { name: 'prod' }));
    expect(await prod.findByText('Automatic promotion held')).toBeVisible();
    expect(prod.getByText('“the audit is under way”')).toBeVisible();
    expect(prod.getByText(/^pinned by/)).toHaveTextContent(
      /pinned by eva \d+ \w+ ago/,
    );
    expect(
      prod.queryByRole('button', { name: /Pin what runs/ }),
    ).not.toBeInTheDocument();
    const dialog = await press('Release hold in prod');
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /Releases of checkout are promoted to prod automatically again/,
    );
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'audit is over',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Release hold' }));
    expect(releaseHold).toHaveBeenCalledWith(
      'hold-1',
      { reason: 'audit is over' },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('is waited for, since it moves the buttons below it; when it cannot be read, that is said instead', async () => {
    let fail = (_error: Error) => {};
    show({
      listHolds: () =>
        new Promise((_resolve, reject) => {
          fail = reject;
        }),
    });
    await screen.findByRole('list', { name: 'Stages in order' });
    expect(
      screen.queryByRole('article', { name: 'prod' }),
    ).not.toBeInTheDocument();
    fail(new Error('The database is away.'));
    expect(
      await screen.findByRole('article', { name: 'prod' }),
    ).toBeInTheDocument();
    expect(screen.getByText('The database is away.')).toBeVisible();
  });

  it('may be refused, with the reason', async () => {
    show({
      listHolds: async () => [
        hold({
          allowedActions: {
            release: { allowed: false, reason: 'Only the owners may.' },
          },
        }),
      ],
    });
    expect(
      await screen.findByRole('button', { name: 'Release hold in prod' }),
    ).toHaveAccessibleDescription('Only the owners may.');
  });

  it('begins with a pin, and shows it at once', async () => {
    const createHold = jest.fn(async () => hold());
    const listHolds = jest
      .fn()
      .mockResolvedValueOnce([])
      .mockResolvedValue([hold()]);
    show({ createHold, listHolds });
    const dialog = await press('Pin what runs in prod');
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'the audit is under way',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Pin' }));
    expect(createHold).toHaveBeenCalledWith(
      {
        componentRef: 'component:default/checkout',
        environmentRef: 'resource:default/prod',
        reason: 'the audit is under way',
      },
      { idempotencyKey: expect.any(String) },
    );
    expect(await screen.findByText('Automatic promotion held')).toBeVisible();
  });
});

describe('promoting a release', () => {
  it('begins with the release of the row, and goes to the promotion', async () => {
    const startPromotion = jest.fn(async () => promotion({ id: 'new' }));
    show({ startPromotion, planPromotion: async () => promotionPlan() });
    const dialog = await press('Promote 1.0.0…');
    expect(
      await dialog.findByRole('combobox', { name: /Release of checkout/ }),
    ).toHaveTextContent('1.0.0');
    const submit = dialog.getByRole('button', { name: 'Promote' });
    await waitFor(() => expect(submit).toBeEnabled());
    await userEvent.click(submit);
    expect(startPromotion).toHaveBeenCalledWith(
      {
        items: [
          {
            componentRef: 'component:default/checkout',
            releaseId: 'release-1.0.0',
          },
        ],
      },
      { idempotencyKey: expect.any(String) },
    );
    await waitFor(() =>
      expect(screen.getByTestId('location')).toHaveTextContent(
        '/delivery/promotions/new',
      ),
    );
  });
});

describe('a rejected release', () => {
  const bad: Release = {
    ...fullRelease('2.0.0'),
    rejection: {
      by: 'user:default/eva',
      at: '2026-01-01T00:00:00Z',
      reason: 'loses orders',
    },
    allowedActions: { unreject: { allowed: true } },
  };
  const good: Release = {
    ...fullRelease('1.0.0'),
    allowedActions: { reject: { allowed: true } },
  };

  it('is marked with who, when and why, and cannot be rolled out', async () => {
    show({ listReleases: async () => onlyPage([bad, good]) });
    const row = await screen.findByRole('row', { name: /loses orders/ });
    expect(row).toHaveTextContent(/Rejectedby eva \d+ \w+ ago“loses orders”/);
    expect(
      within(row).getByRole('button', { name: 'Roll out 2.0.0' }),
    ).toHaveAccessibleDescription('2.0.0 is rejected: loses orders');
    const dialog = await press('Roll out to staging');
    await userEvent.click(
      await dialog.findByRole('combobox', { name: /Release/ }),
    );
    expect(
      screen.getByRole('option', { name: '2.0.0 (rejected: loses orders)' }),
    ).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByRole('option', { name: '1.0.0' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('is judged with a reason, and judged otherwise again', async () => {
    const judgeRelease = jest.fn(async () => bad);
    show({
      listReleases: async () => onlyPage([bad, good]),
      judgeRelease,
    });
    const dialog = await press('Reject 1.0.0');
    expect(screen.getByRole('dialog')).toHaveAccessibleDescription(
      /Nobody can roll it out any more/,
    );
    const submit = dialog.getByRole('button', { name: 'Reject release' });
    expect(submit).toBeDisabled();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'too slow',
    );
    await userEvent.click(submit);
    expect(judgeRelease).toHaveBeenCalledWith(
      'release-1.0.0',
      'reject',
      { reason: 'too slow' },
      { idempotencyKey: expect.any(String) },
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await press('Take back rejection of 2.0.0');
    expect(
      screen.getByRole('dialog', {
        name: 'Take back the rejection of 2.0.0?',
      }),
    ).toBeVisible();
  });
});
