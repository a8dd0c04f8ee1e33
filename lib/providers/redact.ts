import { plainText } from "@/lib/schemas/plain-text";

const LONGEST_REPLY = 2_000;

/** A reply fit for logs and pages: image data, controls and the key taken out, cut to 2,000 characters. */
export function redactReply(text: string, apiKey: string | null): string {
  const cut = text
    .slice(0, 200_000)
    .replace(/[A-Za-z0-9+/_-]{200,}={0,2}/g, (data) => `[${data.length} characters of data]`);
  return plainText(redactKey(cut, apiKey), LONGEST_REPLY);
}

/** Some endpoints quote the key they refuse. */
export function redactKey(text: string, apiKey: string | null): string {
  const known = apiKey !== null && apiKey.length >= 4 ? text.replaceAll(apiKey, "[key]") : text;
  // After "key " only what has a digit or a star: "Incorrect API key provided" is no key.
  return known
    .replace(/\b(sk|key|Bearer)[-_][A-Za-z0-9*_-]{8,}/g, "$1-[key]")
    .replace(/\b(sk|key|Bearer) (?=[A-Za-z_-]*[0-9*])[A-Za-z0-9*_-]{8,}/g, "$1 [key]");
}
