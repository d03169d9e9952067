import { screen } from '@testing-library/react';
import { renderPage } from '../../__testUtils__/renderPage';
import { KubernetesTabLink } from './KubernetesTabLink';

const componentRef = 'component:default/checkout';

const checkout = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default', annotations },
});

const known = checkout({ 'backstage.io/kubernetes-id': 'checkout' });

function show(
  runtime: string | undefined,
  options: Parameters<typeof renderPage>[2],
) {
  return renderPage(
    <>
      <KubernetesTabLink componentRef={componentRef} runtime={runtime} />
      <p>beside it</p>
    </>,
    {},
    options,
  );
}

describe('the link to the Kubernetes tab', () => {
  it.each(['kubernetes', 'argo-rollouts'])(
    'leads there for what runs on %s',
    async runtime => {
      show(runtime, { entities: [known], hasKubernetes: true });
      expect(
        await screen.findByRole('link', { name: 'Kubernetes tab' }),
      ).toHaveAttribute(
        'href',
        '/catalog/default/component/checkout/kubernetes',
      );
    },
  );

  it.each([
    ['it runs on this machine', 'local', known, true],
    ['nobody knows where it runs', undefined, known, true],
    ['the portal has no such plugin', 'kubernetes', known, false],
    ['the component has no such tab', 'kubernetes', checkout({}), true],
  ])('is not there when %s', async (_, runtime, entity, hasKubernetes) => {
    show(runtime, { entities: [entity], hasKubernetes });
    await screen.findByText('beside it');
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
    expect(screen.queryByRole('link')).toBeNull();
  });
});
