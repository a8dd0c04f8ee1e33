/** What the owner of a site decides about people without an account, and what follows from how the site runs. */
export interface Switches {
  /** Whether one may vote without an account. */
  anonymousVoting: boolean;
  /** Whether one may have a prompt of one's own drawn without an account. Which models draw it is their owners' choice. */
  anonymousPrompts: boolean;
  /** Whether one may bring models, samples, boards, prompts, reference sets, judges and webhooks without an account that may. */
  anonymousSubmitting: boolean;
  /** Whether the site takes anything in from a browser (SUBMISSIONS). */
  submissions: boolean;
  /** Whether only this machine reaches the site, and no account owns it: then whoever opens it is its operator. */
  personal: boolean;
}

/** The switches that are kept with the site and may be changed while it runs. */
export const SETTINGS = ["anonymousVoting", "anonymousPrompts", "anonymousSubmitting"] as const;

export type Setting = (typeof SETTINGS)[number];

/**
 * The switches of a site.
 * @param kept what was set on the site itself; it comes before the environment
 * @param environment what the environment says; `anonymousSubmitting` unset: on while the site is personal
 */
export function switchesOf(
  kept: Partial<Record<Setting, boolean>>,
  environment: {
    anonymousVoting: boolean;
    anonymousPrompts: boolean;
    anonymousSubmitting: boolean | undefined;
    submissions: boolean;
    openBeyondLoopback: boolean;
  },
  hasOwner: boolean,
): Switches {
  const personal = !environment.openBeyondLoopback && !hasOwner;
  return {
    anonymousVoting: kept.anonymousVoting ?? environment.anonymousVoting,
    anonymousPrompts: kept.anonymousPrompts ?? environment.anonymousPrompts,
    anonymousSubmitting: kept.anonymousSubmitting ?? environment.anonymousSubmitting ?? personal,
    submissions: environment.submissions,
    personal,
  };
}
