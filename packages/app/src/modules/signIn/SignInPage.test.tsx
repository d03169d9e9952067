import type { IdentityApi } from '@backstage/core-plugin-api';
import {
  discoveryApiRef,
  githubAuthApiRef,
} from '@backstage/frontend-plugin-api';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SignInPage } from './SignInPage';
import type { ExampleUser } from './ExampleUsersClient';
import { oidcAuthApiRef } from './oidcAuthApi';
import type { ProviderAuthApi } from './providerIdentity';

const ana: ExampleUser = {
  userEntityRef: 'user:default/ana',
  name: 'ana',
  displayName: 'Ana Ruiz',
  jobTitle: 'Software engineer',
  teams: ['Booking team'],
  roles: ['Viewer', 'Developer'],
};
const hugo: ExampleUser = {
  userEntityRef: 'user:default/hugo',
  name: 'hugo',
  displayName: 'Hugo Weber',
  teams: [],
  roles: [],
};

const sessionOf = (user: ExampleUser) => ({
  profile: { displayName: user.displayName },
  backstageIdentity: {
    token: `token-of-${user.name}`,
    expiresInSeconds: 3600,
    identity: {
      type: 'user',
      userEntityRef: user.userEntityRef,
      ownershipEntityRefs: [user.userEntityRef],
    },
  },
});

type Answer = () => { status?: number; body?: object };

/** Answers what the page asks of the auth backend, as "METHOD path". */
function mockBackend(answers: Record<string, Answer>) {
  return jest.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const path = String(input).replace(/^.*\/exampleUsers\//, '');
    const answer = answers[`${init?.method} ${path}`];
    const { status = 200, body } = answer
      ? answer()
      : { status: 401, body: { error: { message: 'nobody' } } };
    return new Response(
      body && JSON.stringify(body),
      // A Response with a status 204 may have no body.
      { status, headers: { 'Content-Type': 'application/json' } },
    );
  });
}

function authApi(
  userEntityRef: string | undefined,
  asked: jest.Mock = jest.fn(),
): ProviderAuthApi {
  return {
    getBackstageIdentity: async options => {
      asked(options);
      if (!userEntityRef || options?.optional) return undefined;
      return {
        token: 't',
        identity: { type: 'user', userEntityRef, ownershipEntityRefs: [] },
      };
    },
    getProfile: async () => ({ displayName: 'Somebody' }),
    signIn: async () => {},
    signOut: async () => {},
    sessionState$: () => {
      throw new Error('not used');
    },
  };
}

