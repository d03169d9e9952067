import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { DeliveryClient } from '@slipway/backstage-plugin-delivery-common';
import { ScalingClient } from '@slipway/backstage-plugin-scaling-common';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { CommitArchives } from '../repositories/CommitArchives';
import { LocalRepositories } from '../repositories/LocalRepositories';
import { RepositoryAccess } from '../repositories/RepositoryAccess';
import { createApplyScalingPolicyAction } from './applyScalingPolicy';
import { createCheckoutRepositoryAction } from './checkoutRepository';
import { createCreateReleaseAction } from './createRelease';
import { createMergeJsonAction } from './mergeJson';
import { createPromoteAction } from './promote';
import { createPublishRepositoryAction } from './publishRepository';
import { createRegisterInCatalogAction } from './registerInCatalog';
import { createRequestWindowAction } from './requestWindow';
import { createRollBackAction } from './rollBack';
import { createScaleAction } from './scale';
import { createStartRolloutAction } from './startRollout';
import { createWaitForApprovalAction } from './waitForApproval';

const auth = mockServices.auth();
const catalog = catalogServiceMock();
const repositories = new LocalRepositories('/none');
const delivery = {
  auth,
  appBaseUrl: 'https://portal.example.com',
  client: new DeliveryClient({ discoveryApi: mockServices.discovery() }),
};
const scaling = {
  auth,
  scalingClient: new ScalingClient({ discoveryApi: mockServices.discovery() }),
};
const access = new RepositoryAccess({
  auth,
  userInfo: mockServices.userInfo(),
  maintainers: [],
});
const archives = new CommitArchives('/none', repositories);

type Described = Pick<TemplateAction, 'id' | 'examples' | 'schema'> & {
  supportsDryRun?: boolean;
};
const actions: Described[] = [
  createPublishRepositoryAction({ repositories, archives, access, catalog }),
  createCheckoutRepositoryAction({ repositories }),
  createMergeJsonAction(),
  createRegisterInCatalogAction({ catalog }),
  createCreateReleaseAction({ ...delivery, catalog }),
  createStartRolloutAction(delivery),
  createRollBackAction(delivery),
  createPromoteAction(delivery),
  createWaitForApprovalAction(delivery),
  createRequestWindowAction(delivery),
  createScaleAction(scaling),
  createApplyScalingPolicyAction(scaling),
];

describe.each(actions.map(action => [action.id, action] as const))(
  '%s',
  (id, action) => {
    it('has examples that its own schema takes', () => {
      expect(action.examples).not.toHaveLength(0);
      for (const { example } of action.examples ?? []) {
        for (const step of parse(example).steps) {
          expect(step.action).toBe(id);
          expect(
            validate(step.input, action.schema?.input ?? {}).errors,
          ).toEqual([]);
        }
      }
    });

    it('can be tried without changing anything', () => {
      expect(action.supportsDryRun).toBe(true);
    });
  },
);
