import { expect, test } from "vitest";
import { redactError } from "@/lib/administration/redact-error";

test.each([
  [
    "connect to postgres://salon:hunter2@db:5432/salon failed",
    "connect to postgres://[secret]@db:5432/salon failed",
  ],
  [
    "GET https://a.example/v1?api_key=abc123&n=1 answered 500",
    "GET https://a.example/v1?api_key=[secret]&n=1 answered 500",
  ],
  ["https://a.example/b.png?X-Amz-Signature=deadbeef", "https://a.example/b.png?X-Amz-Signature=[secret]"],
  ["Incorrect API key: sk-abcdef1234567890", "Incorrect API key: sk-[key]"],
  ["The endpoint answered 503.", "The endpoint answered 503."],
])("%s is shown without what is secret in it", (error, shown) => {
  expect(redactError(error)).toBe(shown);
});
