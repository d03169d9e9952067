import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { accessTranslationRef } from '../translation';

// Spelt out: inferred, it would be written into every declaration in full.
type T = TranslationFunction<(typeof accessTranslationRef)['T']>;

/** The plugin's texts. */
export function useT(): T {
  return useTranslationRef(accessTranslationRef).t;
}
