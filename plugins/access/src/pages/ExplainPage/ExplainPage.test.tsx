import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { actions, ana, denial, eva } from '../../__testUtils__/fixtures';
import { renderAccess } from '../../__testUtils__/renderAccess';

describe('the explanation', () => {
  it('answers what stands in the URL: verdict, checked rules, and who could', async () => {
    const explain = jest.fn(async () => denial);
    renderAccess(
      '/access?user=user:default/ana&action=delivery.rollout.create&component=component:default/checkout&environment=resource:default/production',
      {
        listPeople: async () => [ana, eva],
        listActions: async () => actions,
        explain,
      },
    );
    const answer = within(
      await screen.findByRole('region', { name: 'The answer' }),
    );
    expect(await answer.findByText('Not allowed')).toBeVisible();
    expect(explain).toHaveBeenCalledWith({
      userEntityRef: 'user:default/ana',
      permission: 'delivery.rollout.create',
      componentRef: 'component:default/checkout',
      environmentRef: 'resource:default/production',
    });
    expect(answer.getByText(denial.message)).toBeVisible();
    expect(answer.getAllByTitle('Holds')).toHaveLength(1);
    expect(answer.getAllByTitle('Does not hold')).toHaveLength(1);
    expect(
      answer.getByText('permission.slipway.roles[1].allow[3]'),
    ).toBeVisible();
    expect(
      answer.getByRole('link', { name: 'Release manager' }),
    ).toHaveAttribute('href', '/access/roles');
    expect(await screen.findByLabelText('Component')).toHaveValue('Checkout');
  });

  it('is about oneself until somebody else is chosen, and keeps the question in the URL', async () => {
    renderAccess('/access', {
      listPeople: async () => [ana, eva],
      listActions: async () => actions,
      explain: async () => denial,
    });
    const person = await screen.findByLabelText('Person');
    await waitFor(() => expect(person).toHaveValue('Ana Ruiz'));
    expect(screen.getByText('Choose an action')).toBeVisible();
    await userEvent.click(person);
    await userEvent.click(screen.getByRole('option', { name: 'Eva Lind' }));
    await userEvent.click(screen.getByLabelText('Action'));
    await userEvent.click(
      screen.getByRole('option', { name: /Create rollout/ }),
    );
    await waitFor(() =>
      expect(screen.getByTestId('location')).toHaveTextContent(
        '/access?user=user%3Adefault%2Feva&action=delivery.rollout.create',
      ),
    );
  });

  it('takes no typing before it knows the people and the actions, which would be lost', async () => {
    let arrive = () => {};
    const arrived = new Promise<void>(resolve => {
      arrive = resolve;
    });
    renderAccess('/access', {
      listPeople: () => arrived.then(() => [ana, eva]),
      listActions: () => arrived.then(() => actions),
      explain: async () => denial,
    });
    const person = await screen.findByLabelText('Person');
    const action = screen.getByLabelText('Action');
    expect(person).toBeDisabled();
    expect(action).toBeDisabled();
    arrive();
    await waitFor(() => expect(person).toBeEnabled());
    expect(action).toBeEnabled();
  });

  it('says that people or actions could not be read, and leaves the fields usable', async () => {
    const listPeople = jest
      .fn()
      .mockRejectedValueOnce(new Error('The catalog does not answer'))
      .mockResolvedValue([ana, eva]);
    renderAccess('/access', {
      listPeople,
      listActions: async () => actions,
      explain: async () => denial,
    });
    expect(
      await screen.findByText(/The catalog does not answer/),
    ).toBeVisible();
    expect(screen.getByLabelText('Person')).toBeEnabled();
    await userEvent.click(screen.getByRole('button', { name: /retry|again/i }));
    await userEvent.type(screen.getByLabelText('Person'), 'Eva');
    expect(await screen.findByRole('option', { name: /Eva/ })).toBeVisible();
    expect(screen.queryByText(/does not answer/)).not.toBeInTheDocument();
  });

  it('lets those who see only themselves ask about themselves', async () => {
    const explain = jest.fn(async () => denial);
    renderAccess('/access', {
      listPeople: async () => [ana],
      listActions: async () => actions.map(({ rules, ...action }) => action),
      explain,
    });
    expect(
      await screen.findByText(/You see what you may do yourself/),
    ).toBeVisible();
    expect(screen.getByLabelText('Person')).toBeDisabled();
    await userEvent.type(screen.getByLabelText('Action'), 'rollout.create');
    await userEvent.click(
      screen.getByRole('option', { name: /Create rollout/ }),
    );
    expect(await screen.findByText('Not allowed')).toBeVisible();
    expect(explain).toHaveBeenCalledWith({
      userEntityRef: 'user:default/ana',
      permission: 'delivery.rollout.create',
    });
  });

  it('says what failed, and tries again', async () => {
    const explain = jest
      .fn()
      .mockRejectedValueOnce(new Error('There is no permission nonsense'))
      .mockResolvedValue(denial);
    renderAccess('/access?action=nonsense', {
      listPeople: async () => [ana],
      listActions: async () => actions,
      explain,
    });
    expect(
      await screen.findByText('There is no permission nonsense'),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Not allowed')).toBeVisible();
  });
});
