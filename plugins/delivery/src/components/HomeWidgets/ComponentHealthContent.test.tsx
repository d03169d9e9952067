import { screen, within } from '@testing-library/react';
import { deployment, onlyPage } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';
import { ComponentHealthContent } from './ComponentHealthContent';

describe('the health of my components', () => {
  it('asks for what I own, and shows the worst first', async () => {
    const listDeployments = jest.fn(async () =>
      onlyPage([
        deployment('ads', 'dev', '1.0.0'),
        deployment('checkout', 'prod', '2.0.0', { health: 'degraded' }),
      ]),
    );
    renderPage(<ComponentHealthContent />, { listDeployments });
    const table = await screen.findByRole('table', {
      name: 'Health of your components',
    });
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('checkoutprod2.0.0Degraded');
    expect(second).toHaveTextContent('ads');
    expect(listDeployments).toHaveBeenCalledWith(
      expect.objectContaining({ owner: expect.stringMatching(/^user:/) }),
    );
  });
});
