import { render, screen } from '@testing-library/react';
import { RelativeTime } from './RelativeTime';

const inSeconds = (seconds: number) =>
  new Date(Date.now() + seconds * 1000).toISOString();

describe('an instant in words', () => {
  it('is never to come when it has happened, whatever the clock says', () => {
    render(<RelativeTime at={inSeconds(30)} />);
    expect(screen.getByText('0 seconds ago')).toBeVisible();
  });

  it('is to come, or over, where both can be', () => {
    render(
      <>
        <RelativeTime at={inSeconds(2 * 86_400 + 60)} mayCome />
        <RelativeTime at={inSeconds(-300)} mayCome />
      </>,
    );
    expect(screen.getByText('in 2 days')).toBeVisible();
    expect(screen.getByText('5 minutes ago')).toBeVisible();
  });

  it('has the exact instant on hover, in UTC', () => {
    render(<RelativeTime at="2026-01-01T10:00:00+02:00" />);
    expect(screen.getByTitle('2026-01-01 08:00:00 UTC')).toBeVisible();
  });

  it('is left as it is when it is none', () => {
    render(<RelativeTime at="soon" />);
    expect(screen.getByText('soon')).toBeVisible();
  });
});
