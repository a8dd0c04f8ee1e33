import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { judgeTest } from "@/lib/schemas/judges/judging";
import { connectionTest } from "@/lib/schemas/submissions";

const GOOD = { endpointUrl: "https://host.example/v1", providerModel: "m" };
const complaint = (more: object) => {
  const parsed = connectionTest.safeParse({ ...GOOD, ...more });
  return parsed.success ? null : `${parsed.error.issues[0].path.join(".")} ${parsed.error.issues[0].message}`;
};

describe("a key in an address is refused, because addresses are kept readable", () => {
  it.each([
    "api_key=s3cret",
    "api-key=s3cret",
    "apikey=s3cret",
    "KEY=s3cret",
    "token=s3cret",
    "access_token=s3cret",
    "sig=s3cret",
    "code=s3cret",
    "subscription-key=s3cret",
    "x-api-key=s3cret",
    "X-Amz-Signature=s3cret",
    "client_secret=s3cret",
    "password=s3cret",
    "version=1&api%5Fkey=s3cret",
    "Ocp-Apim-Subscription-Key=s3cret",
    "x-goog-api-key=s3cret",
    "hf_token=s3cret",
    "openaiApiKey=s3cret",
    "private_key=s3cret",
    "account-key=s3cret",
    "SharedAccessSignature=s3cret",
    "api_key_v2=s3cret",
    "sk=s3cret",
    "v=s3cretA1b2C3d4E5f6G7h8",
  ])("?%s", (query) => {
    const said = complaint({ endpointUrl: `https://host.example/v1?${query}` });
    expect(said).toMatch(/^endpointUrl holds a key .* give it as the API key/);
    expect(said).not.toContain("s3cret");
    expect(judgeTest.safeParse({ ...GOOD, endpointUrl: `https://host.example/v1?${query}` }).success).toBe(
      false,
    );
  });

  it("behind # too", () => {
    expect(complaint({ endpointUrl: "https://host.example/v1#api_key=s3cret" })).toContain("holds a key");
  });

  it.each([
    ...["api-version=2024-02-01", "deployment=flux", "keyboard=qwerty", "monkey=1", "author=me"],
    "model=stable-diffusion-xl-base",
  ])("?%s is no key", (query) => {
    expect(complaint({ endpointUrl: `https://host.example/v1?${query}` })).toBeNull();
  });
});

describe("an API key that no header can carry is refused with a sentence", () => {
  it.each([
    ["a line break", "sk-one\r\nx-evil: 1"],
    ["letters beyond Latin-1", "sk-ключ"],
    ["Latin-1 letters", "sk-clé"],
    ["a space", "sk one"],
    ["U+0000", "sk\0one"],
  ])("%s", (_, apiKey) => {
    expect(complaint({ apiKey })).toMatch(/^apiKey must be of plain letters/);
    expect(judgeTest.safeParse({ ...GOOD, apiKey }).success).toBe(false);
  });

  it("spaces and line breaks around it are taken off", () => {
    expect(connectionTest.parse({ ...GOOD, apiKey: " sk-12345678\n" }).apiKey).toBe("sk-12345678");
  });
});

it("sizes that no image can have are refused", () => {
  for (const imageSize of ["00x00", "15x64", "64x15", "9999x9999", "4097x64", "64", "axb"]) {
    expect(complaint({ imageSize }), imageSize).toMatch(/^imageSize must/);
  }
  for (const imageSize of ["16x16", "64x64", "1024x1536", "4096x4096"]) {
    expect(complaint({ imageSize }), imageSize).toBeNull();
  }
});

it("a site is open beyond loopback when it listens there or stands behind a proxy", () => {
  const isOpen = (environment: Record<string, string>) => parseEnv(environment).openBeyondLoopback;
  for (const HOST of ["127.0.0.1", "127.1.2.3", "localhost", "::1"])
    expect(isOpen({ HOST }), HOST).toBe(false);
  for (const HOST of ["0.0.0.0", "::", "10.0.0.7", "salon.example", "127.0.0.1.example"]) {
    expect(isOpen({ HOST }), HOST).toBe(true);
  }
  expect(isOpen({ HOST: "127.0.0.1", TRUSTED_PROXIES: "1" })).toBe(true);
});
