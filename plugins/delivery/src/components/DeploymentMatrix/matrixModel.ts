import type {
  Deployment,
  Environment,
  HealthStatus,
} from '@slipway/backstage-plugin-delivery-common';
import { compareHealth, isEnded } from '../Status';

export interface MatrixCell {
  environment: Environment;
  /** Absent where the component was never rolled out to. */
  deployment?: Deployment;
  /** The nearest earlier environment that runs something, if that is another release. */
  drift?: { environment: string; version: string };
}

export interface MatrixRow {
  componentRef: string;
  title: string;
  ownerRef?: string;
  systemRef?: string;
  cells: MatrixCell[];
  hasDrift: boolean;
  /** Something is under way, or not well. */
  needsAttention: boolean;
  worstHealth: HealthStatus;
  /** When anything of it was last rolled out; empty: never. */
  lastDeployedAt: string;
}

export const SORTS = ['name', 'owner', 'health', 'deployed'] as const;
export type MatrixSort = (typeof SORTS)[number];

export interface MatrixFilter {
  text: string;
  owner: string;
  system: string;
  drift: boolean;
  attention: boolean;
}

/** Whether a rollout is under way there, or something is not well. */
function needsAttention(deployment: Deployment): boolean {
  const isMoving =
    deployment.activeRolloutId !== undefined &&
    (!deployment.activeRolloutPhase || !isEnded(deployment.activeRolloutPhase));
  return (
    isMoving ||
    deployment.health === 'degraded' ||
    deployment.health === 'progressing' ||
    (deployment.health === 'unknown' && deployment.release !== undefined)
  );
}

function cellsOf(
  deployments: ReadonlyMap<string, Deployment>,
  environments: readonly Environment[],
): MatrixCell[] {
  let earlier: { environment: string; id: string; version: string } | undefined;
  return environments.map(environment => {
    const deployment = deployments.get(environment.ref);
    const release = deployment?.release;
    const drift =
      release && earlier && earlier.id !== release.id
        ? { environment: earlier.environment, version: earlier.version }
        : undefined;
    if (release) {
      earlier = {
        environment: environment.name,
        id: release.id,
        version: release.version,
      };
    }
    return { environment, deployment, drift };
  });
}

/** One row a component, one cell an environment; environments in their order. */
export function buildMatrix(
  deployments: readonly Deployment[],
  environments: readonly Environment[],
): MatrixRow[] {
  const byComponent = new Map<string, Map<string, Deployment>>();
  for (const one of deployments) {
    const row = byComponent.get(one.componentRef) ?? new Map();
    row.set(one.environmentRef, one);
    byComponent.set(one.componentRef, row);
  }
  return [...byComponent].map(([componentRef, row]) => {
    const all = [...row.values()];
    const [first] = all;
    const cells = cellsOf(row, environments);
    return {
      componentRef,
      title: first.componentTitle,
      ownerRef: first.ownerRef,
      systemRef: first.systemRef,
      cells,
      hasDrift: cells.some(cell => cell.drift),
      needsAttention: all.some(needsAttention),
      worstHealth: all.map(one => one.health).sort(compareHealth)[0],
      lastDeployedAt:
        all
          .map(one => one.deployedAt ?? '')
          .sort()
          .at(-1) ?? '',
    };
  });
}

/** The rows that a person asked for. */
export function filterMatrix(
  rows: readonly MatrixRow[],
  filter: MatrixFilter,
): MatrixRow[] {
  const text = filter.text.trim().toLocaleLowerCase('en');
  return rows.filter(
    row =>
      (!text ||
        row.title.toLocaleLowerCase('en').includes(text) ||
        row.componentRef.toLocaleLowerCase('en').includes(text)) &&
      (!filter.owner || row.ownerRef === filter.owner) &&
      (!filter.system || row.systemRef === filter.system) &&
      (!filter.drift || row.hasDrift) &&
      (!filter.attention || row.needsAttention),
  );
}

/** Rows in the order a person asked for; by name where they are equal. */
export function sortMatrix(
  rows: readonly MatrixRow[],
  sort: MatrixSort,
): MatrixRow[] {
  const compare: Record<MatrixSort, (a: MatrixRow, b: MatrixRow) => number> = {
    name: () => 0,
    owner: (a, b) => (a.ownerRef ?? '').localeCompare(b.ownerRef ?? '', 'en'),
    health: (a, b) => compareHealth(a.worstHealth, b.worstHealth),
    deployed: (a, b) => b.lastDeployedAt.localeCompare(a.lastDeployedAt),
  };
  return [...rows].sort(
    (a, b) => compare[sort](a, b) || a.title.localeCompare(b.title, 'en'),
  );
}
