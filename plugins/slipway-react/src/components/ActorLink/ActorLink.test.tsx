import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { ActorLink } from './ActorLink';

describe('who did it', () => {
  it('is a link where it is an entity, else a name', async () => {
    renderInTestApp(
      <>
        <ActorLink actor="user:default/ana" />
        <ActorLink actor="plugin:scaling" />
      </>,
      {
        mountedRoutes: {
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );
    expect(await screen.findByRole('link', { name: 'ana' })).toHaveAttribute(
      'href',
      '/catalog/default/user/ana',
    );
    expect(screen.getByText('plugin:scaling').closest('a')).toBeNull();
  });
});
