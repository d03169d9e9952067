import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ResponseError } from '@backstage/errors';
import {
  fullRelease,
  onlyPage,
  promotion,
  promotionPlan,
} from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import type { DeliveryApi } from '../../api/deliveryApi';
import { PromotionsPage } from './PromotionsPage';

const done = promotion({
  id: 'promotion-0',
  phase: 'succeeded',
  waitingFor: undefined,
  trigger: 'automation',
  finishedAt: '2026-01-01T00:10:00Z',
});

function component(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service' },
  };
}

function show(api: Partial<DeliveryApi> = {}, path = '/delivery/promotions') {
  const listPromotions = jest.fn(
    async ({ active }: { active?: boolean } = {}) =>
      onlyPage([active ? promotion() : done]),
  );
  renderPage(
    <PromotionsPage />,
    { listPromotions, ...api },
    {
      path,
      entities: [component('checkout'), component('docs'), component('orders')],
    },
  );
  return { listPromotions };
}

describe('the list of promotions', () => {
  it('shows what goes on before what has ended, each with its stages in words', async () => {
    show();
    const active = within(
      await screen.findByRole('table', { name: 'Going on' }),
    );
    const what = 'orders 1.4.0, checkout 2.0.0';
    expect(
      active.getByRole('link', { name: `Promotion of ${what}` }),
    ).toHaveAttribute('href', '/delivery/promotions/promotion-1');
    expect(
      active.getByRole('list', { name: `Stages of the promotion of ${what}` }),
    ).toHaveTextContent('dev: Throughprod: Going on');
    const [, row] = active.getAllByRole('row');
    expect(row).toHaveTextContent(/Waits for gatesdana/);
    const ended = await screen.findByRole('table', { name: 'Ended' });
    expect(ended).toHaveTextContent('SucceededAutomatic');
    expect(
      active
        .getByRole('link', { name: `Promotion of ${what}` })
        .compareDocumentPosition(ended),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('reads its filters from the URL, and each list pages on its own', async () => {
    const listPromotions = jest.fn(async () => ({
      items: [promotion()],
      page: { totalItems: 30, nextCursor: 'more' },
    }));
    show(
      { listPromotions },
      '/delivery/promotions?active=false&component=component:default/orders',
    );
    await screen.findByRole('table', { name: 'Ended' });
    expect(
      screen.queryByRole('table', { name: 'Going on' }),
    ).not.toBeInTheDocument();
    expect(listPromotions).toHaveBeenLastCalledWith({
      active: false,
      limit: 25,
      componentRef: 'component:default/orders',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(listPromotions).toHaveBeenLastCalledWith(
      expect.objectContaining({ cursor: 'more' }),
    );
    expect(screen.getByTestId('location')).toHaveTextContent(
      'ended.cursor=more',
    );
    await userEvent.click(screen.getByRole('combobox', { name: 'State' }));
    await userEvent.click(screen.getByRole('option', { name: 'Going on' }));
    expect(
      await screen.findByRole('table', { name: 'Going on' }),
    ).toBeVisible();
    expect(screen.getByTestId('location')).not.toHaveTextContent('cursor');
  });

  it('says what a promotion is where there is none, and what failed', async () => {
    show({
      listPromotions: async ({ active } = {}) => {
        if (active) return onlyPage([]);
        throw new Error('no answer');
      },
    });
    expect(await screen.findByText('No promotion is going on')).toBeVisible();
    expect(
      await screen.findByText('The promotions could not be read'),
    ).toBeVisible();
  });
});

describe('promoting a set', () => {
  const listReleases: DeliveryApi['listReleases'] = async ({
    componentRef,
  } = {}) =>
    onlyPage(
      (
        {
          'component:default/checkout': ['2.0.0', '1.0.0'],
          'component:default/orders': ['1.4.0'],
        }[componentRef ?? ''] ?? []
      ).map(version => fullRelease(version, componentRef)),
    );

  async function open(api: Partial<DeliveryApi>) {
    show({ listReleases, ...api });
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote a set' }),
    );
    return within(await screen.findByRole('dialog'));
  }

  async function add(dialog: ReturnType<typeof within>, name: string) {
    await userEvent.click(
      dialog.getByRole('combobox', { name: 'Add a component' }),
    );
    await userEvent.click(await screen.findByRole('option', { name }));
  }

  it('puts components with releases together, shows what will happen, and starts it once', async () => {
    const planPromotion = jest.fn(async () => promotionPlan());
    const startPromotion = jest
      .fn()
      .mockRejectedValueOnce(new Error('The connection broke.'))
      .mockResolvedValueOnce(promotion({ id: 'new' }));
    const dialog = await open({ planPromotion, startPromotion });
    const submit = dialog.getByRole('button', { name: 'Promote' });
    expect(submit).toHaveAccessibleDescription('Choose a component first.');

    await add(dialog, 'orders');
    await add(dialog, 'checkout');
    await userEvent.click(
      await dialog.findByRole('combobox', { name: /Release of checkout/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: '1.0.0' }));
    const items = [
      { componentRef: 'component:default/orders', releaseId: 'release-1.4.0' },
      {
        componentRef: 'component:default/checkout',
        releaseId: 'release-1.0.0',
      },
    ];
    await waitFor(() =>
      expect(planPromotion).toHaveBeenLastCalledWith({ items }),
    );
    expect(
      await dialog.findByRole('list', { name: 'Order within each stage' }),
    ).toHaveTextContent('orders 1.4.0checkout 2.0.0, after orders');
    expect(dialog.getByRole('list', { name: 'Stages' })).toHaveTextContent(
      'devdevelopmentOn failure all goes backNothing to do there for orders',
    );

    await userEvent.click(dialog.getByRole('combobox', { name: /Up to/ }));
    await userEvent.click(screen.getByRole('option', { name: 'dev' }));
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason (optional)' }),
      'the sale',
    );
    await waitFor(() => expect(submit).toBeEnabled());
    await userEvent.click(submit);
    expect(await dialog.findByText('The connection broke.')).toBeVisible();
    await userEvent.click(submit);
    await waitFor(() =>
      expect(screen.getByTestId('location')).toHaveTextContent(
        '/delivery/promotions/new',
      ),
    );
    expect(startPromotion).toHaveBeenCalledTimes(2);
    const [first, second] = startPromotion.mock.calls;
    expect(first).toEqual([
      { items, toStage: 'dev', reason: 'the sale' },
      { idempotencyKey: expect.any(String) },
    ]);
    expect(second).toEqual(first);
  });

  it('does not offer components without a release', async () => {
    const dialog = await open({});
    await userEvent.click(
      dialog.getByRole('combobox', { name: 'Add a component' }),
    );
    expect(
      await screen.findByRole('option', { name: 'docs (has no release)' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('tells at the component what the API refuses of it', async () => {
    const refusal = await ResponseError.fromResponse(
      new Response(
        JSON.stringify({
          type: 'about:blank',
          title: 'Bad request',
          status: 400,
          detail: 'The set cannot be promoted.',
          errors: [
            { pointer: '/items/0', detail: 'No pipeline serves orders.' },
          ],
        }),
        { status: 400, headers: { 'content-type': 'application/json' } },
      ),
    );
    const dialog = await open({
      planPromotion: async () => {
        throw refusal;
      },
    });
    await add(dialog, 'orders');
    await waitFor(() =>
      expect(
        dialog.getByRole('combobox', { name: /Release of orders/ }),
      ).toHaveAccessibleDescription('No pipeline serves orders.'),
    );
    expect(
      dialog.getByRole('button', { name: 'Promote' }),
    ).toHaveAccessibleDescription('The set cannot be promoted.');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Take orders out' }),
    );
    expect(
      dialog.getByText(/Choose what to promote, and you will see the stages/),
    ).toBeVisible();
  });
});
