import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { newWebhookSecret, signedHeaders } from "@/lib/webhooks/webhook-secret";

/** The example of the Standard Webhooks specification, and the one that its libraries are tested by. */
test.each([
  [
    "whsec_plJ3nmyCDGBKInavdOK15jsl",
    { id: "msg_loFOjxBNrRLzqYUf", body: '{"event_type":"ping","data":{"success":true}}' },
    1731705121,
    "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
  ],
  [
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}' },
    1614265330,
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  ],
])("signs as the specification does: %s", (secret, message, seconds, signature) => {
  expect(signedHeaders(message, [secret], seconds * 1000)).toEqual({
    "webhook-id": message.id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": signature,
  });
});

test("a secret is of 32 random bytes, and two secrets give two signatures, the first first", () => {
  const secrets = [newWebhookSecret(), newWebhookSecret()];
  expect(secrets[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(secrets[0]).not.toBe(secrets[1]);
  const message = { id: "whd_1", body: "{}" };
  const signature = (secret: string) =>
    `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
      .update("whd_1.7.{}")
      .digest("base64")}`;
  expect(signedHeaders(message, secrets, 7_900)["webhook-signature"]).toBe(secrets.map(signature).join(" "));
});
