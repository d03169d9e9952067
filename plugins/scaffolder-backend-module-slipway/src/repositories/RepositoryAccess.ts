import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogInfo } from './CatalogInfo';

/** Who may change a repository that is there: owners of its component, and maintainers. Services may; their tokens are limited elsewhere. */
export class RepositoryAccess {
  constructor(
    private readonly options: {
      auth: AuthService;
      userInfo: UserInfoService;
      maintainers: string[];
    },
  ) {}

  async assertMayChange(
    name: string,
    current: CatalogInfo,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { auth, userInfo, maintainers } = this.options;
    if (auth.isPrincipal(credentials, 'service')) return;
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    const allowed = new Set(
      [current.ownerRef, ...maintainers].map(ref => ref.toLowerCase()),
    );
    if (ownershipEntityRefs.some(ref => allowed.has(ref.toLowerCase()))) return;
    throw new NotAllowedError(
      `Only ${current.ownerRef}, which owns ${current.componentRef}, may change the local repository '${name}'. Ask them, or somebody of slipway.repositories.maintainers`,
    );
  }
}
