import { useEffect, useRef } from 'react';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  DELIVERY_SIGNAL_CHANNEL,
  type DeliverySignal,
} from '@slipway/backstage-plugin-delivery-common';

/** Milliseconds in which signals are collected, so that a burst of events causes one read. */
const GATHER_MS = 300;

/**
 * Calls back with the signals that came in, gathered. Not `useSignal`: that holds the last message only, and React may
 * render once for two, so that the first would be lost. Portals without the signals plugin just never call back.
 */
export function useDeliverySignal(
  onSignals: (signals: DeliverySignal[]) => void,
) {
  const signalApi = useApiHolder().get(signalApiRef);
  const callback = useRef(onSignals);
  useEffect(() => {
    callback.current = onSignals;
  });

  useEffect(() => {
    if (!signalApi) return undefined;
    let gathered: DeliverySignal[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const signals = gathered;
      gathered = [];
      timer = undefined;
      callback.current(signals);
    };
    const { unsubscribe } = signalApi.subscribe<DeliverySignal>(
      DELIVERY_SIGNAL_CHANNEL,
      signal => {
        gathered.push(signal);
        timer ??= setTimeout(flush, GATHER_MS);
      },
    );
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [signalApi]);
}
