import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { actions, ana, eva, roles } from '../__testUtils__/fixtures';
import { refuse, renderAccess } from '../__testUtils__/renderAccess';

describe('the people', () => {
  it('stand with their roles and where those come from, and lead to what they may do', async () => {
    renderAccess('/access/people', { listPeople: async () => [ana, eva] });
    const row = (await screen.findByText('Ana Ruiz')).closest('tr')!;
    expect(row).toHaveTextContent('Developer (through engineering)');
    expect(
      within(row).getByRole('link', { name: 'Ask about Ana Ruiz' }),
    ).toHaveAttribute('href', '/access?user=user%3Adefault%2Fana');
    expect(screen.getByText('Eva Lind').closest('tr')).toHaveTextContent(
      'No role: may do nothing',
    );
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Filter people' }),
      'develop',
    );
    expect(screen.queryByText('Eva Lind')).toBeNull();
    expect(screen.getByTestId('location')).toHaveTextContent('filter=develop');
    await userEvent.type(screen.getByRole('searchbox'), 'x');
    expect(screen.getByText('Nobody found')).toBeVisible();
  });

  it('come in pages when they are many', async () => {
    renderAccess('/access/people', {
      listPeople: async () =>
        Array.from({ length: 60 }, (_, index) => ({
          userEntityRef: `user:default/p${index}`,
          displayName: `Person ${index}`,
          roles: [],
        })),
    });
    expect(await screen.findByText('Person 24')).toBeVisible();
    expect(screen.queryByText('Person 25')).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Go to next page' }),
    );
    expect(screen.getByText('Person 25')).toBeVisible();
    expect(screen.queryByText('Person 24')).toBeNull();
  });
});

describe('the roles', () => {
  it('say who has them, what they allow, when, and where that is configured', async () => {
    renderAccess('/access/roles', { listRoles: async () => roles });
    const role = within(
      await screen.findByRole('region', { name: 'Developer' }),
    );
    expect(role.getByText('Delivers own components.')).toBeVisible();
    expect(role.getByText(/everybody signed in/)).toBeVisible();
    expect(role.getByText('1 person has it')).toBeVisible();
    const table = role.getByRole('table', { name: 'Rules of Developer' });
    expect(table).toHaveTextContent('Create rollout delivery.rollout.create');
    expect(table).toHaveTextContent('tier is development or staging');
    expect(table).toHaveTextContent('permission.slipway.roles[1].allow[3]');
  });

  it('are refused in words', async () => {
    renderAccess('/access/roles', { listRoles: refuse });
    expect(await screen.findByText(/slipway.access.read/)).toBeVisible();
  });

  it('say what to do when there are none', async () => {
    renderAccess('/access/roles', { listRoles: async () => [] });
    expect(await screen.findByText('There are no roles')).toBeVisible();
  });
});

describe('the actions', () => {
  it('say to whom they are allowed, and lead to the question about them', async () => {
    renderAccess('/access/actions', { listActions: async () => actions });
    const link = await screen.findByRole('link', { name: 'Create rollout' });
    expect(link).toHaveAttribute(
      'href',
      '/access?action=delivery.rollout.create',
    );
    expect(link.closest('tr')).toHaveTextContent('Release manager: always');
    expect(screen.getByText('Read entity').closest('tr')).toHaveTextContent(
      'Nobody',
    );
    await userEvent.type(screen.getByRole('searchbox'), 'rollout');
    expect(screen.queryByText('Read entity')).toBeNull();
  });

  it('are named to those who may not see the rules', async () => {
    renderAccess('/access/actions', {
      listActions: async () => actions.map(({ rules, ...action }) => action),
    });
    const link = await screen.findByRole('link', { name: 'Create rollout' });
    expect(link.closest('tr')).toHaveTextContent('slipway.access.read');
  });

  it('of one plugin can be linked to', async () => {
    renderAccess('/access/actions?plugin=catalog', {
      listActions: async () => actions,
    });
    expect(await screen.findByText('Read entity')).toBeVisible();
    expect(screen.queryByText('Create rollout')).toBeNull();
  });
});
