import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export type OddRequest = { method: string; path: string; body?: string };

/** A route of the site: its address as Next.js names it, the methods it has, and its source. */
export type Route = { address: string; methods: string[]; source: string; isPage: boolean };

/** Every page and route handler under app/, read from the files, so that a new one is asked too. */
export function listRoutes(folder = "app", address = ""): Route[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): Route[] => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return listRoutes(file, `${address}/${entry.name}`);
    if (entry.name !== "page.tsx" && entry.name !== "route.ts") return [];
    const source = readFileSync(file, "utf8");
    const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"].filter((method) =>
      new RegExp(`export (async )?(function|const) ${method}\\b|export \\{.* as ${method} \\}`).test(source),
    );
    const isPage = entry.name === "page.tsx";
    // A page reads each name of its query by itself; a route may refuse the first that is wrong.
    return [{ address: address || "/", methods: isPage ? ["GET"] : methods, source, isPage }];
  });
}

/** As they stand in an address. */
const ODD_TEXTS = [
  "",
  "a%00b",
  "%",
  "%FF",
  "%ED%A0%80", // a lone surrogate
  "%F0%9F%98%80",
  "%2F..%2F..%2Fetc",
  "-1",
  "1.5",
  "1e308",
  "99999999999999999999",
  "__proto__",
  "x".repeat(5_000),
];

/** Names that queries have anywhere on the site. */
const QUERY_NAMES =
  "board category style judge own weights sort set version page snapshot format against token s name encoder resize frames n still overall aesthetics prompt_following motion q paradigm open".split(
    " ",
  );

/** Queries in which each name has each odd value once, is given twice, and as a list: of several names, each its own in turn. */
function together(names: string[]): string[] {
  const odd = (name: string) => [
    ...ODD_TEXTS.map((value) => `${name}=${value}`),
    `${name}=a&${name}=b`,
    `${name}[]=a`,
  ];
  const count = odd("").length;
  if (names.length === 0) return [];
  return Array.from({ length: count }, (_, turn) =>
    names.map((name, at) => odd(name)[(turn + at) % count]).join("&"),
  );
}

/**
 * Requests with values that no form of the site sends.
 * @param known what each path parameter may be for the route to find something, such as {board: "text-to-image"}
 */
export function oddAddresses(routes: Route[], known: Record<string, string>): OddRequest[] {
  const requests: OddRequest[] = [];
  const fill = (address: string, odd?: { name: string; value: string }) =>
    address.replace(/\[(\w+)\]/g, (_, name: string) =>
      odd?.name === name ? odd.value : (known[name] ?? "nonsense"),
    );
  for (const { address, methods, source, isPage } of routes) {
    const parameters = [...address.matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
    for (const method of methods)
      for (const name of parameters)
        // An empty segment is another address: the list of them.
        for (const value of method === "GET" ? ODD_TEXTS.slice(1) : ["a%00b", "%", "%FF", "-1"])
          requests.push({ method, path: fill(address, { name, value }) });
    const names = QUERY_NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
    const queries = isPage ? together(names) : names.flatMap((name) => together([name]));
    if (methods.includes("GET"))
      for (const query of queries) requests.push({ method: "GET", path: `${fill(address)}?${query}` });
    for (const method of ["HEAD", "OPTIONS", "PUT", "TRACE"]) requests.push({ method, path: fill(address) });
  }
  return requests;
}

const ODD_VALUES: unknown[] = [
  null,
  "",
  "\0",
  "\ud800",
  "x".repeat(5_000),
  "0000-01-01",
  "http://[::1",
  -1,
  1.5,
  1e308,
  true,
  [null],
  { constructor: 1 },
];

/** A body with one field after the other set to what it cannot be. */
export function oddBodies(request: OddRequest, body: Record<string, unknown>): OddRequest[] {
  return Object.keys(body).flatMap((name) =>
    ODD_VALUES.map((value) => ({ ...request, body: JSON.stringify({ ...body, [name]: value }) })),
  );
}
