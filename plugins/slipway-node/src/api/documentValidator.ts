import type { RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';

const validators = new WeakMap<object, RequestHandler[]>();

/**
 * Holds requests to an OpenAPI document. Compiling one takes a while and depends on nothing else, so that every router of
 * a process shares it.
 */
export function documentValidator(document: object): RequestHandler[] {
  const validator = validators.get(document) ?? compile(document);
  validators.set(document, validator);
  return validator;
}

function compile(document: object): RequestHandler[] {
  return middleware({
    apiSpec: document as Parameters<typeof middleware>[0]['apiSpec'],
    validateRequests: { allowUnknownQueryParameters: false },
    validateResponses: false,
    validateSecurity: false,
    ignoreUndocumented: false,
    // The plugin's own path is not part of the document.
    useRequestUrl: true,
  }) as RequestHandler[];
}
