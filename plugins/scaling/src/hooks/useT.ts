import {
  useTranslationRef,
  type TranslationFunction,
} from '@backstage/frontend-plugin-api';
import { scalingTranslationRef } from '../translation';

export type T = TranslationFunction<(typeof scalingTranslationRef)['T']>;

/** The plugin's texts. */
export function useT(): T {
  return useTranslationRef(scalingTranslationRef).t;
}
