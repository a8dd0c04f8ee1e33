/** Names of variables that hold, or may hold, what opens something. */
const SECRETS = /SECRET|PASSWORD|TOKEN|SEALING_KEYS|DATABASE_URL|SMTP_URL/;

/** A variable's value as it may be shown: "" where it is unset, no secret in clear, of what was read into a table its entries. */
export function shownVariable(name: string, value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  if (SECRETS.test(name)) return "(set)";
  if (typeof value !== "object" || Array.isArray(value)) return String(value);
  return Object.keys(value).length === 0 ? "" : JSON.stringify(value);
}
