import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import type { Delegation } from '@slipway/backstage-plugin-delivery-common';
import { renderPage } from '../../__testUtils__/renderPage';
import { DelegationsPanel } from './DelegationsPanel';

const given: Delegation = {
  id: 'd1',
  from: 'user:default/guest',
  to: 'user:default/olga',
  until: '2099-01-01T00:00:00Z',
  createdAt: '2026-01-01T00:00:00Z',
  active: true,
};

const olga = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'olga', namespace: 'default' },
  spec: { profile: { displayName: 'Olga Ortiz' } },
};

describe('voting for others', () => {
  it('says who votes for whom until when, and ends it', async () => {
    const endDelegation = jest.fn(async () => given);
    renderPage(<DelegationsPanel />, {
      listDelegations: async () => [
        given,
        {
          ...given,
          id: 'd2',
          from: 'user:default/eva',
          to: 'user:default/guest',
          reason: 'on holiday',
        },
        { ...given, id: 'd3', to: 'user:default/ana', active: false },
      ],
      endDelegation,
    });
    const list = await screen.findByRole('list', { name: 'Voting for others' });
    await waitFor(() =>
      expect(list).toHaveTextContent(/You vote for eva until in \d+ years/),
    );
    expect(list).toHaveTextContent('“on holiday”');
    expect(list).toHaveTextContent(/olga votes for you until in \d+ years/);
    expect(list).not.toHaveTextContent('ana');
    await userEvent.click(
      screen.getByRole('button', { name: 'End now: olga votes for you' }),
    );
    expect(endDelegation).toHaveBeenCalledWith('d1', {
      idempotencyKey: expect.any(String),
    });
  });

  it('lets a person of the catalog vote, until the end of a day', async () => {
    const createDelegation = jest.fn(async () => given);
    renderPage(
      <DelegationsPanel />,
      { listDelegations: async () => [], createDelegation },
      { entities: [olga] },
    );
    expect(await screen.findByText(/Nobody votes for you/)).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Let somebody vote for me' }),
    );
    const submit = screen.getByRole('button', { name: 'Let them vote for me' });
    expect(submit).toBeDisabled();
    await userEvent.click(screen.getByRole('combobox', { name: 'Person' }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Olga Ortiz' }),
    );
    const until = screen.getByLabelText('Until');
    await userEvent.type(until, '2020-01-01');
    expect(screen.getByText('Choose a day from today on.')).toBeVisible();
    await userEvent.clear(until);
    await userEvent.type(until, '2099-05-01');
    await userEvent.click(submit);
    expect(createDelegation).toHaveBeenCalledWith(
      {
        to: 'user:default/olga',
        until: DateTime.fromISO('2099-05-01').endOf('day').toUTC().toISO(),
      },
      { idempotencyKey: expect.any(String) },
    );
    await waitFor(() => expect(submit).not.toBeInTheDocument());
  });
});
