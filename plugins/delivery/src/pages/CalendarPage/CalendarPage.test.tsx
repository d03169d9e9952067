import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import type { WindowOccurrence } from '@slipway/backstage-plugin-delivery-common';
import { windowException } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import type { DeliveryApi } from '../../api/deliveryApi';
import { CalendarPage } from './CalendarPage';

function occurrence(patch: Partial<WindowOccurrence> = {}): WindowOccurrence {
  return {
    name: 'winter',
    title: 'Winter freeze',
    type: 'deny',
    start: '2026-02-10T08:00:00Z',
    end: '2026-02-11T20:00:00Z',
    timeZone: 'Asia/Tokyo',
    match: { tiers: ['production'], systems: ['system:default/store'] },
    ...patch,
  };
}

const march = occurrence({
  name: 'office',
  title: 'Office hours',
  type: 'allow',
  start: '2026-03-01T10:00:00Z',
  end: '2026-03-01T16:00:00Z',
  match: {},
});

function show(
  search: string,
  items = [occurrence(), march],
  api: Partial<DeliveryApi> = {},
) {
  const listWindowOccurrences = jest.fn(
    async (_range: Parameters<DeliveryApi['listWindowOccurrences']>[0]) => ({
      items,
      problems: [],
    }),
  );
  renderPage(
    <CalendarPage />,
    { listWindowOccurrences, listWindowExceptions: async () => [], ...api },
    { path: `/delivery/calendar${search}` },
  );
  return listWindowOccurrences;
}

describe('the calendar', () => {
  it('shows a month as a table of weeks, each window on its days', async () => {
    const list = show('?month=2026-02');
    const table = await screen.findByRole('table', { name: 'February 2026' });
    expect(within(table).getAllByRole('columnheader')[0]).toHaveTextContent(
      'Mon',
    );
    const days = within(table)
      .getAllByRole('cell')
      .filter(cell => cell.textContent?.includes('Freeze:'));
    expect(days).toHaveLength(2);
    expect(days[0]).toHaveTextContent(/^10Freeze:\d\d:00 Winter freeze$/);
    expect(days[1]).toHaveTextContent(/^11Freeze:Winter freeze$/);
    const { from, to } = list.mock.calls
      .map(([range]) => range)
      .find(range => range.from.startsWith('2026-01'))!;
    expect(DateTime.fromISO(from).toISODate()).toBe('2026-01-26');
    expect(DateTime.fromISO(to).toISODate()).toBe('2026-03-02');
  });

  it('shows a list with what each applies to, and the time of its own zone', async () => {
    show('?month=2026-02&view=list');
    const table = await screen.findByRole('table', { name: 'February 2026' });
    const [, row, ...others] = within(table).getAllByRole('row');
    expect(others).toHaveLength(0);
    expect(row).toHaveTextContent('FreezeWinter freeze');
    expect(row).toHaveTextContent('tiers production; systems store');
    expect(
      within(row).getAllByTitle(
        '10 Feb 2026, 17:00 to 12 Feb 2026, 05:00 in Asia/Tokyo',
      ),
    ).toHaveLength(2);
  });

  it('goes from month to month, and keeps month and view in the URL', async () => {
    show('?month=2026-02');
    await screen.findByRole('table', { name: 'February 2026' });
    await userEvent.click(screen.getByRole('button', { name: 'Next month' }));
    await userEvent.click(screen.getByRole('button', { name: 'List' }));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '/delivery/calendar?month=2026-03&view=list',
    );
    expect(
      await screen.findByRole('row', { name: /Office hours.*everything/ }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Today' }));
    expect(screen.getByTestId('location')).toHaveTextContent(
      '/delivery/calendar?view=list',
    );
  });

  it('marks today, and puts the freezes that are on first', async () => {
    const now = DateTime.now();
    show('', [
      occurrence({
        start: now.minus({ hours: 1 }).toUTC().toISO(),
        end: now.plus({ hours: 1 }).toUTC().toISO(),
      }),
    ]);
    expect(
      await screen.findByRole('list', { name: 'Frozen now' }),
    ).toHaveTextContent(/Winter freeze: until .*tiers production/);
    const table = await screen.findByRole('table', {
      name: now.setLocale('en').toFormat('LLLL yyyy'),
    });
    const today = within(table)
      .getAllByRole('cell')
      .filter(cell => cell.getAttribute('aria-current') === 'date');
    expect(today).toHaveLength(1);
    expect(today[0]).toHaveTextContent(`${now.day} today`);
  });

  it('says so when a month has no window', async () => {
    show('?month=2026-02&view=list', []);
    expect(await screen.findByText('No window in February 2026')).toBeVisible();
    expect(await screen.findByText('No exceptions')).toBeVisible();
  });

  it('lists whom windows let through, and ends that for a reason', async () => {
    const endWindowException = jest.fn(async () => windowException());
    show('', [], {
      listWindowExceptions: async () => [
        windowException(),
        windowException({
          id: 'exception-2',
          state: 'pending',
          approvedBy: [],
          allowedActions: {
            end: { allowed: false, reason: 'The exception is not in force.' },
          },
        }),
      ],
      endWindowException,
    });
    const [agreed, asked, ...others] = within(
      await screen.findByRole('list', { name: 'Exceptions' }),
    ).getAllByRole('listitem');
    expect(others).toHaveLength(0);
    expect(agreed).toHaveTextContent(
      /^Agreedcheckout in prod: 2099-01-01 10:00:00 UTC to/,
    );
    expect(agreed).toHaveTextContent(
      'Through Year end: “customers cannot pay”Asked by dana; agreed to by eva',
    );
    expect(asked).toHaveTextContent(/^Asked for.*Asked by danaDecision$/);
    expect(within(asked).queryByRole('button')).toBeNull();
    await userEvent.click(
      within(agreed).getByRole('button', { name: 'End now' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'It is mended',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'End now' }));
    expect(endWindowException).toHaveBeenCalledWith(
      'exception-1',
      { reason: 'It is mended' },
      { idempotencyKey: expect.any(String) },
    );
  });
});
