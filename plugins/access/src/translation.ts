import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * All texts of the plugin, in English. Portals translate or reword them with a translation resource.
 *
 * @public
 */
export const accessTranslationRef = createTranslationRef({
  id: 'access',
  messages: {
    page: {
      title: 'Who may do what, and why',
      views: 'Views of access',
      explain: 'Explain',
      people: 'People',
      roles: 'Roles',
      actions: 'Actions',
      failed: 'This could not be read',
      noMatch: 'Nothing matches. Change or clear the filter.',
    },
    refused: {
      title: 'Only for those who may see what others may do',
      description:
        'This needs the permission slipway.access.read. Ask whoever looks after the roles of this portal. What you may do yourself you see under Explain.',
    },
    explain: {
      question: 'The question',
      answer: 'The answer',
      person: 'Person',
      action: 'Action',
      actionHelp: 'What they want to do.',
      component: 'Component',
      componentHelp: 'On what. May be left out.',
      environment: 'Environment',
      environmentHelp: 'Where. May be left out.',
      onlyYou:
        'You see what you may do yourself. What others may do is for those with the permission slipway.access.read.',
      nothingAsked: 'Choose an action',
      nothingAskedHelp:
        'The answer says whether the person may do it, and which rule of which role it comes from. With a component and an environment every condition is checked.',
      rules: 'Rules of their roles that name this action',
      wouldAllow: 'Other roles would allow it',
    },
    verdict: {
      allow: 'Allowed',
      deny: 'Not allowed',
      conditional: 'It depends',
    },
    outcome: {
      applies: 'allows it',
      depends: 'allows it under conditions',
      fails: 'does not allow it here',
      unanswerable: 'cannot count, as its condition cannot be asked here',
    },
    check: {
      holds: 'Holds',
      fails: 'Does not hold',
      depends: 'Not checked',
    },
    people: {
      filter: 'Filter people',
      person: 'Person',
      roles: 'Roles',
      noRole: 'No role: may do nothing',
      what: 'What they may do',
      ask: 'Ask about {{person}}',
      none: 'Nobody found',
      noneHelp: 'The catalog has no users yet.',
    },
    roles: {
      members: 'Members:',
      everybody: 'everybody signed in',
      through: 'through',
      people_one: '{{count}} person has it',
      people_other: '{{count}} people have it',
      more_one: 'and {{count}} more',
      more_other: 'and {{count}} more',
      none: 'There are no roles',
      noneHelp:
        'Nobody may do anything until roles are configured under permission.slipway.roles.',
    },
    rules: {
      of: 'Rules of {{role}}',
      permissions: 'Allows',
      conditions: 'Under the conditions',
      source: 'In the configuration',
      always: 'always',
    },
    actions: {
      filter: 'Filter actions',
      plugin: 'Plugin',
      all: 'All',
      action: 'Action',
      allowedTo: 'Allowed to',
      nobody: 'Nobody',
      hidden: 'For those with slipway.access.read',
      none: 'No action found',
    },
  },
});
