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

  it('says what failed', async () => {
    show(async () => {
      throw new Error('no answer');
    });
    expect(
      await screen.findByText('The pipelines could not be read'),
    ).toBeVisible();
  });
});
