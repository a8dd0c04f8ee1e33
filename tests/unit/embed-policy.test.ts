import { expect, test } from "vitest";
import { contentSecurityPolicy, embedPolicy } from "@/app/content-security-policy";
import { parseEnv } from "@/lib/env";

test("no page may be framed but an embedded board, and that by nobody unless the operator says so", () => {
  expect(contentSecurityPolicy("n")).toContain("frame-ancestors 'none'");
  expect(embedPolicy(parseEnv({}).EMBED_ANCESTORS)).toContain("frame-ancestors 'none'");
  const { EMBED_ANCESTORS: sites } = parseEnv({
    EMBED_ANCESTORS: "https://a.example, https://*.b.example:8443",
  });
  expect(embedPolicy(sites)).toMatch(/frame-ancestors https:\/\/a\.example https:\/\/\*\.b\.example:8443$/);
});

test("an embedded board runs no script, whoever frames it", () => {
  expect(embedPolicy(["*"])).toMatch(/^default-src 'none'; /);
  expect(embedPolicy(["*"])).not.toMatch(/script-src/);
});

test.each([
  "a.example",
  "https://a.example/path",
  "javascript:alert(1)",
  "https://a; script-src *",
  "'self'",
])("%s is no site that may frame anything: the start says so", (given) => {
  expect(() => parseEnv({ EMBED_ANCESTORS: given })).toThrow(/EMBED_ANCESTORS/);
});
