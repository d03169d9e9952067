import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  approval,
  comparison,
  heldRollout,
  onlyPage,
  promotion,
  release,
  requestApproval,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import type { CommitComparison } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryApi } from '../../api/deliveryApi';
import { ApprovalsPage } from './ApprovalsPage';

const second = approval({
  id: 'rollout-2',
  rollout: heldRollout({
    id: 'rollout-2',
    componentTitle: 'ads',
    previousRelease: undefined,
  }),
  risks: [],
  allowedActions: {
    approve: { allowed: false, reason: 'You wrote it.' },
    reject: { allowed: false, reason: 'You wrote it.' },
  },
});

function show(api: Partial<DeliveryApi> = {}, search = '') {
  return renderPage(
    <ApprovalsPage />,
    {
      listApprovals: async () => onlyPage([approval(), second]),
      getApproval: async id => (id === second.id ? second : approval()),
      listDelegations: async () => [],
      compareRelease: async () => comparison(),
      previewRelease: async () => ({ state: 'none', items: [] }),
      ...api,
    },
    { path: `/delivery/approvals${search}` },
  );
}

const location = () => screen.getByTestId('location');

describe('the inbox of approvals', () => {
  beforeEach(() => window.localStorage.clear());

  it('lists what waits, with what it waits for and its risks', async () => {
    show();
    const list = await screen.findByRole('list', { name: 'Waiting for me' });
    const [first, other] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('checkout 1.0.0 → 2.0.0 to prod');
    expect(first).toHaveTextContent('production');
    expect(first).toHaveTextContent(/Asked by dana \d+ \w+ ago/);
    expect(first).toHaveTextContent('Danger, 2 in all');
    expect(first).toHaveTextContent('Waits for: Production approval, Freezes');
    expect(other).toHaveTextContent('ads nothing → 2.0.0 to prod');
    expect(other).toHaveTextContent('No risks');
    expect(screen.getByText('Choose an approval')).toBeVisible();
  });

  it('shows what changes inside: dependencies, the first ones at once, and manifests line by line', async () => {
    const compareRelease = jest.fn(async () => comparison());
    show({ compareRelease }, '?id=rollout-1');
    const table = within(
      await screen.findByRole('table', { name: 'Dependencies' }),
    );
    expect(compareRelease).toHaveBeenCalledWith('release-2.0.0', {
      environmentRef: 'resource:default/prod',
      fromReleaseId: 'release-1.0.0',
    });
    expect(screen.getByText(/^11 differ; 40 in all/)).toHaveTextContent(
      'by the bills of materials',
    );
    expect(
      table.getByRole('row', { name: 'package-0 1.0.0 2.0.0' }),
    ).toBeVisible();
    expect(table.getAllByRole('row')).toHaveLength(9);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 11' }));
    expect(
      table.getByRole('row', { name: 'zod not there 4.0.0' }),
    ).toBeVisible();
    expect(table.getAllByRole('row')).toHaveLength(12);

    const patch = screen.getByRole('region', { name: 'Deployment checkout' });
    expect(patch).toHaveTextContent('-  image: checkout:1', {
      normalizeWhitespace: false,
    });
    expect(patch).toHaveTextContent('+  image: checkout:2', {
      normalizeWhitespace: false,
    });
    expect(patch).not.toHaveTextContent('---');
  });

  it('shows the commits that come, and how many are not listed', async () => {
    show({ compareRelease: async () => comparison() }, '?id=rollout-1');
    const commits = within(
      await screen.findByRole('region', { name: '12 come:' }),
    );
    expect(commits.getByRole('link', { name: 'bbbbbbb' })).toHaveAttribute(
      'href',
      `https://git.example.com/shop/commit/${'b'.repeat(40)}`,
    );
    expect(commits.getByRole('listitem')).toHaveTextContent(
      /Retry payments Dana, .* ago/,
    );
    expect(screen.getByText('11 more are not listed.')).toBeVisible();
    expect(screen.queryByText(/ go:$/)).not.toBeInTheDocument();
  });

  it.each([
    [
      {
        state: 'unknown',
        reason: 'Nobody has said which commit 1.0.0 was built from',
      },
      'Not known: Nobody has said which commit 1.0.0 was built from.',
    ],
    [
      { state: 'reading' },
      'The history is being read; it is shown here in a few seconds.',
    ],
    [
      {
        state: 'known',
        added: { total: 0, items: [] },
        removed: { total: 0, items: [] },
      },
      'Both are built from the same commit.',
    ],
  ] as const)(
    'says of commits in the state %j what is known',
    async (commits, words) => {
      show(
        {
          compareRelease: async () =>
            comparison({
              commits: structuredClone(commits) as CommitComparison,
            }),
        },
        '?id=rollout-1',
      );
      expect(await screen.findByText(words)).toBeVisible();
    },
  );

  it('never says that dependencies stay where nobody knows them, and keeps the rest when they cannot be read', async () => {
    show(
      {
        compareRelease: async () =>
          comparison({
            dependencies: {
              comparable: false,
              reason: 'Nobody has said what 1.0.0 is made of',
              total: 0,
              items: [],
            },
            manifests: [],
          }),
      },
      '?id=rollout-1',
    );
    expect(
      await screen.findByText(
        'Not known: Nobody has said what 1.0.0 is made of.',
      ),
    ).toBeVisible();
    expect(screen.getByText('The objects stay as they are.')).toBeVisible();
    expect(screen.queryByText(/stay as they are$/)).not.toBeInTheDocument();
  });

  it('says of software that needs no other that it stays so', async () => {
    const none = { source: 'manifest' as const, digest: 'sha256:0', count: 0 };
    show(
      {
        compareRelease: async () =>
          comparison({
            dependencies: {
              comparable: true,
              from: none,
              to: none,
              total: 0,
              items: [],
            },
          }),
      },
      '?id=rollout-1',
    );
    expect(await screen.findByText(/^None, before and after/)).toBeVisible();
  });

  it('says of rollouts that belong to a set what goes together', async () => {
    const inSet = approval({
      rollout: heldRollout({ promotion: { id: 'promotion-1', stage: 'prod' } }),
    });
    const alone = approval({
      id: 'rollout-2',
      rollout: heldRollout({
        id: 'rollout-2',
        promotion: { id: 'alone', stage: 'prod' },
      }),
    });
    const getPromotion = jest.fn(async (id: string) =>
      promotion(id === 'alone' ? { items: promotion().items.slice(0, 1) } : {}),
    );
    show({
      listApprovals: async () => onlyPage([inSet, alone]),
      getApproval: async () => inSet,
      getPromotion,
    });
    const note = await screen.findByRole('link', {
      name: 'One of 2 components that are promoted together',
    });
    expect(note).toHaveAttribute('href', '/delivery/promotions/promotion-1');
    await waitFor(() => expect(getPromotion).toHaveBeenCalledWith('alone'));
    const list = screen.getByRole('list', { name: 'Waiting for me' });
    const [, other] = within(list).getAllByRole('listitem');
    expect(other).not.toHaveTextContent('promoted together');
    await userEvent.click(
      within(list).getAllByRole('link', { name: /^checkout/ })[0],
    );
    const detail = within(
      screen.getByRole('region', { name: 'The chosen approval' }),
    );
    expect(
      await detail.findByText('Together: orders 1.4.0, checkout 2.0.0'),
    ).toBeVisible();
  });

  it('keeps its view in the URL, and asks the API for it', async () => {
    const listApprovals = jest.fn(
      async (_query?: Parameters<DeliveryApi['listApprovals']>[0]) => ({
        items: [approval()],
        page: { totalItems: 30, nextCursor: 'more' },
      }),
    );
    show({ listApprovals }, '?view=decided');
    await screen.findByRole('list', { name: 'Decided' });
    expect(listApprovals).toHaveBeenLastCalledWith({
      view: 'decided',
      limit: 25,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(listApprovals).toHaveBeenLastCalledWith({
      view: 'decided',
      limit: 25,
      cursor: 'more',
    });
    await userEvent.click(
      screen.getByRole('tab', { name: 'Break-glass to review' }),
    );
    expect(location()).toHaveTextContent('/delivery/approvals?view=reviews');
    expect(listApprovals).toHaveBeenLastCalledWith({
      view: 'reviews',
      limit: 25,
    });
  });

  it('opens what is chosen: change, configuration, risks and gates', async () => {
    show();
    await userEvent.click(
      await screen.findByRole('link', { name: /^checkout/ }),
    );
    expect(location()).toHaveTextContent('?id=rollout-1');
    const detail = within(
      screen.getByRole('region', { name: 'The chosen approval' }),
    );
    expect(await detail.findByText('1111111')).toBeVisible();
    expect(
      detail.getByRole('link', { name: 'Compare the commits' }),
    ).toHaveAttribute('href', 'https://git.example/compare/1111111...2222222');
    expect(
      detail.getByRole('table', { name: 'Configuration that differs' }),
    ).toHaveTextContent('LIMIT1020');
    expect(detail.getByText('Faster checkout.')).toBeVisible();
    const risks = detail.getByRole('list', { name: 'Risks' });
    expect(within(risks).getAllByRole('listitem')[0]).toHaveTextContent(
      'DangerThe last rollout was rolled back.',
    );
    expect(
      detail.getByRole('list', {
        name: 'What must hold before this rollout begins',
      }),
    ).toHaveTextContent('1 of 2 fromplatform');
    expect(
      detail.getByRole('link', { name: 'Open the rollout' }),
    ).toHaveAttribute('href', '/delivery/rollouts/rollout-1');
  });

  it('shows a request that belongs to no rollout, and votes on it', async () => {
    const decideApproval = jest.fn(async () =>
      requestApproval({ state: 'approved' }),
    );
    show({
      listApprovals: async () => onlyPage([requestApproval(), approval()]),
      getApproval: async () => requestApproval(),
      decideApproval,
    });
    const list = await screen.findByRole('list', { name: 'Waiting for me' });
    const [item] = within(list).getAllByRole('listitem');
    expect(item).toHaveTextContent('Read the ledger of production');
    expect(item).toHaveTextContent(/Asked by dana/);
    expect(item).toHaveTextContent('Waits for: Owners');
    await userEvent.click(
      within(list).getByRole('link', { name: 'Read the ledger of production' }),
    );
    const detail = within(
      screen.getByRole('region', { name: 'The chosen approval' }),
    );
    expect((await detail.findByText('the lost cent')).tagName).toBe('STRONG');
    expect(document.querySelector('script')).toBeNull();
    expect(detail.getByRole('table', { name: 'Details' })).toHaveTextContent(
      'rows12tables["accounts","entries"]',
    );
    expect(
      detail.getByRole('link', { name: /tickets\.example/ }),
    ).toHaveAttribute('href', 'https://tickets.example/4711');
    expect(
      detail.queryByRole('button', { name: 'Withdraw the request' }),
    ).not.toBeInTheDocument();
    await userEvent.click(detail.getByRole('button', { name: 'Approve' }));
    const dialog = within(
      screen.getByRole('dialog', {
        name: 'Approve “Read the ledger of production”?',
      }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(decideApproval).toHaveBeenCalledWith(
      'request-1',
      'approve',
      { subjectDigest: requestApproval().request.subjectDigest },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('lets whoever asked withdraw the request, for a reason', async () => {
    const mine = requestApproval({
      allowedActions: { withdrawRequest: { allowed: true } },
    });
    const withdrawApprovalRequest = jest.fn(async () => mine);
    show(
      { getApproval: async () => mine, withdrawApprovalRequest },
      '?id=request-1',
    );
    const label = 'Withdraw the request';
    await userEvent.click(await screen.findByRole('button', { name: label }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'Found it',
    );
    await userEvent.click(dialog.getByRole('button', { name: label }));
    expect(withdrawApprovalRequest).toHaveBeenCalledWith(
      'request-1',
      { reason: 'Found it' },
      { idempotencyKey: expect.any(String) },
    );
  });

  it('opens one by its address although the list does not have it', async () => {
    show(
      { listApprovals: async () => onlyPage([]) },
      `?id=${encodeURIComponent(second.id)}`,
    );
    expect(
      await screen.findByRole('heading', {
        name: 'ads nothing → 2.0.0 to prod',
      }),
    ).toBeVisible();
    expect(screen.getByText('Nothing waits for you')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Approve' }),
    ).toHaveAccessibleDescription('You wrote it.');
  });

  it('goes by keys: moves, opens the dialogs, and shows the keys', async () => {
    show();
    await screen.findByRole('list', { name: 'Waiting for me' });
    await userEvent.keyboard('j');
    expect(location()).toHaveTextContent('?id=rollout-1');
    const first = screen.getByRole('link', { name: /^checkout/ });
    expect(first).toHaveFocus();
    await screen.findByRole('button', { name: 'Approve' });
    await userEvent.keyboard('{ArrowDown}');
    expect(location()).toHaveTextContent('?id=rollout-2');
    expect(
      await screen.findByRole('heading', { name: /^ads nothing/ }),
    ).toBeVisible();
    await userEvent.keyboard('a');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.keyboard('k');
    await screen.findByRole('heading', { name: /^checkout 1.0.0/ });
    await userEvent.keyboard('a');
    expect(
      await screen.findByRole('dialog', {
        name: 'Approve checkout 2.0.0 to prod?',
      }),
    ).toBeVisible();
    await userEvent.keyboard('j');
    expect(location()).toHaveTextContent('?id=rollout-1');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.keyboard('?');
    expect(
      await screen.findByRole('dialog', { name: 'Keys on this page' }),
    ).toBeVisible();
  });

  it('lets the keys be switched off, for those whom single letters disturb', async () => {
    show();
    await screen.findByRole('list', { name: 'Waiting for me' });
    await userEvent.click(screen.getByRole('button', { name: 'Keys' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(
      dialog.getByRole('checkbox', { name: 'Use these keys' }),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.keyboard('j');
    expect(location()).not.toHaveTextContent('id=');
  });

  it('votes, and reads again what waits', async () => {
    let items = [approval()];
    show(
      {
        listApprovals: async () => onlyPage(items),
        decideApproval: async () => {
          items = [];
          return approval({ state: 'approved' });
        },
      },
      '?id=rollout-1',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText('Nothing waits for you')).toBeVisible();
  });

  it('says what failed, and tries again', async () => {
    let works = false;
    show({
      listApprovals: async () => {
        if (!works) throw new Error('no answer');
        return onlyPage([
          approval({ rollout: heldRollout({ release: release('3.0.0') }) }),
        ]);
      },
    });
    expect(
      await screen.findByText('The approvals could not be read'),
    ).toBeVisible();
    works = true;
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(await screen.findByRole('link', { name: /3\.0\.0/ })).toBeVisible();
  });
});
