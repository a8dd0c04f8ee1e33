import { redactReply } from "@/lib/providers/redact";

/** An error as an admin may read it on a page: keys, and what opens an address, are taken out. */
export function redactError(error: string): string {
  const addresses = error
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@?#]+@/gi, "$1[secret]@")
    .replace(
      /([?&;][\w.-]*(?:key|token|secret|password|sig|signature|auth)[\w.-]*=)[^&;\s"')]+/gi,
      "$1[secret]",
    );
  return redactReply(addresses, null);
}
