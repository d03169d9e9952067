import { screen, waitFor } from '@testing-library/react';
import { renderPage } from '../../__testUtils__/renderPage';
import { DeliveryNavIcon } from './DeliveryNavIcon';

describe('the icon in the sidebar', () => {
  it('counts the approvals that wait for the person, in words too', async () => {
    renderPage(<DeliveryNavIcon />, {
      listApprovals: async () => ({ items: [], page: { totalItems: 3 } }),
    });
    expect(
      await screen.findByText('3 approvals wait for you'),
    ).toBeInTheDocument();
    expect(screen.getByText('3')).toBeVisible();
  });

  it('has no number for those who may not read approvals', async () => {
    const listApprovals = jest.fn(async () => {
      throw new Error('forbidden');
    });
    renderPage(<DeliveryNavIcon />, { listApprovals });
    await waitFor(() => expect(listApprovals).toHaveBeenCalled());
    expect(screen.queryByText(/wait for you/)).not.toBeInTheDocument();
  });
});
