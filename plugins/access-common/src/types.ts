/** Where in the config a right comes from. @public */
export interface AccessRule {
  /** Name of the role. */
  role: string;
  roleTitle: string;
  /** Permission names as configured, with `*` for any run of characters. */
  permissions: string[];
  /** What must hold, in words; empty when it holds always. */
  conditions: string[];
  /** For example `permission.slipway.roles[1].allow[0]`. */
  source: string;
}

/** A role with who has it and what it allows. @public */
export interface AccessRole {
  name: string;
  title: string;
  description?: string;
  /** Entity references as configured, or `*` for everybody signed in. */
  members: string[];
  /** References of the people who have the role, also through groups above theirs. */
  people: string[];
  rules: AccessRule[];
}

/** A person with the roles that count for them. @public */
export interface AccessPerson {
  userEntityRef: string;
  displayName: string;
  roles: Array<{
    name: string;
    title: string;
    /** The member of the role that makes this person one: themselves, a group, or `*`. */
    through: string;
  }>;
}

/** Something that can be done, and the rules that allow it. @public */
export interface AccessAction {
  /** The permission's name. */
  permission: string;
  pluginId: string;
  resourceType?: string;
  /** create, read, update, delete or use. */
  action?: string;
  /** Missing for readers without `slipway.access.read`. */
  rules?: AccessRule[];
}

/** @public */
export type AccessVerdict = 'allow' | 'deny' | 'conditional';

/** Why somebody may or may not do something. @public */
export interface AccessExplanation {
  userEntityRef: string;
  permission: string;
  componentRef?: string;
  environmentRef?: string;
  verdict: AccessVerdict;
  /** The answer in a sentence. */
  message: string;
  /** Rules of the person's roles that name the permission. */
  rules: Array<
    AccessRule & {
      through: string;
      /** `applies`: it allows. `depends`: on a resource that was not given. `fails`: a condition does not hold. */
      outcome: 'applies' | 'depends' | 'fails' | 'unanswerable';
      /** Each condition against the resource that was given; `holds` is missing when none was. */
      checks: Array<{ text: string; holds?: boolean; found?: string }>;
    }
  >;
  /** For a denial: rules of roles that the person does not have and that would allow it. */
  wouldAllow: AccessRule[];
}
