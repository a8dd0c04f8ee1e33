import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { accessTable } from "@/lib/access/access-table";
import { ACTIONS, type Action } from "@/lib/access/actions";
import { FILES, PAGES } from "@/lib/access/pages";
import { OPERATIONS } from "@/lib/schemas/openapi";
import { listRoutes } from "../../support/odd-requests";

/** As the table knows an address of the API: boards/[slug] is boards/{slug}. */
const apiPath = (address: string) => address.replace(/\[(\w+)\]/g, "{$1}");
const routes = listRoutes();
const isPage = ({ address }: { address: string }) => !/^\/(api|media)\//.test(address);

test("every page has its row in the table of who may do what, and no row is of a page that is gone", () => {
  expect(Object.keys(PAGES).sort()).toEqual(
    routes
      .filter(isPage)
      .map(({ address }) => address)
      .sort(),
  );
});

test("every route has its row, by its operation or its address, and no row is of a route that is gone", () => {
  const known = [
    ...OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
    ...Object.keys(FILES).map((address) => apiPath(address.startsWith("/") ? `GET ${address}` : address)),
  ];
  const there = routes.flatMap((route) =>
    isPage(route) ? [] : route.methods.map((method) => `${method} ${apiPath(route.address)}`),
  );
  expect([...there].sort()).toEqual(known.sort());
});

test("every action of the table is what some page, route or both are for", () => {
  const used = new Set<Action>([
    ...OPERATIONS.map(({ action }) => action),
    ...Object.values(PAGES),
    ...Object.values(FILES),
    // Asked by use cases, of what belongs to the site itself.
    "site.run",
    // Asked by use cases, of what belongs to others.
    "others.manage",
  ]);
  expect(Object.keys(ACTIONS).filter((action) => !used.has(action as Action))).toEqual([]);
});

test("docs/access.md has the table as it is in the code", () => {
  const expected = accessTable();
  const rows = readFileSync("docs/access.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.slice(1, -1).split("|"))
    .filter((row) => row.length === expected[0].length && !row[0].includes("---"))
    .map((row) => row.map((cell) => cell.trim()));
  const text = expected.map((row) => `| ${row.join(" | ")} |`).join("\n");
  expect(rows, `It should be:\n${text}`).toEqual(expected);
});
