import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import tseslint from "typescript-eslint";

/** lib's rings, innermost first: a folder may import itself and the rings before it (docs/architecture.md). */
const RINGS = [
  ["schemas", "numerics", "ratings", "vote-rules", "metrics", "judge", "errors.ts", "ids.ts"],
  ["env.ts", "db", "queue", "secrets", "rate-limits", "artifacts", "providers", "feature-extractors"],
  ["arena", "evaluation", "judging", "leaderboard", "stack", "installation"],
];
const lib = (name) => `./lib/${name}`;
/** Within ring 0 too a room imports only rooms before it. */
const ROOMS = ["schemas", "numerics", "ratings", "vote-rules", "metrics", "judge"];
const zones = [
  ...ROOMS.slice(0, -1).map((room, at) => ({
    target: lib(room),
    from: ROOMS.slice(at + 1).map(lib),
    message: `lib/${room} comes before the room it imports (docs/architecture.md).`,
  })),
  // A ring never imports an outer ring.
  ...RINGS.flatMap((ring, depth) => {
    const outer = RINGS.slice(depth + 1)
      .flat()
      .map(lib);
    return outer.length === 0
      ? []
      : [{ target: ring.map(lib), from: outer, message: "A ring never imports an outer ring." }];
  }),
  // lib never imports a shell.
  {
    target: "./lib",
    from: ["./app", "./components", "./workers", "./generation", "./cli"],
    message: "lib never imports a shell.",
  },
  // The site sees use cases, schemas and errors only.
  {
    target: "./app",
    from: [
      "./lib/db",
      "./lib/queue",
      "./lib/secrets",
      "./lib/artifacts",
      "./lib/providers",
      "./lib/feature-extractors",
      "./workers",
      "./generation",
      "./cli",
    ],
    message: "A route calls one use case of lib/arena, lib/evaluation, lib/leaderboard or lib/stack.",
  },
  {
    target: ["./components", "./generation"],
    from: [
      ...RINGS.flat()
        .filter((name) => name !== "schemas")
        .map(lib),
      "./app",
      "./workers",
      "./cli",
    ],
    message: "components and generation import lib/schemas only.",
  },
  { target: "./components", from: "./generation", message: "Shells never import each other." },
  { target: "./generation", from: "./components", message: "Shells never import each other." },
  {
    target: "./workers",
    from: ["./app", "./components", "./generation", "./cli"],
    message: "Shells never import each other.",
  },
];

/** One seam each: the only place a package may be imported from. */
const seam = (files, name, message) => ({
  files: ["app/**", "components/**", "lib/**", "workers/**", "generation/**", "cli/**"],
  ignores: files,
  rules: { "no-restricted-imports": ["error", { paths: [{ name, message }] }] },
});

export default tseslint.config(
  { ignores: ["node_modules", ".next", ".salon", "lib/db/generated", "next-env.d.ts"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx,mjs,js}"],
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      eqeqeq: "error",
    },
  },
  seam(
    ["lib/feature-extractors/**", "generation/**"],
    "onnxruntime-node",
    "Only feature-extractors and generation run ONNX.",
  ),
  {
    files: ["app/**", "components/**", "lib/**", "workers/**", "generation/**", "cli/**"],
    ignores: ["lib/env.ts", "generation/env.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read it through lib/env.ts." },
      ],
    },
  },
);
