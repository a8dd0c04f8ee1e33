/** A reader's column as links and this browser keep it. */
export type OwnColumnText = { name: string; formula: string };

const KEY = "salon-own-columns";

/** Columns as the text of a link: `name=formula;name=formula`. The two signs cannot stand in a name. */
export function writeOwnColumns(columns: OwnColumnText[]): string {
  return columns.map(({ name, formula }) => `${name.replace(/[=;]/g, " ").trim()}=${formula}`).join(";");
}

/** What this browser last showed, or "" where it keeps nothing. */
export function keptOwnColumns(): string {
  try {
    return window.localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // a browser that keeps nothing is no error
  }
}

/** Keep the text for the next visit. */
export function keepOwnColumns(text: string): void {
  try {
    if (text) window.localStorage.setItem(KEY, text);
    else window.localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
