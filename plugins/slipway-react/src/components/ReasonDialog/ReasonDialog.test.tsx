import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReasonDialog } from './ReasonDialog';

type Body = { count: number; reason: string };

function show(more: Partial<Parameters<typeof ReasonDialog<Body, string>>[0]>) {
  const done = jest.fn();
  renderInTestApp(
    <ReasonDialog<Body, string>
      title="Scale it"
      submit="Scale"
      failed="It could not be scaled"
      body={reason => ({ count: 2, reason })}
      send={async () => 'scaled'}
      onDone={done}
      onClose={jest.fn()}
      {...more}
    />,
  );
  return done;
}

const reasonField = () => screen.findByRole('textbox', { name: /Reason/ });
const submit = () => screen.getByRole('button', { name: 'Scale' });

describe('the dialog that asks for a reason', () => {
  it('takes no reason that is too short, spaces not counted', async () => {
    const send = jest.fn(async () => 'scaled');
    const done = show({ send });
    await userEvent.type(await reasonField(), ' ab ');
    expect(submit()).toBeDisabled();
    await userEvent.type(await reasonField(), 'c ');
    await userEvent.click(submit());
    expect(send).toHaveBeenCalledWith(
      { count: 2, reason: 'ab c' },
      { idempotencyKey: expect.any(String) },
    );
    expect(done).toHaveBeenCalledWith('scaled');
  });

  it('sends nothing while something else is missing', async () => {
    show({ body: () => undefined });
    await userEvent.type(await reasonField(), 'A sale');
    expect(submit()).toBeDisabled();
  });

  it('tells what failed, and tries the same again with the same key', async () => {
    const send = jest.fn(async (body: Body, options: object) => {
      if (send.mock.calls.length < 3) throw new Error('Nobody answered');
      return `${body.reason} ${Object.keys(options)}`;
    });
    const done = show({ send });
    await userEvent.type(await reasonField(), 'A sale');
    await userEvent.click(submit());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('It could not be scaled');
    expect(alert).toHaveTextContent('Nobody answered');
    await userEvent.click(submit());
    await userEvent.type(await reasonField(), ' of coats');
    await userEvent.click(submit());
    const [first, second, third] = send.mock.calls.map(
      ([, options]) => options,
    );
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
    expect(done).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('is described by its text where it has one', async () => {
    show({ text: 'There will be two.' });
    expect(await screen.findByRole('dialog')).toHaveAccessibleDescription(
      'There will be two.',
    );
  });

  it('is described by nothing where it has none', async () => {
    show({});
    expect(await screen.findByRole('dialog')).not.toHaveAttribute(
      'aria-describedby',
    );
  });
});
