import { randomUUID } from "node:crypto";

/** Fields of a form as multipart/form-data (RFC 7578). */
export function multipart(fields: Record<string, string | number | boolean>): {
  type: string;
  bytes: Buffer;
} {
  const boundary = `salon-${randomUUID()}`;
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, "_")}"\r\n\r\n${value}\r\n`,
  );
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.from(`${parts.join("")}--${boundary}--\r\n`),
  };
}
