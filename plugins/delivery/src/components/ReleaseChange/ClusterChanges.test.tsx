import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReleasePreview } from '@slipway/backstage-plugin-delivery-common';
import type { DeliveryApi } from '../../api/deliveryApi';
import { renderPage } from '../../__testUtils__/renderPage';
import { ClusterChanges } from './ClusterChanges';

const wanted = {
  releaseId: 'release-2.0.0',
  environmentRef: 'resource:default/prod',
};

const show = (previewRelease: DeliveryApi['previewRelease']) =>
  renderPage(<ClusterChanges wanted={wanted} />, { previewRelease });

const section = () =>
  screen.findByRole('region', { name: 'What the cluster would change' });

describe('what the cluster would change', () => {
  it('says that the cluster is asked, and then what changes line by line', async () => {
    let answer: (preview: ReleasePreview) => void = () => {};
    show(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    expect(
      await screen.findByRole('status', { name: /^The cluster is asked/ }),
    ).toBeVisible();
    expect(await section()).toHaveAttribute('aria-busy', 'true');
    answer({
      state: 'known',
      note: 'The command before the rollout is run first, as a Job',
      items: [
        {
          name: 'Deployment checkout',
          change: 'changed',
          patch: '@@ -1 +1 @@\n-image: shop:1\n+image: shop:2\n',
        },
      ],
    });
    const patch = await screen.findByRole('region', {
      name: 'Deployment checkout',
    });
    expect(patch).toHaveTextContent('-image: shop:1+image: shop:2');
    expect(patch).toHaveAttribute('tabindex', '0');
    expect(await section()).toHaveTextContent('as a Job.');
    expect(await section()).not.toHaveTextContent('Nothing would change');
  });

  it('says that nothing would change', async () => {
    show(async () => ({ state: 'known', items: [] }));
    expect(await screen.findByText('Nothing would change.')).toBeVisible();
  });

  it('tells conflicts in words instead of a patch', async () => {
    show(async () => ({
      state: 'known',
      items: [
        {
          name: 'Deployment checkout',
          change: 'changed',
          patch: '',
          conflicts: [
            {
              field: '.spec.paused',
              owner: 'flux',
              message: '.spec.paused belongs to flux',
            },
          ],
        },
      ],
    }));
    const alert = within(await screen.findByRole('alert'));
    expect(
      alert.getByText('Deployment checkout would not be changed:'),
    ).toBeVisible();
    expect(alert.getByRole('listitem')).toHaveTextContent(
      '.spec.paused belongs to flux',
    );
    expect(screen.queryByText('Nothing would change.')).toBeNull();
    expect(
      screen.queryByRole('region', { name: 'Deployment checkout' }),
    ).toBeNull();
  });

  it('says why it is not known, and asks again when told to', async () => {
    const previewRelease = jest
      .fn()
      .mockResolvedValueOnce({
        state: 'unknown',
        reason: "Cluster 'main' does not answer",
        items: [],
      })
      .mockResolvedValueOnce({ state: 'known', items: [] });
    show(previewRelease);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Not known: Cluster 'main' does not answer.",
    );
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    await screen.findByText('Nothing would change.');
    expect(previewRelease).toHaveBeenCalledTimes(2);
  });

  it('says that it could not be read', async () => {
    show(async () => {
      throw new Error('The connection broke.');
    });
    expect(await screen.findByText('The connection broke.')).toBeVisible();
  });

  it('is not there where the runtime does not tell beforehand', async () => {
    const previewRelease = jest.fn(async () => ({
      state: 'none' as const,
      items: [],
    }));
    show(previewRelease);
    await waitFor(() => expect(previewRelease).toHaveBeenCalled());
    await waitFor(() =>
      expect(
        screen.queryByText('What the cluster would change'),
      ).not.toBeInTheDocument(),
    );
  });
});
