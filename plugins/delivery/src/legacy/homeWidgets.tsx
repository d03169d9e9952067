import { compatWrapper } from '@backstage/core-compat-api';
import { ActiveRolloutsContent } from '../components/HomeWidgets/ActiveRolloutsContent';
import { ComponentHealthContent } from '../components/HomeWidgets/ComponentHealthContent';
import { InboxContent } from '../components/HomeWidgets/InboxContent';

/** See `InboxContent`. */
export const inboxParts = {
  Content: () => compatWrapper(<InboxContent />),
};

/** See `ActiveRolloutsContent`. */
export const activeRolloutsParts = {
  Content: () => compatWrapper(<ActiveRolloutsContent />),
};

/** See `ComponentHealthContent`. */
export const componentHealthParts = {
  Content: () => compatWrapper(<ComponentHealthContent />),
};
