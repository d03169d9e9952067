import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { deliveryTranslationRef } from '../translation';

export type T = TranslationFunction<(typeof deliveryTranslationRef)['T']>;

/** The plugin's texts. */
export function useT(): T {
  return useTranslationRef(deliveryTranslationRef).t;
}
