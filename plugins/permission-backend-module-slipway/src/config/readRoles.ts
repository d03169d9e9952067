import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import { z } from 'zod';
import { globProblem } from '../domain/permissionGlob';
import { TIERS, type Role } from '../domain/roles';

const PATH = 'permission.slipway';

const memberSchema = z.string().transform((member, ctx) => {
  if (member === '*') return member;
  try {
    const ref = parseEntityRef(member);
    if (!['user', 'group'].includes(ref.kind.toLocaleLowerCase('en-US'))) {
      throw new Error(`a ${ref.kind} cannot have a role`);
    }
    return stringifyEntityRef(ref);
  } catch (error) {
    ctx.addIssue({
      code: 'custom',
      message: `must be "user:…", "group:…" or "*": ${toError(error).message}`,
    });
    return z.NEVER;
  }
});

const permissionSchema = z.string().superRefine((glob, ctx) => {
  const problem = globProblem(glob);
  if (problem) ctx.addIssue({ code: 'custom', message: problem });
});

const conditionSchema = z
  .strictObject({
    owner: z
      .literal(true, {
        error:
          'can only be true; leave it out to grant whoever the owner may be',
      })
      .optional(),
    tiers: z
      .array(z.enum(TIERS))
      .min(1, 'must name at least one tier')
      .optional(),
  })
  .refine(when => when.owner !== undefined || when.tiers !== undefined, {
    error: 'is empty; leave it out to grant without a condition',
  });

const roleSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'must be lower-case words joined by dashes',
    ),
  title: z.string().min(1).optional(),
  description: z.string().optional(),
  members: z.array(memberSchema).min(1, 'must have at least one member'),
  allow: z
    .array(
      z.strictObject({
        permissions: z
          .array(permissionSchema)
          .min(1, 'must name at least one permission'),
        when: conditionSchema.optional(),
      }),
    )
    .min(1, 'must allow something'),
});

const configSchema = z.strictObject({
  roles: z.array(roleSchema).superRefine((roles, ctx) => {
    const seen = new Map<string, number>();
    roles.forEach((role, index) => {
      const first = seen.get(role.name);
      if (first !== undefined) {
        ctx.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `"${role.name}" is already the name of roles[${first}]`,
        });
      }
      seen.set(role.name, first ?? index);
    });
  }),
});

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`,
    PATH,
  );
  return `${path}: ${issue.message}`;
}

/**
 * Reads the roles under `permission.slipway`.
 *
 * Throws an InputError that names every wrong place and the reason.
 */
export function readRoles(config: Config): Role[] {
  const raw = config.getOptional(PATH);
  if (raw === undefined) {
    throw new InputError(
      `${PATH}.roles is missing: without roles everybody would be denied everything. ` +
        'Add roles, or take the Slipway permission module out of the backend.',
    );
  }
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) {
    throw new InputError(
      `The roles in the config are wrong:\n${parsed.error.issues
        .map(issue => `  ${describeIssue(issue)}`)
        .join('\n')}`,
    );
  }
  return parsed.data.roles.map(role => ({
    name: role.name,
    title: role.title ?? role.name,
    ...(role.description && { description: role.description }),
    members: role.members,
    allow: role.allow,
  }));
}
