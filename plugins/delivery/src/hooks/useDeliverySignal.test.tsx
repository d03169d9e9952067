import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import type { DeliverySignal } from '@slipway/backstage-plugin-delivery-common';
import { useDeliverySignal } from './useDeliverySignal';

const signal = (environment: string): DeliverySignal => ({
  type: 'changed',
  componentRef: 'component:default/checkout',
  environmentRef: `resource:default/${environment}`,
});

describe('signals', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are gathered, and none is lost', () => {
    let send: (message: DeliverySignal) => void = () => {};
    const unsubscribe = jest.fn();
    const onSignals = jest.fn();
    const { unmount } = renderHook(() => useDeliverySignal(onSignals), {
      wrapper: ({ children }: PropsWithChildren<{}>) => (
        <TestApiProvider
          apis={[
            [
              signalApiRef,
              {
                subscribe: (_channel, callback) => {
                  send = message => callback(message as never);
                  return { unsubscribe };
                },
              },
            ],
          ]}
        >
          {children}
        </TestApiProvider>
      ),
    });
    send(signal('dev'));
    send(signal('prod'));
    expect(onSignals).not.toHaveBeenCalled();
    act(() => jest.runAllTimers());
    expect(onSignals).toHaveBeenCalledTimes(1);
    expect(onSignals).toHaveBeenCalledWith([signal('dev'), signal('prod')]);
    unmount();
    expect(unsubscribe).toHaveBeenCalled();
  });

  it('are not needed', () => {
    expect(() =>
      renderHook(() => useDeliverySignal(() => {}), {
        wrapper: ({ children }: PropsWithChildren<{}>) => (
          <TestApiProvider apis={[]}>{children}</TestApiProvider>
        ),
      }),
    ).not.toThrow();
  });
});
