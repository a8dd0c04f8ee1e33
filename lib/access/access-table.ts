import { ACTIONS, type Action, type ActionRow } from "@/lib/access/actions";
import { refusalOf } from "@/lib/access/decide";
import { ROLES } from "@/lib/access/roles";
import type { Switches } from "@/lib/access/switches";

const OFF: Switches = {
  anonymousVoting: false,
  anonymousPrompts: false,
  anonymousSubmitting: false,
  submissions: true,
  personal: false,
};

/** The table of who may do what as docs/access.md has it, in rows of cells: a header, then one row an action. */
export function accessTable(): string[][] {
  const columns = [...ROLES, "operator" as const];
  return [
    [
      "action",
      "to",
      ...columns.map((each) => (each === "VISITOR" ? "visitor" : each.toLowerCase())),
      "token scope",
    ],
    ...(Object.entries(ACTIONS) as [Action, ActionRow][]).map(([action, row]) => [
      `\`${action}\``,
      row.to,
      ...columns.map((standing) => cellOf(action, row, standing)),
      row.scope === "none" ? "no token" : (row.scope ?? "any token"),
    ]),
  ];
}

function cellOf(action: Action, row: ActionRow, standing: (typeof ROLES)[number] | "operator"): string {
  const may = refusalOf(action, { standing, scopes: null }, OFF) === null;
  if (!may) return row.opened === undefined ? "no" : `if ${row.opened}`;
  if (row.with === undefined || standing === "operator") return "yes";
  const runsSite = refusalOf("site.run", { standing, scopes: null }, OFF) === null;
  return row.with === "own or the site's" && runsSite ? "own, the site's" : "own";
}
