import "./bin/no-telemetry.mjs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, "") };
/** Messages come compiled, as on the site (next.config.js), to every component that a test renders. */
const withMessages = [
  { find: "@", replacement: alias["@"] },
  { find: /^@testing-library\/react$/, replacement: `${root}tests/support/testing-library.tsx` },
  { find: /^next-intl\/server$/, replacement: `${root}tests/support/server-messages.ts` },
  { find: /^use-intl\/format-message$/, replacement: "use-intl/format-message/format-only" },
];

/** One project per folder of tests/, and one for components/: `vitest run --project unit` and so on. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          // Pure functions: what a file imports serves the next one too.
          isolate: false,
          setupFiles: ["tests/support/property-seed.ts"],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // Draws SVG, which whoever reads strangers' images forbids the whole process (lib/media).
          name: "world",
          include: ["tests/world/**/*.test.ts"],
          setupFiles: ["tests/support/property-seed.ts"],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias: withMessages },
        test: {
          // Beside what they test, in a simulated browser.
          name: "components",
          isolate: false,
          setupFiles: ["tests/support/fresh-modules.ts", "tests/support/fresh-page.ts"],
          server: { deps: { inline: ["next-intl", "use-intl"] } },
          include: ["components/**/*.test.tsx", "app/**/*.test.tsx"],
          environment: "happy-dom",
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "fidelity",
          include: ["tests/fidelity/**/*.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          isolate: false,
          setupFiles: ["tests/support/fresh-modules.ts"],
          globalSetup: ["tests/support/postgres-server.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "conformance",
          include: ["tests/conformance/**/*.test.ts"],
          // Of tests that wait for servers more than they compute.
          maxConcurrency: 30,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // What an attacker would try.
          name: "redteam",
          include: ["tests/redteam/*.test.ts"],
          isolate: false,
          setupFiles: ["tests/support/fresh-modules.ts"],
          globalSetup: ["tests/support/postgres-server.ts"],
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // How long others are kept waiting by it.
          name: "timed",
          include: ["tests/redteam/timed/*.test.ts"],
          isolate: false,
          setupFiles: ["tests/support/fresh-modules.ts"],
          globalSetup: ["tests/support/postgres-server.ts"],
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // Processes killed, disks full, copies damaged.
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          isolate: false,
          setupFiles: ["tests/support/fresh-modules.ts"],
          globalSetup: ["tests/support/postgres-server.ts"],
          testTimeout: 420_000,
          hookTimeout: 300_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
