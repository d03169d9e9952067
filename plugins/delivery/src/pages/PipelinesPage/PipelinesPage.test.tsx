import { screen, within } from '@testing-library/react';
import { pipeline } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import type { DeliveryApi } from '../../api/deliveryApi';
import { PipelinesPage } from './PipelinesPage';

function show(listPipelines: DeliveryApi['listPipelines']) {
  renderPage(
    <PipelinesPage />,
    { listPipelines },
    { path: '/delivery/pipelines' },
  );
}

describe('the page of pipelines', () => {
  it('shows each with its source, its digest and its stages in words', async () => {
    show(async () => ({ items: [pipeline()], problems: [] }));
    const table = await screen.findByRole('table', {
      name: 'Stages of Standard',
    });
    const [, dev, prod] = within(table).getAllByRole('row');
    expect(dev).toHaveTextContent('devdevthe startnonedefault of the tier');
    expect(dev).toHaveTextContent(
      'noneWhen somebody asks for itOn failure all goes back',
    );
    expect(prod).toHaveTextContent('Productionproddev');
    expect(prod).toHaveTextContent(
      'Approval: 2 of platform, olgaSoak time: 1hPolicy: signed',
    );
    expect(prod).toHaveTextContent('Rolling');
    expect(screen.getByText('file:pipelines.yaml')).toBeVisible();
    expect(screen.getByText('sha256:aaaaaaaaaaaa…')).toBeVisible();
    expect(
      screen.getByText('Every component that no other pipeline serves'),
    ).toBeVisible();
  });

  it('says which stages promote by themselves, what they verify, how long they may take and what a failure does', async () => {
    const [dev, prod] = pipeline().stages;
    show(async () => ({
      items: [
        pipeline({
          stages: [
            dev,
            {
              ...prod,
              autoPromote: true,
              onFailure: 'hold',
              timeout: '4h',
              verification: {
                metrics: [
                  {
                    name: 'error-rate',
                    provider: { web: {} },
                    successCondition: 'result < 0.05',
                  },
                ],
              },
            },
          ],
        }),
      ],
      problems: [],
    }));
    expect(
      await screen.findByRole('row', { name: /^Production/ }),
    ).toHaveTextContent(
      'error-rateAutomaticAt most 4hOn failure it waits for a person',
    );
  });

  it('shows documents that were not taken, with line and field', async () => {
    show(async () => ({
      items: [],
      problems: [
        {
          source: 'file:broken.yaml',
          line: 12,
          field: '/spec/stages/0/name',
          detail: 'A name has no capitals.',
          since: '2026-01-01T00:00:00Z',
        },
      ],
    }));
    expect(
      await screen.findByRole('list', {
        name: 'Documents that were not taken',
      }),
    ).toHaveTextContent(
      /file:broken.yaml, line 12, \/spec\/stages\/0\/name: A name has no capitals. \(since/,
    );
    expect(screen.getByText('No pipeline is in force')).toBeVisible();
  });

  it('shows the pipeline of a component beside one of the same name, with a link to its source', async () => {
    const source = 'https://example.com/checkout/pipeline.yaml';
    show(async () => ({
      items: [
        pipeline(),
        pipeline({
          isDefault: false,
          componentRef: 'component:default/checkout',
          source,
        }),
      ],
      problems: [
        {
          source,
          componentRef: 'component:default/checkout',
          detail: 'cannot be read',
          since: '2026-01-01T00:00:00Z',
        },
      ],
    }));
    expect(
      await screen.findByRole('table', {
        name: 'Stages of Standard of component:default/checkout',
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('table', { name: 'Stages of Standard' }),
    ).toBeVisible();
    const [problem, inForce] = screen.getAllByRole('link', {
      name: /^https:\/\/example\.com\/checkout\/pipeline\.yaml/,
    });
    expect(problem).toHaveAttribute('href', source);
    expect(inForce).toHaveAttribute('href', source);
    expect(screen.getAllByRole('link', { name: /checkout$/ })).toHaveLength(2);
  });

  it('says what failed', async () => {
    show(async () => {
      throw new Error('no answer');
    });
    expect(
      await screen.findByText('The pipelines could not be read'),
    ).toBeVisible();
  });
});
