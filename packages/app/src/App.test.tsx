import { render, screen } from '@testing-library/react';
import App from './App';

const data = {
  app: {
    title: 'Slipway',
    baseUrl: 'http://localhost:3000',
    signIn: { methods: ['github'] },
  },
  backend: { baseUrl: 'http://localhost:7007' },
};

describe('App', () => {
  it('asks who is there before anything else', async () => {
    // Nobody was signed in before in this browser.
    jest
      .spyOn(window, 'fetch')
      .mockImplementation(async () => new Response('{}', { status: 401 }));
    // A bundle has the config as an object in this variable; an assignment to the real process.env would make it a text.
    process.env = {
      ...process.env,
      APP_CONFIG: [{ data, context: 'test' }] as unknown as string,
    };

    render(App.createRoot());

    expect(
      await screen.findByRole(
        'heading',
        { name: 'Sign in to Slipway' },
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sign in with GitHub' }),
    ).toBeInTheDocument();
  }, 30_000);
});
