import type { UserEntity } from '@backstage/catalog-model';
import { commitAuthor } from './commitAuthor';

const user = (profile: Record<string, string>): UserEntity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada' },
  spec: { profile, memberOf: [] },
});

describe('commitAuthor', () => {
  it("is the task's user", () => {
    const entity = user({ displayName: 'Ada L', email: 'ada@example.com' });
    expect(commitAuthor({ entity, ref: 'user:default/ada' })).toEqual({
      name: 'Ada L',
      email: 'ada@example.com',
    });
  });

  it('never invents an address that somebody could have', () => {
    expect(commitAuthor({ ref: 'user:default/ada' })).toEqual({
      name: 'ada',
      email: 'ada@users.noreply.slipway.invalid',
    });
    expect(commitAuthor(undefined).name).toBe('slipway');
  });

  it('cannot be made to forge a line of a commit', () => {
    const entity = user({ displayName: 'Ada <x>\ncommitter Eve', email: 'a' });
    expect(commitAuthor({ entity, ref: 'user:default/ada' }).name).toBe(
      'Ada xcommitter Eve',
    );
  });
});