function renderPage(
  methods: string[],
  providers: { github?: ProviderAuthApi; oidc?: ProviderAuthApi } = {},
) {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    apis: [
      [discoveryApiRef, { getBaseUrl: async id => `http://backend/api/${id}` }],
      [githubAuthApiRef, providers.github ?? authApi(undefined)],
      [oidcAuthApiRef, providers.oidc ?? authApi(undefined)],
    ],
    config: { app: { title: 'Slipway', signIn: { methods } } },
  });
  return { onSignInSuccess };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('SignInPage with example users', () => {
  it('shows who can be chosen, with job, team and roles', async () => {
    mockBackend({ 'GET users': () => ({ body: { items: [ana, hugo] } }) });
    renderPage(['exampleUsers']);

    const card = await screen.findByTestId('example-user-ana');
    expect(card).toHaveAccessibleName(
      /Ana Ruiz.*Software engineer.*Booking team.*Viewer.*Developer/,
    );
    expect(card).toHaveTextContent('AR');
    expect(screen.getByTestId('example-user-hugo')).toHaveTextContent(
      'No role',
    );
  });

  it('signs in as the chosen one with the keyboard alone', async () => {
    const fetched = mockBackend({
      'GET users': () => ({ body: { items: [ana, hugo] } }),
      'POST refresh': () => ({ body: sessionOf(hugo) }),
    });
    const { onSignInSuccess } = renderPage(['exampleUsers']);
    await screen.findByTestId('example-user-ana');

    const keyboard = userEvent.setup();
    screen.getByTestId('example-user-ana').focus();
    await keyboard.tab();
    expect(screen.getByTestId('example-user-hugo')).toHaveFocus();
    await keyboard.keyboard('{Enter}');

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [identity] = onSignInSuccess.mock.calls[0];
    await expect(identity.getBackstageIdentity()).resolves.toMatchObject({
      userEntityRef: 'user:default/hugo',
    });
    await expect(identity.getCredentials()).resolves.toEqual({
      token: 'token-of-hugo',
    });
    expect(fetched).toHaveBeenCalledWith(
      'http://backend/api/auth/exampleUsers/refresh',
      expect.objectContaining({
        method: 'POST',
        credentials: 'include',
        body: JSON.stringify({ userEntityRef: 'user:default/hugo' }),
        headers: expect.objectContaining({
          'X-Requested-With': 'XMLHttpRequest',
        }),
      }),
    );
  });

  it('goes on as who was chosen before a reload, without showing the list', async () => {
    mockBackend({ 'GET refresh': () => ({ body: sessionOf(ana) }) });
    const { onSignInSuccess } = renderPage(['exampleUsers']);
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(screen.queryByTestId('example-user-ana')).not.toBeInTheDocument();
  });

  it('says why it could not sign in, and lets another be chosen', async () => {
    mockBackend({
      'GET users': () => ({ body: { items: [ana, hugo] } }),
      'POST refresh': () => ({
        status: 404,
        body: {
          error: { name: 'NotFoundError', message: 'no such user' },
          response: { statusCode: 404 },
        },
      }),
    });
    renderPage(['exampleUsers']);
    await userEvent.click(await screen.findByTestId('example-user-ana'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Could not sign in/,
    );
    expect(screen.getByTestId('example-user-hugo')).toBeEnabled();
  });

  it('waits for a catalog that has no users yet', async () => {
    let asked = 0;
    mockBackend({
      'GET users': () => ({ body: { items: asked++ === 0 ? [] : [ana] } }),
    });
    renderPage(['exampleUsers']);
    expect(await screen.findByText(/has no users yet/)).toBeInTheDocument();
    expect(
      await screen.findByTestId('example-user-ana', {}, { timeout: 4000 }),
    ).toBeInTheDocument();
  });

  it('offers another try when the list cannot be read', async () => {
    let broken = true;
    mockBackend({
      'GET users': () =>
        broken ? { status: 500 } : { body: { items: [ana] } },
    });
    renderPage(['exampleUsers']);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Could not load the example users/,
    );
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByTestId('example-user-ana')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('can be filtered when there are many', async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      ...hugo,
      userEntityRef: `user:default/u${index}`,
      name: `u${index}`,
      displayName: `Person ${index}`,
    }));
    mockBackend({ 'GET users': () => ({ body: { items: [ana, ...many] } }) });
    renderPage(['exampleUsers']);
    await userEvent.type(
      await screen.findByLabelText('Filter by name, team or role'),
      'developer',
    );
    expect(screen.getByTestId('example-user-ana')).toBeInTheDocument();
    expect(screen.queryByTestId('example-user-u3')).not.toBeInTheDocument();
  });
});

describe('SignInPage with providers', () => {
  it('offers those of the config, in its order, and no example users', async () => {
    const fetched = mockBackend({});
    renderPage(['oidc', 'github']);
    const buttons = await screen.findAllByRole('button', { name: /^Sign in/ });
    expect(buttons.map(button => button.textContent)).toEqual([
      'Sign in with single sign-on',
      'Sign in with GitHub',
    ]);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('opens the window of the provider after the click and signs in', async () => {
    mockBackend({});
    const asked = jest.fn();
    const { onSignInSuccess } = renderPage(['github'], {
      github: authApi('user:default/octo', asked),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Sign in with GitHub' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(asked.mock.calls).toEqual([
      [{ optional: true }],
      [{ instantPopup: true }],
    ]);
  });

  it('says so when nothing is configured', async () => {
    mockBackend({});
    renderPage([]);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /app\.signIn\.methods/,
    );
  });
});
