import { requestChecker } from '@slipway/backstage-plugin-slipway-node';
import { openApiDocument } from './openapi.generated';

/** A request of the actions registry, held to the schema that HTTP holds it to. */
export const checkRequest = requestChecker(openApiDocument);
