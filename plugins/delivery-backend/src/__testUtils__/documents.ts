import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Gate } from '@slipway/backstage-plugin-delivery-common';
import { stringify } from 'yaml';

/** A file of documents that a portal under test reads, and its configuration. */
export class DocumentsFile {
  readonly path = join(
    mkdtempSync(join(tmpdir(), 'slipway-documents-')),
    'documents.yaml',
  );

  constructor(...documents: object[]) {
    this.write(...documents);
  }

  write(...documents: object[]): void {
    writeFileSync(
      this.path,
      documents.map(one => stringify(one)).join('---\n'),
    );
  }

  get config() {
    return {
      delivery: {
        pipelines: {
          locations: [{ type: 'file', target: this.path }],
          default: 'default',
          refresh: { seconds: 1 },
        },
      },
    };
  }
}

/** A pipeline with staging before production, and gates at each. */
export function pipeline(gates: { staging?: Gate[]; production?: Gate[] }) {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryPipeline',
    metadata: { name: 'default' },
    spec: {
      stages: [
        {
          name: 'staging',
          environment: 'resource:default/staging',
          ...(gates.staging && { gates: gates.staging }),
        },
        {
          name: 'production',
          environment: 'resource:default/production',
          ...(gates.production && { gates: gates.production }),
        },
      ],
    },
  };
}

/** A pipeline with something more said of its first stage. */
export function withFirstStage(
  document: ReturnType<typeof pipeline>,
  more: object,
) {
  const [first, ...others] = document.spec.stages;
  return {
    ...document,
    spec: { ...document.spec, stages: [{ ...first, ...more }, ...others] },
  };
}

/** A freeze of production on the first day of 2090, through which one of a group lets people. */
export function farFreeze(group: string) {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryWindow',
    metadata: { name: 'far', title: 'Far freeze' },
    spec: {
      type: 'deny',
      match: { tiers: ['production'] },
      start: '2090-01-01T00:00',
      timeZone: 'UTC',
      duration: '1d',
      exceptions: {
        approval: { rules: [{ group, atLeast: 1 }], excludeRequester: false },
      },
    },
  };
}

/** A window around now, or one that is over. */
export function window(type: 'allow' | 'deny', isNow: boolean) {
  return {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'DeliveryWindow',
    metadata: { name: `${type}-window`, title: 'Audit' },
    spec: {
      type,
      match: { tiers: ['production'] },
      start: new Date(Date.now() - 86_400_000).toISOString().slice(0, 16),
      timeZone: 'Europe/Berlin',
      duration: isNow ? '30d' : '1h',
    },
  };
}
