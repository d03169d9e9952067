import { lookup } from 'node:dns';
import type {
  AnalysisSubject,
  DeliveryAnalysisProvider,
  DeliveryCallContext,
  MeasuredValue,
} from '@slipway/backstage-plugin-delivery-node';
import type { AllowList } from './AllowList';
import type { Resolve } from './checkedLookup';
import { describeResult } from './describeResult';
import { requestJson } from './requestJson';
import { selectValue } from './selectValue';
import { parseWebQuery, webQuerySchema } from './webQuery';

/** Reads one value from a JSON document over HTTP. */
export class WebAnalysisProvider implements DeliveryAnalysisProvider {
  readonly name = 'web';
  readonly title = 'JSON over HTTP';
  readonly schema = webQuerySchema;
  readonly #allowList: AllowList;
  readonly #resolve: Resolve;

  constructor(options: {
    allowList: AllowList;
    /** How names become addresses; the system's resolver when left out. */
    resolve?: Resolve;
  }) {
    this.#allowList = options.allowList;
    this.#resolve = options.resolve ?? lookup;
  }

  async measure(
    query: Parameters<DeliveryAnalysisProvider['measure']>[0],
    _subject: AnalysisSubject,
    context: DeliveryCallContext,
  ): Promise<MeasuredValue> {
    const parsed = parseWebQuery(query);
    const document = await requestJson(parsed, {
      allowList: this.#allowList,
      resolve: this.#resolve,
      signal: context.signal,
    });
    const { jsonPath } = parsed;
    const result =
      jsonPath === undefined ? document : selectValue(document, jsonPath);
    return {
      result,
      ...(typeof result === 'number' &&
        Number.isFinite(result) && { value: result }),
      message: describeResult(result, jsonPath),
    };
  }
}
