import { describe, expect, test } from "vitest";
import { ACTIONS, type Action, type ActionRow } from "@/lib/access/actions";
import { refusalOf, refusalText } from "@/lib/access/decide";
import { ROLES, SCOPES, type Scope, type Standing } from "@/lib/access/roles";
import { switchesOf, type Switches } from "@/lib/access/switches";

const OPEN_SITE: Switches = {
  anonymousVoting: true,
  anonymousPrompts: true,
  anonymousSubmitting: false,
  submissions: true,
  personal: false,
};
const may = (
  action: Action,
  standing: Standing,
  switches: Partial<Switches> = {},
  scopes: Scope[] | null = null,
) => refusalOf(action, { standing, scopes }, { ...OPEN_SITE, ...switches }) === null;

/** From which role on, with the switches of a site that is open to others. */
const leastOf = (action: Action, switches: Partial<Switches> = {}) =>
  [...ROLES, "operator" as const].find((standing) => may(action, standing, switches));

describe("on a site that others reach", () => {
  test.each<[Action, Standing]>([
    ["site.read", "VISITOR"],
    ["votes.cast", "VISITOR"],
    ["prompts.ask", "VISITOR"],
    ["models.submit", "SUBMITTER"],
    ["boards.create", "SUBMITTER"],
    ["judges.add", "SUBMITTER"],
    ["models.change", "VISITOR"],
    ["site.run", "CURATOR"],
    ["settings.change", "ADMIN"],
  ])("%s is allowed from %s on", (action, least) => {
    expect(leastOf(action)).toBe(least);
  });

  test.each<[keyof Switches, Action]>([
    ["anonymousVoting", "votes.cast"],
    ["anonymousVoting", "battles.take"],
    ["anonymousPrompts", "prompts.ask"],
  ])("with %s off, %s takes an account", (name, action) => {
    expect(leastOf(action, { [name]: false })).toBe("VOTER");
  });

  test("anonymous submitting opens what people bring, and nothing of the site's own", () => {
    const on = { anonymousSubmitting: true };
    for (const action of ["models.submit", "boards.create", "prompts.import", "references.add"] as const)
      expect(leastOf(action, on)).toBe("VISITOR");
    expect(leastOf("site.run", on)).toBe("CURATOR");
  });

  test("where the site takes nothing in, it takes nothing from its owner's browser either", () => {
    expect(leastOf("models.submit", { submissions: false, anonymousSubmitting: true })).toBe("operator");
  });
});

test("a role may whatever the one below it may, under every set of switches", () => {
  for (const bits of Array.from({ length: 32 }, (_, i) => i)) {
    const names = Object.keys(OPEN_SITE) as (keyof Switches)[];
    const switches = Object.fromEntries(names.map((name, i) => [name, ((bits >> i) & 1) === 1]));
    for (const action of Object.keys(ACTIONS) as Action[]) {
      const allowed = ([...ROLES, "operator"] as const).map((standing) => may(action, standing, switches));
      expect(allowed, action).toEqual([...allowed].sort());
    }
  }
});

describe("a token", () => {
  test("opens no more than its account may", () => {
    expect(may("settings.change", "VOTER", {}, [...SCOPES])).toBe(false);
    expect(may("models.submit", "VOTER", {}, [...SCOPES])).toBe(false);
  });

  test.each(
    (Object.entries(ACTIONS) as [Action, ActionRow][]).map(([action, row]) => [action, row.scope] as const),
  )("for %s needs the scope %s, and the refusal names it", (action, scope) => {
    const standing: Standing = "OWNER";
    if (scope === null) return expect(may(action, standing, {}, ["vote"])).toBe(true);
    if (scope === "none") return expect(may(action, standing, {}, [...SCOPES])).toBe(false);
    expect(may(action, standing, {}, [scope])).toBe(true);
    const others = SCOPES.filter((each) => each !== scope);
    const refusal = refusalOf(action, { standing, scopes: others }, OPEN_SITE);
    expect(refusal).toEqual({ why: "scope", scope });
    expect(refusalText(action, refusal!)).toContain(`scope ${scope}`);
  });
});

test("a refusal says what would do: an account, a role, a scope", () => {
  const text = (action: Action, standing: Standing) => {
    const refusal = refusalOf(action, { standing, scopes: null }, OPEN_SITE);
    return refusal && refusalText(action, refusal);
  };
  expect(text("boards.create", "VISITOR")).toBe("Sign in to make a board.");
  expect(text("boards.create", "VOTER")).toBe(
    "Your account may not make a board: that takes the role submitter.",
  );
  expect(text("boards.create", "SUBMITTER")).toBeNull();
});

describe("a site's switches", () => {
  const environment = {
    anonymousVoting: true,
    anonymousPrompts: true,
    anonymousSubmitting: undefined,
    submissions: true,
    openBeyondLoopback: false,
  };

  test("on this machine alone, without an owner, whoever opens it is its operator", () => {
    expect(switchesOf({}, environment, false)).toMatchObject({ personal: true, anonymousSubmitting: true });
  });

  test("with an owner, or open to other machines, submitting takes an account", () => {
    const closed = { personal: false, anonymousSubmitting: false };
    expect(switchesOf({}, environment, true)).toMatchObject(closed);
    expect(switchesOf({}, { ...environment, openBeyondLoopback: true }, false)).toMatchObject(closed);
  });

  test("what is set on the site comes before the environment, both ways", () => {
    const given = { ...environment, anonymousVoting: false, anonymousSubmitting: true };
    const kept = { anonymousVoting: true, anonymousSubmitting: false };
    expect(switchesOf(kept, given, true)).toMatchObject(kept);
    expect(switchesOf({}, given, true)).toMatchObject({ anonymousVoting: false, anonymousSubmitting: true });
  });
});
