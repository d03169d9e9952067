import type {
  DeliveryPipeline,
  DeliveryWindow,
} from '@slipway/backstage-plugin-delivery-common';
import Ajv2020 from 'ajv/dist/2020';
import { openApiDocument } from '../../schema/openapi.generated';

const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
ajv.addSchema({ $id: 'openapi', components: openApiDocument.components });

/** The API's own schemas: a document is what the API shows. */
export const documentSchemas = {
  DeliveryPipeline: ajv.compile<DeliveryPipeline>({
    $ref: 'openapi#/components/schemas/DeliveryPipeline',
  }),
  DeliveryWindow: ajv.compile<DeliveryWindow>({
    $ref: 'openapi#/components/schemas/DeliveryWindow',
  }),
};
