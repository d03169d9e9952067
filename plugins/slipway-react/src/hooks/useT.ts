import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { slipwayTranslationRef } from '../translation';

// Spelt out: inferred, it would be written into every declaration in full.
type T = TranslationFunction<(typeof slipwayTranslationRef)['T']>;

/** The package's own texts. */
export function useT(): T {
  return useTranslationRef(slipwayTranslationRef).t;
}
