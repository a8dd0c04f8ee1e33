import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import tseslint from "typescript-eslint";

/**
 * lib's rooms in rings, innermost first (docs/architecture.md). A room imports only rooms before it in this one list; the adapters of
 * ring 1 stand beside each other but for the order given.
 */
const RINGS = [
  // Pure.
  [
    "errors.ts",
    "disk-full.ts",
    "ids.ts",
    "access",
    "schemas",
    "numerics",
    "ratings",
    "vote-rules",
    "metrics",
    "rubrics",
    "prompt-files",
    "tables",
  ],
  // Adapters to the outside world.
  [
    "embedded-password.ts",
    "env.ts",
    "db",
    "secrets",
    "audit",
    "edits",
    "mail",
    "rate-limits",
    "queue",
    "artifacts",
    "media",
    "encoders",
    "providers",
  ],
  // Use cases.
  [
    ...[
      "settings",
      "quotas",
      "models",
      "boards",
      "prompts",
      "moderation",
      "snapshots",
      "webhooks",
      "votes",
      "accounts",
      "api-tokens",
      "runs",
      "references",
      "samples",
      "scoring",
      "battles",
      "judges",
      "board-settings",
      "evaluations",
    ],
    ...[
      "rankings",
      "scores",
      "diagnostics",
      "comparisons",
      "privacy",
      "installation",
      "pages",
      "demos",
      "administration",
    ],
  ],
];
const lib = (name) => `./lib/${name}`;
const ROOMS = RINGS.flat();
const zones = [
  ...ROOMS.slice(0, -1).map((room, at) => ({
    target: lib(room),
    from: ROOMS.slice(at + 1).map(lib),
    message: `lib/${room} comes before the room it imports (docs/architecture.md).`,
  })),
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
      "./lib/media",
      "./lib/encoders",
      "./workers",
      "./generation",
      "./cli",
    ],
    message: "A route calls one use case (docs/architecture.md, ring 2).",
  },
  {
    target: ["./components", "./generation"],
    from: [
      ...RINGS.flat()
        .filter((name) => name !== "schemas" && name !== "access")
        .map(lib),
      "./app",
      "./workers",
      "./cli",
    ],
    message: "components and generation import lib/schemas and lib/access only.",
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

/** Words where a reader would see or hear them: they belong in the catalogue of messages (docs/translations.md). */
const SHOWN = ":matches(JSXElement, JSXFragment) > JSXExpressionContainer";
const SPOKEN = "JSXAttribute[name.name=/^(aria-label|alt|title|placeholder|label)$/]";
const LITERALS = [
  "JSXText[value=/\\p{L}/u]",
  `${SPOKEN} > Literal[value=/\\p{L}/u]`,
  ...[SHOWN, `${SPOKEN} > JSXExpressionContainer`].flatMap((place) => [
    `${place} > :matches(ConditionalExpression, LogicalExpression) > Literal[value=/\\p{L}/u]`,
    `${place} > Literal[value=/\\p{L}/u]`,
    `${place} > TemplateLiteral > TemplateElement[value.raw=/\\p{L}/u]`,
  ]),
];

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
  {
    // What no longer fits is divided by what it speaks of.
    files: [
      "app/**",
      "components/**",
      "lib/**",
      "workers/**",
      "generation/**",
      "cli/**",
      "scripts/**",
      "bin/**",
    ],
    rules: { "max-lines": ["error", 300], "max-lines-per-function": ["error", 100] },
  },
  {
    files: ["app/**/*.tsx", "components/**/*.tsx"],
    ignores: ["**/*.test.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...LITERALS.map((selector) => ({
          selector,
          message: "What people read stands in messages/ (docs/translations.md).",
        })),
      ],
    },
  },
  // A suite's describe() is a function too.
  { files: ["**/*.test.tsx"], rules: { "max-lines-per-function": "off" } },
  seam(["lib/encoders/**", "generation/**"], "onnxruntime-node", "Only encoders and generation run ONNX."),
  seam(["lib/mail/**"], "nodemailer", "Only lib/mail sends e-mails."),
  seam(["lib/accounts/**"], "better-auth", "Only lib/accounts signs people in."),
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
