import type { AccountView } from "@/lib/schemas/administration/users";

/** What roles are called, the least first. */
export const ROLE_NAMES: Record<AccountView["role"], string> = {
  VOTER: "Voter",
  SUBMITTER: "Submitter",
  CURATOR: "Curator",
  ADMIN: "Administrator",
  OWNER: "Owner",
};
