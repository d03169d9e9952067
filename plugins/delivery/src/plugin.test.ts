import plugin from './index';

describe('the plugin', () => {
  it.each([
    'api:delivery',
    'page:delivery',
    'entity-content:delivery/deployments',
    'entity-card:delivery/deployments',
    'home-page-widget:delivery/inbox',
    'home-page-widget:delivery/active-rollouts',
    'home-page-widget:delivery/component-health',
  ])('has the extension %s', id => {
    expect(plugin.getExtension(id as 'page:delivery')).toBeDefined();
  });
});
